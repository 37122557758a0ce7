import Glibc

/// A folder's entries by kind, as one pass over it gives them.
struct Folder {
  /// The names of the folders in it, sorted.
  private(set) var folders: [String] = []

  /// The names of everything else in it, sorted.
  private(set) var files: [String] = []

  /// Lists a folder, or returns `nil` where there is none.
  ///
  /// Symbolic links to folders count as folders; links that lead nowhere count as files. Names that start
  /// with a dot are left out, as are pipes and devices, which nobody should wait for.
  init?(ifPresent path: String) throws(BIDSError) {
    guard let stream = opendir(path) else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw BIDSError(path: path, reason: .unlistable(String(cString: strerror(errno))))
    }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
          String(cString: $0)
        }
      }
      guard !name.hasPrefix(".") else { continue }
      switch Int(entry.pointee.d_type) {
      case Int(DT_DIR): folders.append(name)
      case Int(DT_REG): files.append(name)
      case Int(DT_FIFO), Int(DT_SOCK), Int(DT_CHR), Int(DT_BLK): break
      default:
        switch mode(of: path + "/" + name) {
        case S_IFDIR: folders.append(name)
        case S_IFREG, nil: files.append(name)
        default: break
        }
      }
    }
    folders.sort()
    files.sort()
  }
}

/// Whether something can be read at the path of an image.
public enum ImageState: Equatable, Sendable {
  /// There is a file that is not empty.
  case present

  /// The file holds no bytes, as in a dataset that was published without its images.
  case empty

  /// The path is a link that leads nowhere, as in a dataset whose content was not fetched.
  case brokenLink

  /// There is no such file.
  case absent

  /// Looks at a path.
  ///
  /// - Parameter path: Where the image should be.
  public init(of path: String) {
    var status = stat()
    if stat(path, &status) == 0 {
      self = status.st_size > 0 ? .present : .empty
    } else {
      self = lstat(path, &status) == 0 ? .brokenLink : .absent
    }
  }
}

/// Returns what stands at a path, or `nil` where nothing does.
private func mode(of path: String) -> mode_t? {
  var status = stat()
  return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
}

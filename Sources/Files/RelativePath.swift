/// Returns the way from a folder to a path.
///
/// - Parameters:
///   - path: A path from the root; one that is not is returned as it is.
///   - folder: A folder, from the root, without `.` and `..`.
/// - Returns: The path as seen from the folder, such as `../other/file`; `.` for the folder itself.
public func relativePath(to path: String, from folder: String) -> String {
  guard path.hasPrefix("/"), folder.hasPrefix("/") else { return path }
  let target = path.split(separator: "/")
  let start = folder.split(separator: "/")
  let shared = zip(target, start).prefix { $0 == $1 }.count
  let steps =
    Array(repeating: "..", count: start.count - shared) + target.dropFirst(shared).map(String.init)
  return steps.isEmpty ? "." : steps.joined(separator: "/")
}

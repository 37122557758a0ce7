import BuiltInAtlases
import Files
import Glibc
import Imaging
import NIfTI

/// The names of the atlases that are carried inside the program.
public var builtInAtlasNames: [String] { BuiltInAtlas.allCases.map(\.rawValue) }

/// Loads an atlas.
///
/// An image (`.nii`, `.nii.gz`) takes its regions' names from a file beside it: BIDS or any other
/// table with `index` and `name`, JSON, a list, FSL's XML, a `.lut` of FreeSurfer or FSLeyes. A
/// `.tsv` is a table of spheres in the columns of the built-in one. The space of a file comes from
/// `:space=NAME`, else from the sidecar, else from the file's name.
///
/// - Parameter choice: A built-in name, a file, or a file followed by `:space=NAME`.
/// - Returns: The atlas.
/// - Throws: ``AtlasError`` where there is no such atlas, it cannot be read, or its space is unknown.
public func loadAtlas(_ choice: String) throws(AtlasError) -> RegionAtlas {
  let (path, space) = split(choice)
  if let builtIn = BuiltInAtlas(rawValue: path) {
    let table = String(decoding: builtIn.table, as: UTF8.self)
    return try sphereAtlas(
      table,
      path: path,
      name: path,
      givenSpace: space,
      source: builtIn.about
    )
  }
  guard access(path, F_OK) == 0 else {
    throw AtlasError(path: path, reason: .unknownName(builtIn: builtInAtlasNames))
  }
  if path.hasSuffix(".tsv") {
    let name = AtlasFileName(path).atlasName
    return try sphereAtlas(text(of: path), path: path, name: name, givenSpace: space)
  }
  return try imageAtlas(path, givenSpace: space)
}

/// Loads several atlases, whose results will stand beside each other.
///
/// - Parameter choices: As ``loadAtlas(_:)`` takes them.
/// - Returns: One atlas per choice, in the same order.
/// - Throws: ``AtlasError`` where one cannot be loaded, or two would share their files' label.
public func loadAtlases(_ choices: [String]) throws(AtlasError) -> [RegionAtlas] {
  var atlases: [RegionAtlas] = []
  for choice in choices {
    let atlas = try loadAtlas(choice)
    if let place = atlases.firstIndex(where: { $0.fileLabel == atlas.fileLabel }) {
      throw AtlasError(path: choice, reason: .sameFileLabel(other: choices[place]))
    }
    atlases.append(atlas)
  }
  return atlases
}

/// Splits a choice into what stands before `:space=` and the space after it.
private func split(_ choice: String) -> (path: String, space: String?) {
  guard let range = choice.ranges(of: ":space=").last else { return (choice, nil) }
  let space = String(choice[range.upperBound...])
  return (String(choice[..<range.lowerBound]), space.isEmpty ? nil : space)
}

/// Returns a file's text.
func text(of path: String) throws(AtlasError) -> String {
  do throws(FileError) {
    return try readText(path)
  } catch {
    throw AtlasError(path: path, reason: .file(error))
  }
}

import BIDS
import Files
import Glibc

/// Why results cannot go into a folder.
enum FolderRefusal: Error, CustomStringConvertible {
  /// It is the dataset itself.
  case dataset(path: String)

  /// It holds what another program made.
  case foreign(path: String)

  /// The dataset has no table of participants, and none was given.
  case noPhenotype(path: String)

  /// No table of participants has a column of the affected side.
  case noAffectedSide(path: String)

  /// It holds no results of any participant.
  case noResults(path: String)

  /// One sentence for the person who ran the command.
  var description: String {
    switch self {
    case .dataset(let path):
      "\(path): this is the dataset itself, whose files are not touched; name another folder for "
        + "the results, such as \(path)/derivatives/nocinet"
    case .foreign(let path):
      "\(path): its dataset_description.json is not one of nocinet's; name a folder of its own for "
        + "the results"
    case .noPhenotype(let path):
      "\(path): there is no participants.tsv; give a table of who belongs to which group with --phenotype"
    case .noAffectedSide(let path):
      "\(path): no table of participants has a column affected_side; add it to participants.tsv, or give a "
        + "table with --phenotype"
    case .noResults(let path):
      "\(path): there are no complete participants here; run the participant level into this "
        + "folder first"
    }
  }
}

/// Refuses an output folder whose files are not nocinet's to replace.
///
/// - Parameter folders: The dataset and the output folder.
/// - Throws: ``FolderRefusal``, or `FileError` where the folder's description cannot be read.
func requireOwnFolder(_ folders: Folders) throws {
  if let dataset = realPath(folders.dataset), dataset == realPath(folders.output) {
    throw FolderRefusal.dataset(path: folders.output)
  }
  let path = folders.output + "/dataset_description.json"
  guard access(path, F_OK) == 0 else { return }
  guard case .object(let members)? = try? JSONValue(parsing: readText(path)),
    case .array(let generators)? = members["GeneratedBy"],
    generators.contains(where: isNocinet)
  else { throw FolderRefusal.foreign(path: folders.output) }
}

/// Whether an entry of `GeneratedBy` names this program.
private func isNocinet(_ generator: JSONValue) -> Bool {
  guard case .object(let members) = generator else { return false }
  return members["Name"] == .string("nocinet")
}

/// Returns a path without symbolic links, or `nil` where it leads nowhere.
private func realPath(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}

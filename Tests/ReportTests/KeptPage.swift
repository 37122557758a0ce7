import Files
import FoundationEssentials

/// Keeps a page for a look at it, where `NOCINET_KEEP_REPORTS` names a folder.
func keep(_ page: String, as name: String) throws {
  guard let folder = ProcessInfo.processInfo.environment["NOCINET_KEEP_REPORTS"] else { return }
  try writeAtomically(page, to: folder + "/" + name)
}

import Glibc

/// Holds a participant's outputs for one process, so that two copies never write them at once.
///
/// The lock goes with the process: one that was killed leaves no lock behind, only an empty file,
/// which the next run takes over and removes.
public final class ParticipantLock {
  /// Why the outputs could not be held.
  public enum Refusal: Error, Equatable, CustomStringConvertible {
    /// Another process holds them.
    case inUse(participant: String)

    /// The lock's file could not be made.
    case notWritable(path: String, code: Int32)

    /// One sentence for the person who ran the command.
    public var description: String {
      switch self {
      case .inUse(let participant):
        "sub-\(participant): another run is writing these results; wait for it, or end it"
      case .notWritable(let path, let code):
        "\(path): cannot be written (\(String(cString: strerror(code)))); "
          + "is the output folder writable?"
      }
    }
  }

  private let path: String
  private let descriptor: Int32

  /// Takes the lock.
  ///
  /// - Parameters:
  ///   - participant: The participant, without `sub-`.
  ///   - folder: The output folder, which exists.
  /// - Throws: ``Refusal`` where another process holds it or the folder cannot be written.
  public init(of participant: String, in folder: String) throws(Refusal) {
    let path = folder + "/.sub-\(participant).lock"
    // The properties are set last: an object that was never whole releases nothing, so a refusal
    // leaves the holder's file alone.
    descriptor = try Self.hold(path, for: participant)
    self.path = path
  }

  /// Opens and locks the file that the path leads to.
  private static func hold(_ path: String, for participant: String) throws(Refusal) -> Int32 {
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else { throw .notWritable(path: path, code: errno) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        close(descriptor)
        throw .inUse(participant: participant)
      }
      if leads(path, to: descriptor) { return descriptor }
      // Its last holder removed the file between the opening and the lock.
      close(descriptor)
    }
  }

  /// Whether a path leads to an open file.
  private static func leads(_ path: String, to descriptor: Int32) -> Bool {
    var (held, named) = (stat(), stat())
    return fstat(descriptor, &held) == 0 && stat(path, &named) == 0
      && held.st_ino == named.st_ino && held.st_dev == named.st_dev
  }

  deinit {
    unlink(path)
    close(descriptor)
  }
}

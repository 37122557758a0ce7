import Glibc

/// A large piece of memory that goes back to the system the moment it is released.
///
/// What an allocator keeps for later would count towards the peak of a run.
final class PageMemory: @unchecked Sendable {
  /// The first byte, at the start of a page; all bytes are 0 at first.
  let base: UnsafeMutableRawPointer

  private let byteCount: Int

  /// Asks the system for memory.
  ///
  /// - Parameter byteCount: The number of bytes.
  init(byteCount: Int) {
    self.byteCount = max(1, byteCount)
    let pages = mmap(
      nil,
      self.byteCount,
      PROT_READ | PROT_WRITE,
      MAP_PRIVATE | MAP_ANONYMOUS,
      -1,
      0
    )
    guard let pages, pages != MAP_FAILED else {
      preconditionFailure("the system has no \(byteCount) bytes of memory left")
    }
    // Large pages where the system has them; nothing depends on the answer.
    madvise(pages, self.byteCount, MADV_HUGEPAGE)
    base = pages
  }

  deinit { munmap(base, byteCount) }
}

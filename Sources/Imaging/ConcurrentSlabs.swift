import Dispatch
import Synchronization

/// Runs a body for every slab, on a number of threads.
///
/// Which thread takes which slab is left to chance, so a body must write only what belongs to its
/// slab; then the result is the same bytes for any number of threads.
///
/// - Parameters:
///   - count: The number of slabs.
///   - threads: The number of threads, at least 1.
///   - body: Called once per slab with its index, from any thread.
public func forEachSlab(_ count: Int, threads: Int, _ body: @Sendable (Int) -> Void) {
  precondition(threads > 0, "at least one thread")
  let next = Atomic(0)
  DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
    while true {
      let slab = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard slab < count else { return }
      body(slab)
    }
  }
}

/// A pointer that slabs on several threads write through, each to its own part.
///
/// Sendable by promise: nothing here checks that two slabs never touch the same element.
public struct SlabPointer<Element>: @unchecked Sendable {
  /// The first element.
  public let base: UnsafeMutablePointer<Element>

  /// Wraps a pointer.
  ///
  /// - Parameter base: The first element; it must outlive every slab.
  public init(_ base: UnsafeMutablePointer<Element>) { self.base = base }
}

/// Returns the results of a body that is called once per slab, on a number of threads.
///
/// - Parameters:
///   - count: The number of slabs.
///   - threads: The number of threads, at least 1.
///   - body: Called once per slab with its index, from any thread.
/// - Returns: The results, in the order of the slabs.
public func mapSlabs<Result: Sendable>(
  _ count: Int,
  threads: Int,
  _ body: @Sendable (Int) -> Result
) -> [Result] {
  [Result](unsafeUninitializedCapacity: count) { buffer, written in
    written = count
    guard let base = buffer.baseAddress else { return }
    let target = SlabPointer(base)
    forEachSlab(count, threads: threads) { (target.base + $0).initialize(to: body($0)) }
  }
}

import Files
import TestData
import TestStudies
import Testing

@Suite("Repeated bytes", .enabled(if: SharedData.isPresent))
struct RepeatedBytesTests {
  @Test("The same bytes again, on one thread and on two, pages and pictures included")
  func threads() throws {
    let first = try SmallSimulation.shared.get()
    #expect(first.outcome.code == 0, "\(first.outcome.words)")
    let wanted = try digests(below: first.output)
    #expect(wanted.keys.contains("sub-01.html") && wanted.count > 40)
    for threads in ["1", "2", "3"] {
      let again = try SmallSimulation(of: SmallSimulation.dataset, "--n-cpus", threads)
      let found = try digests(below: again.output)
      let different = wanted.keys.filter { wanted[$0] != found[$0] }.sorted()
      #expect(different.isEmpty && found.count == wanted.count, "\(threads): \(different)")
    }
  }
}

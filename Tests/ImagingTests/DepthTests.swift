import Imaging
import Testing

@Suite("Depth in a mask")
struct DepthTests {
  @Test("A box is peeled layer by layer, the grid's edge being outside")
  func box() {
    // 5 x 5 x 5 on a grid of as many voxels: layers of 98, 26 and 1, by counting.
    let mask = Mask(grid: makeGrid([5, 5, 5], .scaling([2, 3, 4], then: .zero))) { _ in true }
    let order = mask.placesByDepth
    #expect(order.last == 62 && Set(order).count == 125)
    let inner = order.suffix(27).map { mask.grid.voxel(at: mask.indices[$0]) }
    #expect(inner.allSatisfy { $0.min() >= 1 && $0.max() <= 3 })
    #expect(order.prefix(98) == order.prefix(98).sorted()[...])
    #expect(mask.volume == 125 * 24)
  }

  @Test("A hole has a surface, too")
  func hole() {
    let grid = makeGrid([7, 7, 7])
    let middle = grid.index(3, 3, 3)
    let mask = Mask(grid: grid) { $0 != middle }
    // Each of the six voxels at the hole is at a surface; without it they would be two steps in.
    let beside = Int(mask.places[grid.index(2, 3, 3)])
    let rank = mask.placesByDepth.firstIndex(of: beside) ?? 0
    #expect(rank < 7 * 7 * 7 - 5 * 5 * 5 + 6)
  }
}

import Atlas
import Imaging

/// Where regions respond: a soft ball around each, a little larger than the region.
struct Activation: Sendable {
  /// A region's ball.
  struct Ball: Sendable {
    let centre: SIMD3<Double>
    let radius: Double

    /// Returns the share of the region's response that a point of the head shows, 0 to 1.
    func share(at point: SIMD3<Double>) -> Double {
      softStep(radius + Activation.margin - (point - centre).length)
    }
  }

  /// How far the half height lies outside the region, in mm.
  static let margin = 3.0

  let balls: [Ball]

  /// Creates the balls of an atlas of spheres.
  init(_ regions: [Region]) throws(DemoError) {
    var balls: [Ball] = []
    for region in regions {
      guard let sphere = region.sphere else { throw .regionIsNoSphere(name: region.name) }
      balls.append(Ball(centre: sphere.centre, radius: sphere.radius))
    }
    self.balls = balls
  }

  /// How much of each ball's response (column) the mean over each region (row) shows.
  ///
  /// Balls reach into neighbouring regions; this is what makes the truth of a region exact.
  func meanShares() -> [[Double]] {
    balls.map { region in
      let points = region.points(spacing: 1)
      return balls.map { ball in
        guard (ball.centre - region.centre).length < ball.radius + region.radius + 35 else {
          return 0
        }
        return points.reduce(0) { $0 + ball.share(at: $1) } / Double(points.count)
      }
    }
  }

  /// The balls that a voxel can meet, wherever the head has moved.
  func balls(near point: SIMD3<Double>) -> [Int] {
    balls.indices.filter { i in
      (balls[i].centre - point).length < balls[i].radius + Self.margin + 25
    }
  }
}

extension Activation.Ball {
  /// The points of a cubic lattice that lie within the region.
  fileprivate func points(spacing: Double) -> [SIMD3<Double>] {
    let reach = Int((radius / spacing).rounded(.up))
    var points: [SIMD3<Double>] = []
    for x in -reach...reach {
      for y in -reach...reach {
        for z in -reach...reach {
          let step = SIMD3(Double(x), Double(y), Double(z)) * spacing
          if step.length <= radius { points.append(centre + step) }
        }
      }
    }
    return points
  }
}

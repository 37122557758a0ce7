import Imaging
import Normalization
import Testing

@Suite("Transforms as elastix writes them")
struct LinearTransformFileTests {
  private func text(_ kind: String, _ parameters: String, centre: String = "0 0 0") -> String {
    """
    (Transform "\(kind)")
    (NumberOfParameters 6)
    (TransformParameters \(parameters))
    // a comment
    (CenterOfRotationPoint \(centre))
    (ComputeZYX "false")
    """
  }

  @Test("A shift in LPS changes the sign of its x and y in RAS")
  func shift() throws {
    let affine = try LinearTransformFile.affine(in: text("EulerTransform", "0 0 0 1 2 3"))
    #expect(affine(.zero) == [-1, -2, 3])
  }

  @Test("A quarter turn about z turns the same way in LPS and RAS, about the stated centre")
  func quarterTurn() throws {
    // Closed form: LPS (x, y) -> (-y, x) is RAS (x, y) -> (-y, x), since both axes change sign.
    let affine = try LinearTransformFile.affine(
      in: text("EulerTransform", "0 0 1.5707963267948966 0 0 0", centre: "-10 -20 5")
    )
    let centre = affine([10, 20, 5])
    let beside = affine([11, 20, 5])
    #expect((centre - [10, 20, 5]).length < 1e-12)
    #expect((beside - [10, 21, 5]).length < 1e-12)
  }

  @Test("A quarter turn about x turns the other way in RAS")
  func quarterTurnAboutX() throws {
    // Closed form: LPS (y, z) -> (-z, y); with y = -Y that is Y -> z, z -> -Y.
    let affine = try LinearTransformFile.affine(
      in: text("EulerTransform", "1.5707963267948966 0 0 0 0 0")
    )
    #expect((affine([0, 1, 0]) - [0, 0, -1]).length < 1e-12)
    #expect((affine([0, 0, 1]) - [0, 1, 0]).length < 1e-12)
  }

  @Test("Three angles together are Rz Rx Ry, with turns about x and y reversed in RAS")
  func threeAngles() throws {
    func turn(_ axis: Int, _ cosine: Double, _ sine: Double) -> Affine {
      var map = Affine.identity
      let (i, j) = [(1, 2), (2, 0), (0, 1)][axis]
      var rows = [map.rows.0, map.rows.1, map.rows.2]
      rows[i][i] = cosine
      rows[j][j] = cosine
      rows[i][j] = -sine
      rows[j][i] = sine
      map = Affine(rows[0], rows[1], rows[2])
      return map
    }
    // Angles of the 3-4-5 and 5-12-13 triangles, so that their sines and cosines are exact.
    let (x, y, z) = (0.6435011087932844, 0.3947911196997615, 0.6435011087932844)
    let affine = try LinearTransformFile.affine(
      in: text("EulerTransform", "\(x) \(y) \(z) 0 0 0")
    )
    let expected =
      turn(2, 0.8, 0.6) * turn(0, 0.8, -0.6) * turn(1, 12.0 / 13, -5.0 / 13)
    for corner: SIMD3<Double> in [[1, 0, 0], [0, 1, 0], [0, 0, 1]] {
      #expect((affine(corner) - expected(corner)).length < 1e-12)
    }
  }

  @Test("An affine's mixed terms between z and the others change sign")
  func affine() throws {
    let affine = try LinearTransformFile.affine(
      in: text("AffineTransform", "1 0.1 0.2 0.3 1.1 0.4 0.5 0.6 0.9 0 0 0")
    )
    #expect(affine.column(0) == [1, 0.3, -0.5])
    #expect(affine.column(1) == [0.1, 1.1, -0.6])
    #expect(affine.column(2) == [-0.2, -0.4, 0.9])
  }

  @Test("A flat transform, one that is not finite, and one of another kind are refused")
  func refused() {
    #expect(throws: NormalizationError.Defect.degenerate(factor: 0)) {
      try LinearTransformFile.affine(in: text("AffineTransform", "1 0 0 0 1 0 0 0 0 0 0 0"))
    }
    #expect(throws: NormalizationError.Defect.degenerate(factor: -1)) {
      try LinearTransformFile.affine(in: text("AffineTransform", "-1 0 0 0 1 0 0 0 1 0 0 0"))
    }
    #expect(throws: NormalizationError.Defect.notFinite) {
      try LinearTransformFile.affine(in: text("EulerTransform", "0 0 0 nan 0 0"))
    }
    #expect(throws: NormalizationError.Defect.self) {
      try LinearTransformFile.affine(in: text("BSplineTransform", "0 0 0 0 0 0"))
    }
    #expect(throws: NormalizationError.Defect.self) {
      try LinearTransformFile.affine(in: "")
    }
  }
}

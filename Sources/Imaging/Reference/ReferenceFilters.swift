import CImageKernel

/// What `cik_convolve` computes: a symmetric kernel along one axis, nothing beyond the image.
func referenceConvolve(
  _ image: UnsafePointer<Float>?,
  _ shape: cik_shape,
  _ axis: Int32,
  _ weights: UnsafePointer<Float>?,
  _ radius: Int32,
  _ out: UnsafeMutablePointer<Float>?
) {
  guard let image, let weights, let out else { return }
  shape.forEachVoxel { x, y, z in
    var sum = 0.0
    for step in -Int(radius)...Int(radius) {
      var place = [x, y, z]
      place[Int(axis)] += step
      guard (0..<shape[Int(axis)]).contains(place[Int(axis)]) else { continue }
      let value = Double(image[shape.index(place[0], place[1], place[2])])
      sum += Double(weights[abs(step)]) * value
    }
    out[shape.index(x, y, z)] = Float(sum)
  }
}

/// What `cik_block_mean` computes: means over blocks of whole voxels.
func referenceBlockMean(
  _ image: UnsafePointer<Float>?,
  _ shape: cik_shape,
  _ factor: cik_shape,
  _ out: UnsafeMutablePointer<Float>?
) {
  guard let image, let out else { return }
  let coarse = cik_shape(
    x: shape.x / factor.x,
    y: shape.y / factor.y,
    z: shape.z / factor.z
  )
  coarse.forEachVoxel { x, y, z in
    var sum = 0.0
    factor.forEachVoxel { i, j, k in
      sum += Double(
        image[shape.index(x * factor[0] + i, y * factor[1] + j, z * factor[2] + k)]
      )
    }
    out[coarse.index(x, y, z)] = Float(sum / Double(factor.count))
  }
}

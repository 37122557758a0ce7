import Files
import FoundationEssentials
import Imaging
import Normalization
import TestData
import Testing

/// Whether both programs of elastix are installed.
private let hasElastix = ["elastix", "transformix"].allSatisfy { program in
  (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
    FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
  }
}

/// One real registration of a phantom, with a T1w stored from right to left and an oblique EPI.
@Suite("Directions, by a landmark without symmetry", .enabled(if: hasElastix), .serialized)
struct DirectionTests {
  /// What all tests of this suite look at; registered once.
  private struct Registered: Sendable {
    let phantom: Phantom
    let request: NormalizationRequest
    let result: SpatialNormalization
  }

  private static let registered = Result {
    let phantom = try #require(Phantom())
    let folder = try SharedData.temporaryFolder("nocinet-phantom")
    let request = try phantom.request(in: folder)
    return Registered(phantom: phantom, request: request, result: try normalize(request))
  }

  /// Template points to EPI points, as the phantom was built.
  private static let truth = Phantom.t1wToEPI * Phantom.templateToT1w

  /// Half of a template voxel: labels and maps land in the right voxel.
  private static let tolerance = 2.0

  @Test("Template points go to their native points, and native points to their template points")
  func points() throws {
    let it = try Self.registered.get()
    var (there, back, count) = (0.0, 0.0, 0)
    for index in stride(from: 0, to: it.phantom.templateGrid.voxelCount, by: 11) {
      let point = it.phantom.templateGrid.position(ofVoxel: index)
      guard (point / [56, 70, 52]).length < 1 else { continue }
      let native = try #require(it.result.templateToNative(point))
      let home = try #require(it.result.nativeToTemplate(Self.truth(point)))
      there += (native - Self.truth(point)).length
      back += (home - point).length
      count += 1
    }
    #expect(count > 1000)
    #expect(there / Double(count) < Self.tolerance)
    #expect(back / Double(count) < Self.tolerance)
  }

  @Test("A label of the template, pulled to the native grid, lies where the landmark is there")
  func labelPulled() throws {
    let it = try Self.registered.get()
    var (sum, count) = (SIMD3<Double>.zero, 0.0)
    for index in 0..<it.phantom.epiGrid.voxelCount {
      let native = it.phantom.epiGrid.position(ofVoxel: index)
      guard let point = it.result.nativeToTemplate(native),
        (point - Phantom.landmark).length < 9
      else { continue }
      sum += native
      count += 1
    }
    #expect(count > 10)
    #expect((sum / count - Self.truth(Phantom.landmark)).length < Self.tolerance)
  }

  @Test("A native map, pushed to the template grid, shows the landmark where the template has it")
  func mapPushed() throws {
    let it = try Self.registered.get()
    let (grid, centre) = (it.phantom.epiGrid, Self.truth(Phantom.landmark))
    let whole = Mask(grid: grid) { _ in true }
    let map = MaskedMap(
      mask: whole,
      values: whole.indices.map { (grid.position(ofVoxel: $0) - centre).length < 10 ? 1 : 0 }
    )
    let pushed = resampleStatistic(
      map,
      onto: it.result.templateGrid,
      by: it.result.templateToNative,
      threads: 2
    )
    var (sum, weights) = (SIMD3<Double>.zero, 0.0)
    for (index, value) in pushed.values.enumerated() where value > 0 {
      sum += Double(value) * pushed.grid.position(ofVoxel: index)
      weights += Double(value)
    }
    #expect(weights > 10)
    #expect((sum / weights - Phantom.landmark).length < Self.tolerance)
  }

  @Test("Taken the wrong way round, the landmark would be far off: the tests above can fail")
  func wrongWay() throws {
    let it = try Self.registered.get()
    let wrong = try #require(it.result.nativeToTemplate(Phantom.landmark))
    #expect((wrong - Self.truth(Phantom.landmark)).length > 5 * Self.tolerance)
    let mirrored = Phantom.landmark * [-1, 1, 1]
    let native = try #require(it.result.templateToNative(mirrored))
    #expect((native - Self.truth(Phantom.landmark)).length > 50)
  }

  // Linear interpolation errs with the square of the spacing: where 0.1 mm holds on a template of
  // 2 mm, as on a real head and in closed form elsewhere, 0.4 mm holds on this one of 4 mm.
  @Test("The check finds nothing wrong, and there and back is within 0.4 mm on 4 mm voxels")
  func check() throws {
    let check = try #require(try Self.registered.get().result.check)
    #expect(check.problems == [])
    #expect(check.inverseConsistency < 0.4)
    #expect(check.minimumJacobian > 0.5)
    // The mask reaches past the head's edge: the true map gives 0.948 (NumPy), and 1.5 mm of error
    // over a surface of 4 mm voxels takes about 0.07 more.
    #expect(try #require(check.maskOverlap) > 0.85)
    #expect(check.brainInView > 0.9)
  }

  @Test("A second call takes what was kept, with the same bytes, even without elastix")
  func kept() throws {
    let it = try Self.registered.get()
    #expect(!it.result.isReused)
    var again = it.request
    again.searchPath = "/nowhere"
    let result = try normalize(again)
    #expect(result.isReused)
    #expect(result.digest == it.result.digest)
    #expect(result.check == it.result.check)
    for index in stride(from: 0, to: it.phantom.templateGrid.voxelCount, by: 97) {
      let point = it.phantom.templateGrid.position(ofVoxel: index)
      #expect(result.templateToNative(point) == it.result.templateToNative(point))
      #expect(result.nativeToTemplate(point) == it.result.nativeToTemplate(point))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: again.workFolder).isEmpty)
  }

  @Test("A changed input, thread count or damaged file is not served from what was kept")
  func changed() throws {
    let it = try Self.registered.get()
    var changed = it.request
    changed.searchPath = "/nowhere"
    changed.reference.values[0] += 1
    #expect(throws: NormalizationError.programMissing(program: "elastix")) {
      try normalize(changed)
    }
    var threads = it.request
    threads.searchPath = "/nowhere"
    threads.threads = 1
    #expect(throws: NormalizationError.programMissing(program: "elastix")) {
      try normalize(threads)
    }
    let folder = try SharedData.temporaryFolder("nocinet-damaged")
    var damaged = it.request
    damaged.searchPath = "/nowhere"
    damaged.keptFolder = folder
    for name in try FileManager.default.contentsOfDirectory(atPath: it.request.keptFolder) {
      var bytes = try readBytes("\(it.request.keptFolder)/\(name)")
      if name.hasSuffix("displacement.nii.gz") { bytes[bytes.count / 2] ^= 1 }
      try writeAtomically(bytes, to: "\(folder)/\(name)")
    }
    #expect(throws: NormalizationError.programMissing(program: "elastix")) {
      try normalize(damaged)
    }
  }
}

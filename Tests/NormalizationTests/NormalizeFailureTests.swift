import Files
import FoundationEssentials
import Imaging
import Job
import Normalization
import TestData
import Testing

/// Scripts stand in for elastix and transformix here; nothing is registered.
@Suite("What cannot be normalized")
struct NormalizeFailureTests {
  /// Makes a folder with a request whose programs are scripts of the given bodies.
  private func request(
    elastix: String?,
    transformix: String? = "exit 0"
  ) throws -> (request: NormalizationRequest, folder: String) {
    let folder = try SharedData.temporaryFolder("nocinet-normalize")
    for (name, body) in [("elastix", elastix), ("transformix", transformix)] {
      guard let body else { continue }
      let path = "\(folder)/bin/\(name)"
      let version = "if [ \"$1\" = --version ]; then echo \"elastix version: 5.0.1\"; exit 0; fi"
      try writeAtomically("#!/bin/sh\n\(version)\n\(body)\n", to: path)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    let phantom = try #require(Phantom())
    return (try phantom.request(in: folder, searchPath: "\(folder)/bin"), folder)
  }

  /// A script that writes a transform file of the given numbers into the folder after `-out`.
  private func writing(_ transform: String, _ parameters: String) -> String {
    """
    while [ "$1" != -out ]; do shift; done
    for i in 0 1; do cat > "$2/TransformParameters.$i.txt" <<END
    (Transform "\(transform)")
    (TransformParameters \(parameters))
    (CenterOfRotationPoint 0 0 0)
    END
    done
    """
  }

  private func isEmpty(_ folder: String) throws -> Bool {
    try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty
  }

  @Test("A missing elastix is named with what to try")
  func missing() throws {
    let (request, _) = try request(elastix: nil)
    let error = #expect(throws: NormalizationError.self) { try normalize(request) }
    #expect(error == .programMissing(program: "elastix"))
    #expect(error?.description.contains("install elastix") == true)
  }

  @Test("A missing transformix is named before minutes are spent on elastix")
  func missingTransformix() throws {
    let (request, _) = try request(elastix: "exit 0", transformix: nil)
    #expect(throws: NormalizationError.programMissing(program: "transformix")) {
      try normalize(request)
    }
  }

  @Test("A crash is reported with its exit status and the log's reason; no scratch file stays")
  func crash() throws {
    let (request, _) = try request(
      elastix: "echo working; echo 'Description: Too many samples outside'; echo done; exit 3"
    )
    let error = #expect(throws: NormalizationError.self) { try normalize(request) }
    #expect(
      error
        == .programFailed(
          program: "\(request.searchPath)/elastix",
          step: .epiToT1w,
          status: 3,
          reason: "Too many samples outside"
        )
    )
    #expect(try isEmpty(request.workFolder))
    #expect(try isEmpty(request.keptFolder))
  }

  @Test("A death by signal is an error, not an empty result")
  func killed() throws {
    let (request, _) = try request(elastix: "kill -9 $$")
    #expect(throws: NormalizationError.self) { try normalize(request) }
  }

  @Test("Success without a transform is an error")
  func nothingWritten() throws {
    let (request, _) = try request(elastix: "exit 0")
    #expect(throws: NormalizationError.unusableTransform(step: .epiToT1w, defect: .missing)) {
      try normalize(request)
    }
  }

  @Test("A singular, a mirroring and a not finite transform are refused by name")
  func degenerate() throws {
    let flat = try request(elastix: writing("AffineTransform", "1 0 0 0 1 0 0 0 0 0 0 0")).request
    #expect(
      throws: NormalizationError.unusableTransform(
        step: .epiToT1w,
        defect: .degenerate(factor: 0)
      )
    ) { try normalize(flat) }
    let mirror = try request(elastix: writing("AffineTransform", "-1 0 0 0 1 0 0 0 1 0 0 0"))
      .request
    #expect(
      throws: NormalizationError.unusableTransform(
        step: .epiToT1w,
        defect: .degenerate(factor: -1)
      )
    ) { try normalize(mirror) }
    let broken = try request(elastix: writing("EulerTransform", "0 0 0 nan 0 0")).request
    #expect(throws: NormalizationError.unusableTransform(step: .epiToT1w, defect: .notFinite)) {
      try normalize(broken)
    }
  }

  @Test("A transform that carries one image out of the other's sight is an empty overlap")
  func noOverlap() throws {
    let (request, _) = try request(elastix: writing("EulerTransform", "0 0 0 5000 0 0"))
    #expect(throws: NormalizationError.emptyOverlap(step: .epiToT1w)) { try normalize(request) }
  }

  @Test("A missing T1w, template or space is refused before anything runs")
  func incomplete() throws {
    var (request, _) = try request(elastix: nil)
    request.t1wPath = nil
    let error = #expect(throws: NormalizationError.t1wMissing) { try normalize(request) }
    #expect(error?.description.contains("--normalization epi") == true)
    request.method = .epi
    request.template = nil
    #expect(throws: NormalizationError.templateMissing(space: nil)) { try normalize(request) }
    request.method = .none
    #expect(throws: NormalizationError.spaceMissing) { try normalize(request) }
  }

  @Test("A T1w that is no image is named by its path")
  func unreadable() throws {
    var (request, folder) = try request(elastix: "exit 0")
    request.t1wPath = "\(folder)/none.nii.gz"
    let error = #expect(throws: NormalizationError.self) { try normalize(request) }
    #expect(error?.description.contains("none.nii.gz") == true)
  }

  @Test("Data in template space pass through by the identity and keep the space's name")
  func identity() throws {
    var (request, _) = try request(elastix: nil)
    request.method = .none
    request.space = "MNI152NLin2009cAsym"
    let result = try normalize(request)
    #expect(result.space == "MNI152NLin2009cAsym")
    #expect(result.templateToNative([1, 2, 3]) == [1, 2, 3])
    #expect(result.nativeToTemplate([1, 2, 3]) == [1, 2, 3])
    #expect(result.templateGrid == request.reference.grid)
    #expect(result.check == nil)
  }

  @Test("The log's reason is an exception's description, else a line that speaks of an error")
  func reasons() {
    #expect(failureReason(in: "a\nDescription: b\nerror\n") == "b")
    #expect(
      failureReason(in: "fine\nERROR: could not read the moving image\nbye")
        == "ERROR: could not read the moving image"
    )
    #expect(failureReason(in: "one\ntwo\n") == "two")
    #expect(failureReason(in: "\n\n") == nil)
  }
}

import BIDS

extension Job {
  /// The first value that has the right kind but cannot be meant, with its path.
  var firstImpossibleValue: JobError.Reason? {
    let checks: [(String, Bool, String)] = [
      (
        "preprocessing.sliceTimeReference",
        (0...1).contains(preprocessing.sliceTimeReference), "a share from 0 to 1"
      ),
      ("preprocessing.dummyScans", preprocessing.dummyScans.statedCount >= 0, "a count from 0 on"),
      (
        "preprocessing.smoothing",
        preprocessing.smoothing.isFinite && preprocessing.smoothing >= 0, "a width in mm from 0 on"
      ),
      ("normalization.threads", normalization.threads > 0, "a count from 1 on"),
      ("regions.minimumCoverage", (0...1).contains(regions.minimumCoverage), "a share from 0 to 1"),
      (
        "regions.minimumBrainstemCoverage",
        (0...1).contains(regions.minimumBrainstemCoverage), "a share from 0 to 1"
      ),
      (
        "model.censoringThreshold",
        model.censoringThreshold.map { $0.isFinite && $0 > 0 } ?? true, "a displacement above 0 mm"
      ),
      ("model.onsetOffset", model.onsetOffset.isFinite, "made of finite numbers of seconds"),
      (
        "normalization.method", derivatives == nil || normalization.method == .none,
        "none where derivatives are given, whose images lie in their template already"
      ),
      (
        "model.confounds", derivatives != nil || !model.confounds.needsTissues,
        "one of none, 6p, 24p or columns: the signals of tissues are known from derivatives alone"
      ),
      (
        "model.confounds.columns", model.confounds.hasOnlyNames, "a list of at least one name"
      ),
      ("model.conditionColumn", !model.conditionColumn.isEmpty, "the name of an events column"),
    ]
    for (path, holds, expected) in checks where !holds {
      return .wrongValue(path, expected: expected)
    }
    return model.impossibleDrift ?? model.impossibleDelays ?? model.impossibleContrast
      ?? model.contradiction
  }
}

extension Confounds {
  /// Whether columns, where they are named, are.
  fileprivate var hasOnlyNames: Bool {
    guard case .columns(let names) = self else { return true }
    return !names.isEmpty && names.allSatisfy { !$0.allSatisfy(\.isWhitespace) }
  }
}

extension Model {
  fileprivate var impossibleDrift: JobError.Reason? {
    switch drift {
    case .cosine(let cutoff) where !(cutoff.isFinite && cutoff > 0):
      .wrongValue("model.drift.cosine.cutoff", expected: "a period above 0 s")
    case .polynomial(let order) where !(0...20).contains(order):
      .wrongValue("model.drift.polynomial.order", expected: "an order from 0 to 20")
    default: nil
    }
  }

  fileprivate var impossibleDelays: JobError.Reason? {
    guard case .finiteImpulseResponse(let delays) = hemodynamics else { return nil }
    let areUsable =
      !delays.isEmpty && Set(delays).count == delays.count && delays.allSatisfy { $0 >= 0 }
    return areUsable
      ? nil
      : .wrongValue(
        "model.hemodynamics.finiteImpulseResponse.delays",
        expected: "a list of different counts of volumes from 0 on"
      )
  }

  fileprivate var impossibleContrast: JobError.Reason? {
    var labels: Set<String> = []
    for (index, contrast) in contrasts.enumerated() {
      let path = "model.contrasts[\(index)]"
      let label = contrast.name.filter { $0.isLetter || $0.isNumber }
      if label.isEmpty {
        return .wrongValue("\(path).name", expected: "a name with letters or digits in it")
      }
      guard labels.insert(label).inserted else {
        return .wrongValue(
          "\(path).name",
          expected: "different from the others in its letters and digits, which name its files"
        )
      }
      if contrast.expression.allSatisfy(\.isWhitespace) {
        return .wrongValue("\(path).expression", expected: "a weighted sum of conditions")
      }
    }
    return nil
  }
}

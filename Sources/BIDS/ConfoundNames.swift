/// Whether a name or pattern is one that tables of confounds use.
///
/// The names are those of fMRIPrep, which this program's own tables follow: motion and its derivatives
/// and powers, mean signals, displacement and DVARS, components, cosines and marked volumes.
///
/// - Parameters:
///   - name: A name, or a pattern with `*` and `?`.
///   - isMeasuredHere: Whether only columns count that this program measures of a run by itself.
/// - Returns: `true` where such a column may exist though it is not there yet.
public func isConfoundName(_ name: String, isMeasuredHere: Bool = false) -> Bool {
  let own = [
    "trans_", "rot_", "global_signal", "framewise_displacement", "rmsd", "dvars", "std_dvars",
    "csf", "white_matter", "c_comp_cor_", "w_comp_cor_", "non_steady_state_outlier",
    "motion_outlier",
  ]
  let others = [
    "a_comp_cor_", "t_comp_cor_", "cosine", "aroma_motion_", "edge_comp_", "crown_comp_",
  ]
  let plain = name.prefix { $0 != "*" && $0 != "?" && $0 != "[" }
  return (isMeasuredHere ? own : own + others).contains { start in
    plain.hasPrefix(start)
      || (plain.count < name.count && plain.count > 2 && start.hasPrefix(plain))
  }
}

/// Whether a pattern is one of columns that mark single volumes, of which a run may have none.
///
/// - Parameter pattern: A name or pattern.
/// - Returns: `true` for patterns of `motion_outlier` and `non_steady_state_outlier`.
public func marksVolumes(_ pattern: String) -> Bool {
  ["motion_outlier", "non_steady_state_outlier"].contains { pattern.hasPrefix($0) }
    && NamePattern(pattern).hasWildcards
}

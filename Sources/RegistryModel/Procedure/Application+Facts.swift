package import RegistryAPI

extension Application {
  /// Whether it was sent back from where it had come: by a return, an objection that was upheld, or
  /// an appeal.
  package var wasSentBack: Bool {
    steps.contains { step in
      guard let from = ProcedureState(step.from), let to = ProcedureState(step.to) else {
        return false
      }
      return to.rawValue < from.rawValue && !to.isEnd
    }
  }
}

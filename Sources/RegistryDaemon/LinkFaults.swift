internal import Glibc
internal import RegistryLink
internal import Synchronization

/// Ends the process at a step of the link, for trials: what was acknowledged must survive it.
///
/// The variable `REGISTRY_TRIAL_KILL_AT` names a step and which time it is reached, such as
/// `sent-piece:3`. Nobody sets it but the trials.
enum LinkFaults {
  /// What the link calls at each step; in a build for use it does nothing.
  static let observer: @Sendable (LinkStep) -> Void = {
    #if DEBUG
      guard let text = getenv("REGISTRY_TRIAL_KILL_AT") else { return { _ in } }
      let words = String(cString: text).split(separator: ":")
      guard let step = words.first.flatMap({ LinkStep(rawValue: String($0)) }) else {
        return { _ in }
      }
      let count = Atomic(words.count > 1 ? Int(words[1]) ?? 1 : 1)
      return { reached in
        guard reached == step, count.subtract(1, ordering: .relaxed).newValue == 0 else { return }
        kill(getpid(), SIGKILL)
      }
    #else
      return { _ in }
    #endif
  }()
}

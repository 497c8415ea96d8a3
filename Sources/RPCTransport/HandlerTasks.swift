internal import RPCCore
internal import RPCSockets

/// The tasks in which the handlers of one connection run, one after another in each.
///
/// A task costs more to make than a cached answer to give, so it waits for the next call instead
/// of ending. A task that was cancelled stays so: it ends with its call. On the loop only.
final class HandlerTasks {
  /// Most tasks that wait for a call.
  private static let idleLimit = 64

  private let loop: EventLoop
  @exclusivity(unchecked) private var idle: [HandlerTask] = []

  init(loop: EventLoop) { self.loop = loop }

  /// Starts a call's handler; it runs after this round's events.
  func start(_ call: ServedCall) -> HandlerTask {
    if let task = idle.popLast() {
      task.give(call)
      return task
    }
    let task = HandlerTask(call, of: self)
    task.start(on: loop)
    return task
  }

  /// Keeps a task for later calls; false when there are enough.
  fileprivate func keep(_ task: HandlerTask) -> Bool {
    guard idle.count < Self.idleLimit else { return false }
    idle.append(task)
    return true
  }

  /// Ends the tasks that wait.
  func release() {
    for task in idle { task.give(nil) }
    idle = []
  }
}

/// One task that runs handlers.
final class HandlerTask: @unchecked Sendable {
  // Unchecked: touched on the loop only; `run` stays there between calls.

  private let tasks: HandlerTasks
  @exclusivity(unchecked) private var next: ServedCall?
  @exclusivity(unchecked) private var continuation: UnsafeContinuation<ServedCall?, Never>?
  @exclusivity(unchecked) private var task: Task<Void, Never>?

  fileprivate init(_ call: ServedCall, of tasks: HandlerTasks) {
    self.tasks = tasks
    next = call
  }

  fileprivate func start(on loop: EventLoop) {
    task = Task(executorPreference: loop) { await self.run() }
  }

  /// Hands the next call over, or nil to end.
  fileprivate func give(_ call: ServedCall?) {
    continuation?.resume(returning: call)
    continuation = nil
  }

  /// Cancels the handler that runs; the task ends with it.
  func cancel() { task?.cancel() }

  private func run() async {
    while let call = next {
      next = nil
      let ending = await call.entry.serve(call)
      if !call.completeHere(ending) { await call.completeOnLoop(ending) }
      if Task.isCancelled || !tasks.keep(self) { break }
      next = await withUnsafeContinuation { continuation = $0 }
    }
    task = nil
  }
}

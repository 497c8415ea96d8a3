internal import DequeModule
internal import Synchronization

/// A bounded queue between two tasks, such as one half of an in-process call.
///
/// One task sends and one receives. `finish` lets what is queued be read and then ends; `fail`
/// drops what is queued. Cancelling a task that waits here fails the pipe.
package final class Pipe<Element: Sendable>: Sendable {
  private typealias Receiver = CheckedContinuation<Element?, any Error>
  private typealias Sender = CheckedContinuation<Void, any Error>

  private struct State {
    var elements = Deque<Element>()
    var hasFinished = false
    var failure: (any Error)?
    var receiver: Receiver?
    var sender: Sender?
  }

  private enum SendAction {
    case accepted(Receiver?)
    case full
    case refused(any Error)
  }

  private enum ReceiveAction {
    case take(Element?, Sender?)
    case empty
    case refused(any Error)
  }

  private let state = Mutex(State())
  private let capacity: Int

  /// Holds at most `capacity` elements (16 unless said) before senders wait.
  package init(capacity: Int = 16) { self.capacity = capacity }

  /// Queues an element; waits while the pipe is full.
  package func send(_ element: Element) async throws {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        switch offer(element, sender: continuation) {
        case .accepted(let receiver):
          receiver?.resume(returning: element)
          continuation.resume()
        case .full: break
        case .refused(let error): continuation.resume(throwing: error)
        }
      }
    } onCancel: {
      fail(CancellationError())
    }
  }

  /// Takes the next element; nil once the sender has finished and all is read.
  package func receive() async throws -> Element? {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        switch take(receiver: continuation) {
        case .take(let element, let sender):
          continuation.resume(returning: element)
          sender?.resume()
        case .empty: break
        case .refused(let error): continuation.resume(throwing: error)
        }
      }
    } onCancel: {
      fail(CancellationError())
    }
  }

  /// Ends the sending half.
  package func finish() {
    let receiver = state.withLock { state -> Receiver? in
      state.hasFinished = true
      defer { state.receiver = nil }
      return state.receiver
    }
    receiver?.resume(returning: nil)
  }

  /// Ends both halves with an error; the first one stays.
  package func fail(_ error: any Error) {
    let (receiver, sender) = state.withLock { state -> (Receiver?, Sender?) in
      guard state.failure == nil else { return (nil, nil) }
      state.failure = error
      state.elements.removeAll()
      defer { (state.receiver, state.sender) = (nil, nil) }
      return (state.receiver, state.sender)
    }
    receiver?.resume(throwing: error)
    sender?.resume(throwing: error)
  }

  private func offer(_ element: Element, sender: Sender) -> SendAction {
    state.withLock { state in
      if let failure = state.failure { return .refused(failure) }
      if let receiver = state.receiver {
        state.receiver = nil
        return .accepted(receiver)
      }
      state.elements.append(element)
      if state.elements.count < capacity { return .accepted(nil) }
      state.sender = sender
      return .full
    }
  }

  private func take(receiver: Receiver) -> ReceiveAction {
    state.withLock { state in
      if let failure = state.failure { return .refused(failure) }
      if let element = state.elements.popFirst() {
        defer { state.sender = nil }
        return .take(element, state.sender)
      }
      if state.hasFinished { return .take(nil, nil) }
      state.receiver = receiver
      return .empty
    }
  }
}

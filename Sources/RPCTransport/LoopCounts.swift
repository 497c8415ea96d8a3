internal import RPCCore
internal import RPCSockets

/// What one event loop counts of the calls that it carries, and which of them live.
///
/// Every loop counts for itself, so that counting takes no lock and no processor's cache from another;
/// who wants to know asks the loops in turn. On the loop only.
final class LoopCounts: @unchecked Sendable {
  // Unchecked: touched on its loop only.

  let loop: EventLoop
  /// By the method's index; one more for methods that are not served.
  @exclusivity(unchecked) private(set) var methods: [MethodSnapshot]
  @exclusivity(unchecked) private var live: [ServedCall?] = []
  @exclusivity(unchecked) private var free: [Int] = []
  @exclusivity(unchecked) private var nextNumber: UInt64
  private let step: UInt64

  /// - Parameters:
  ///   - paths: the methods' paths, in the order of their indices.
  ///   - index: which of the loops this is; calls are numbered so that none of two has the same.
  init(_ loop: EventLoop, paths: [String], index: Int, of count: Int) {
    self.loop = loop
    methods = paths.map { MethodSnapshot(path: $0) } + [MethodSnapshot(path: Self.unknown)]
    nextNumber = UInt64(index + 1)
    step = UInt64(count)
  }

  /// What stands for the path of methods that are not served: callers choose those names.
  static let unknown = "unknown"

  /// A call has come; returns its number and its place among those that live.
  func begin(_ call: ServedCall, method: Int) -> (number: UInt64, place: Int) {
    methods[method].started &+= 1
    methods[method].running += 1
    let number = nextNumber
    nextNumber &+= step
    if let place = free.popLast() {
      live[place] = call
      return (number, place)
    }
    live.append(call)
    return (number, live.count - 1)
  }

  /// A call has ended, for its caller and for its handler.
  func end(place: Int, method: Int, _ code: StatusCode, duration: UInt64, _ bytes: (UInt64, UInt64))
  {
    live[place] = nil
    free.append(place)
    methods[method].running -= 1
    methods[method].receivedBytes &+= bytes.0
    methods[method].sentBytes &+= bytes.1
    methods[method].note(code, duration: duration)
  }

  /// A call was turned away before anything else.
  func noteRefusal(of method: Int, _ code: StatusCode) {
    methods[method].started &+= 1
    methods[method].note(code, duration: 0)
  }

  /// A call named a method that is not served.
  func noteUnknown() {
    noteRefusal(of: methods.count - 1, .unimplemented)
  }

  /// The calls that live.
  var calls: [LiveCall] { live.compactMap { $0?.description } }
}

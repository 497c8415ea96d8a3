internal import CLinux
internal import Glibc
internal import Synchronization

/// Several event loops, one for each processor unless told otherwise.
package final class EventLoopGroup: Sendable {
  /// The loops.
  package let loops: [EventLoop]
  private let position = Atomic<Int>(0)

  /// Starts `count` loops (at least 1; default: the processors that are on line).
  ///
  /// - Throws: `SocketError` when the process has no descriptors left.
  package init(
    count: Int? = nil,
    label: String = "loop",
    limits: EventLoop.Limits = .init(),
    clock: ManualClock? = nil
  ) throws(SocketError) {
    var loops: [EventLoop] = []
    do throws(SocketError) {
      for number in 0..<max(1, count ?? sysconf(Int32(_SC_NPROCESSORS_ONLN))) {
        loops.append(try EventLoop(label: "\(label)-\(number)", limits: limits, clock: clock))
      }
    } catch {
      for loop in loops { loop.abandon() }
      throw error
    }
    self.loops = loops
  }

  /// The loops in turn.
  package func next() -> EventLoop {
    let ticket = position.wrappingAdd(1, ordering: .relaxed).oldValue
    return loops[Int(ticket.magnitude % UInt(loops.count))]
  }

  /// Shuts all loops down; returns when their descriptors are closed.
  package func shutdown() async {
    for loop in loops { await loop.shutdown() }
  }
}

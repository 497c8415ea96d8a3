internal import CLinux
internal import Glibc

/// The owner of the eventfd that wakes a loop. Shared with the threads that wake it, so that none of
/// them can write to a descriptor that was closed in between.
final class Waker: Sendable {
  let descriptor: Int32

  init() throws(SocketError) {
    descriptor = try SystemCall.run("eventfd") { eventfd(0, Int32(O_CLOEXEC | O_NONBLOCK)) }
  }

  deinit { Glibc.close(descriptor) }

  /// Makes the epoll descriptor readable; any thread may call.
  func wake() {
    _ = SystemCall.attempt { eventfd_write(descriptor, 1) }
  }
}

/// The owner of a loop's epoll descriptor and of the two descriptors that are always in it: an
/// eventfd that wakes the loop and a timerfd for its earliest timer.
///
/// Both are edge-triggered and never read: each write or expiry is an edge, and that saves a call.
final class Poller {
  /// What an event is about.
  enum Event {
    case wake
    case timer
    case socket(Registration, ReadyEvents)
  }

  /// Most events fetched by one call; more wait for the next round.
  static let eventsPerRound = 256

  private static let wakeToken = UInt64.max
  private static let timerToken = UInt64.max - 1

  let descriptor: Int32
  let waker: Waker
  private let timerDescriptor: Int32
  private let buffer: UnsafeMutablePointer<epoll_event>
  @exclusivity(unchecked) private var armed = UInt64.max

  /// - Throws: `SocketError` when the process has no descriptors left.
  init() throws(SocketError) {
    waker = try Waker()
    let epoll = try SystemCall.run("epoll_create1") { epoll_create1(Int32(O_CLOEXEC)) }
    var timer: Int32 = -1
    do throws(SocketError) {
      timer = try SystemCall.run("timerfd_create") {
        timerfd_create(CLOCK_MONOTONIC, Int32(O_CLOEXEC | O_NONBLOCK))
      }
      let edge = EPOLLIN.rawValue | EPOLLET.rawValue
      try Self.control(epoll, EPOLL_CTL_ADD, waker.descriptor, edge, Self.wakeToken)
      try Self.control(epoll, EPOLL_CTL_ADD, timer, edge, Self.timerToken)
    } catch {
      Glibc.close(epoll)
      if timer >= 0 { Glibc.close(timer) }
      throw error
    }
    descriptor = epoll
    timerDescriptor = timer
    buffer = .allocate(capacity: Self.eventsPerRound)
    buffer.initialize(repeating: epoll_event(), count: Self.eventsPerRound)
  }

  deinit {
    Glibc.close(descriptor)
    Glibc.close(timerDescriptor)
    buffer.deallocate()
  }

  /// Waits at most `milliseconds` and answers how many events there are.
  func wait(milliseconds: Int32) -> Int {
    // A signal ends the wait early; the loop comes round again.
    let count = epoll_wait(descriptor, buffer, Int32(Self.eventsPerRound), milliseconds)
    return max(0, Int(count))
  }

  /// The event at a position below the last `wait`'s answer.
  func event(at position: Int) -> Event {
    let event = buffer[position]
    switch event.data.u64 {
    case Self.wakeToken:
      return .wake
    case Self.timerToken:
      armed = .max
      return .timer
    case let token:
      var ready = ReadyEvents(rawValue: 0)
      if event.events & EPOLLIN.rawValue != 0 { ready.insert(.read) }
      if event.events & EPOLLOUT.rawValue != 0 { ready.insert(.write) }
      if event.events & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0 { ready.insert(.hangup) }
      let registration = Registration(
        slot: UInt32(truncatingIfNeeded: token),
        generation: UInt32(truncatingIfNeeded: token >> 32)
      )
      return .socket(registration, ready)
    }
  }

  /// Wakes the loop at `deadline` (monotonic ns). A later deadline than the armed one changes
  /// nothing: the loop wakes once for nothing, which is cheaper than a call for each change.
  func arm(_ deadline: UInt64) {
    guard deadline < armed else { return }
    armed = deadline
    let instant = max(deadline, 1)
    var time = itimerspec()
    time.it_value.tv_sec = Int(clamping: instant / 1_000_000_000)
    time.it_value.tv_nsec = Int(instant % 1_000_000_000)
    timerfd_settime(timerDescriptor, Int32(TFD_TIMER_ABSTIME), &time, nil)
  }

  func add(
    _ socket: Int32,
    _ registration: Registration,
    _ interest: Interest
  ) throws(SocketError) {
    try Self.control(
      descriptor,
      EPOLL_CTL_ADD,
      socket,
      Self.mask(interest),
      Self.token(registration)
    )
  }

  func change(
    _ socket: Int32,
    _ registration: Registration,
    _ interest: Interest
  ) throws(SocketError) {
    try Self.control(
      descriptor,
      EPOLL_CTL_MOD,
      socket,
      Self.mask(interest),
      Self.token(registration)
    )
  }

  func remove(_ socket: Int32) {
    // Fails only when the socket was closed first, which removed it as well.
    try? Self.control(descriptor, EPOLL_CTL_DEL, socket, 0, 0)
  }

  private static func token(_ registration: Registration) -> UInt64 {
    UInt64(registration.generation) << 32 | UInt64(registration.slot)
  }

  private static func mask(_ interest: Interest) -> UInt32 {
    var mask: UInt32 = 0
    if interest.contains(.read) { mask |= EPOLLIN.rawValue }
    if interest.contains(.write) { mask |= EPOLLOUT.rawValue }
    // Hangups are always reported, and level-triggered for ever; without other interest once will do.
    return mask == 0 ? EPOLLET.rawValue : mask
  }

  private static func control(
    _ epoll: Int32,
    _ operation: Int32,
    _ socket: Int32,
    _ events: UInt32,
    _ token: UInt64
  ) throws(SocketError) {
    var event = epoll_event()
    event.events = events
    event.data.u64 = token
    try SystemCall.run("epoll_ctl") { epoll_ctl(epoll, operation, socket, &event) }
  }
}

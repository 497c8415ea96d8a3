/// Something that an event loop calls when its socket is ready.
package protocol ReadyHandler: AnyObject {
  /// Called on the loop; never again after `EventLoop.deregister`, not even in the same round.
  func ready(_ events: ReadyEvents)
}

/// Something that wants a word when all events and jobs of a round are done.
package protocol TurnEndHandler: AnyObject {
  /// Called on the loop, once for each `EventLoop.onTurnEnd`.
  func turnEnded()
}

/// What a socket is ready for. Level-triggered: it comes again until the cause is gone.
package struct ReadyEvents: OptionSet, Sendable, CustomStringConvertible {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// There are bytes or an end of stream to read, or a connection to accept.
  package static let read = ReadyEvents(rawValue: 1)
  /// There is room to write, or a connection attempt has come to its end.
  package static let write = ReadyEvents(rawValue: 2)
  /// The connection is gone in both directions or has an error: reading or writing tells which.
  package static let hangup = ReadyEvents(rawValue: 4)
  // Literals of sets are not made at compile time for a type of another module.
  /// There is room to write, or nobody to write to.
  package static let writeOrHangup = ReadyEvents(rawValue: 6)
  /// There is something to read, or nobody to read from.
  package static let readOrHangup = ReadyEvents(rawValue: 5)

  package var description: String {
    let names: [(ReadyEvents, String)] = [(.read, "read"), (.write, "write"), (.hangup, "hangup")]
    return names.filter { contains($0.0) }.map(\.1).joined(separator: "+")
  }
}

/// What a handler wants to hear of; an empty interest still hears of a hangup, once.
package struct Interest: OptionSet, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Bytes to read.
  package static let read = Interest(rawValue: 1)
  /// Room to write.
  package static let write = Interest(rawValue: 2)
  /// Nothing but a hangup.
  package static let none: Interest = []
}

/// A socket's place on a loop.
package struct Registration: Sendable, Hashable {
  let slot: UInt32
  let generation: UInt32
}

/// The sockets of a loop. A slot's generation changes when its socket leaves, so that an event
/// fetched before and delivered after is recognised as stale.
struct RegistrationTable {
  struct Slot {
    var generation: UInt32 = 0
    var descriptor: Int32 = -1
    var interest: Interest = []
    var handler: (any ReadyHandler)?
  }

  private var slots: [Slot] = []
  private var free: [UInt32] = []

  mutating func insert(
    descriptor: Int32,
    interest: Interest,
    handler: any ReadyHandler
  ) -> Registration {
    let slot: UInt32
    if let reused = free.popLast() {
      slot = reused
    } else {
      slot = UInt32(slots.count)
      slots.append(Slot())
    }
    slots[Int(slot)].descriptor = descriptor
    slots[Int(slot)].interest = interest
    slots[Int(slot)].handler = handler
    return Registration(slot: slot, generation: slots[Int(slot)].generation)
  }

  /// The handler in a slot, nil when the registration is no longer valid.
  func handler(_ registration: Registration) -> (any ReadyHandler)? {
    isValid(registration) ? slots[Int(registration.slot)].handler : nil
  }

  /// The descriptor and interest in a slot, nil when the registration is no longer valid.
  func socket(_ registration: Registration) -> (descriptor: Int32, interest: Interest)? {
    guard isValid(registration) else { return nil }
    let slot = slots[Int(registration.slot)]
    return (slot.descriptor, slot.interest)
  }

  mutating func setInterest(_ interest: Interest, of registration: Registration) {
    guard isValid(registration) else { return }
    slots[Int(registration.slot)].interest = interest
  }

  /// Frees a slot and answers its descriptor, nil when the registration is no longer valid.
  mutating func remove(_ registration: Registration) -> Int32? {
    guard isValid(registration) else { return nil }
    let index = Int(registration.slot)
    let descriptor = slots[index].descriptor
    slots[index].generation &+= 1
    slots[index].descriptor = -1
    slots[index].handler = nil
    free.append(registration.slot)
    return descriptor
  }

  mutating func removeAll() {
    for index in slots.indices where slots[index].descriptor >= 0 {
      _ = remove(Registration(slot: UInt32(index), generation: slots[index].generation))
    }
  }

  private func isValid(_ registration: Registration) -> Bool {
    let index = Int(registration.slot)
    return index < slots.count && slots[index].generation == registration.generation
      && slots[index].descriptor >= 0
  }
}

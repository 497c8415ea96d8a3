internal import RegistryModel
internal import SQL
internal import Synchronization

/// Gives out the serials of printed numbers, by county: one list for households, one for
/// applications, whose blocks stand under the county's id with a minus.
///
/// A serial is taken while a household is prepared, before its transaction; the writer records the
/// highest one that was used with the household itself. A serial whose household was refused stays
/// unused: numbers have gaps, and none is given twice.
final class NumberAllocator: Sendable {
  /// What is numbered.
  enum List: Int64, Sendable {
    case households = 1
    case applications = -1
  }

  private struct Block {
    var next: UInt32
    var last: UInt32
  }

  private let blocks: Mutex<[Int64: Block]>

  /// Goes on behind the serials that are on record.
  init(_ connection: any SQLConnection) throws {
    var read: [Int64: Block] = [:]
    let rows = try connection.prepare("SELECT county, next_serial, last_serial FROM number_block")
    try rows.forEach { row in
      guard let next = UInt32(exactly: row.int64(at: 1)),
        let last = UInt32(exactly: row.int64(at: 2))
      else { throw StoreError(.damaged, "a block of numbers is malformed") }
      read[row.int64(at: 0)] = Block(next: next, last: last)
    }
    blocks = Mutex(read)
  }

  /// Gives no serial of a county up to one, which was given before a restore.
  func pass(county: DivisionRecord, list: List, serial: UInt32) {
    let place = county.id * list.rawValue
    blocks.withLock { blocks in
      let all = HouseholdNumber.serials
      var block = blocks[place] ?? Block(next: all.lowerBound, last: all.upperBound)
      block.next = max(block.next, serial + 1)
      blocks[place] = block
    }
  }

  /// Whether a serial stands in the block from which this node gives, and was not given here.
  func isOpen(_ serial: UInt32, county: DivisionRecord, list: List) -> Bool {
    blocks.withLock { blocks in
      let all = HouseholdNumber.serials
      let block =
        blocks[county.id * list.rawValue] ?? Block(next: all.lowerBound, last: all.upperBound)
      return block.next <= serial && serial <= block.last
    }
  }

  /// A number of a county that was not given before; `invalid` if the county's are used up.
  func take(county: DivisionRecord, list: List) throws -> HouseholdNumber {
    let place = county.id * list.rawValue
    let serial = blocks.withLock { blocks -> UInt32? in
      let all = HouseholdNumber.serials
      var block = blocks[place] ?? Block(next: all.lowerBound, last: all.upperBound)
      defer { blocks[place] = block }
      guard block.next <= block.last else { return nil }
      block.next += 1
      return block.next - 1
    }
    guard let serial, let number = HouseholdNumber(county: county.code, serial: serial) else {
      throw StoreError(
        .invalid,
        "the county's printed numbers are used up",
        zh: "本县户编号已用完"
      )
    }
    return number
  }

  /// Gives a new database a block of a county's serials, for both lists.
  ///
  /// Throws `StoreError` (`invalid`) without a county, or for a block beyond the serials there are.
  static func limit(
    _ connection: any SQLConnection,
    county: DivisionRecord?,
    to serials: ClosedRange<UInt32>
  ) throws {
    let all = HouseholdNumber.serials
    guard let county, all.contains(serials.lowerBound), all.contains(serials.upperBound) else {
      throw StoreError(
        .invalid,
        "serials lie between \(all.lowerBound) and \(all.upperBound), in a county or below",
        zh: "编号应在 \(all.lowerBound) 至 \(all.upperBound) 之间，且节点属于某县"
      )
    }
    let row = try connection.prepare(
      "INSERT INTO number_block (county, next_serial, last_serial) VALUES ($1, $2, $3)"
    )
    for list in [List.households, .applications] {
      row.bind(county.id * list.rawValue, at: 1)
      row.bind(Int64(serials.lowerBound), at: 2)
      row.bind(Int64(serials.upperBound), at: 3)
      try row.run()
    }
  }
}

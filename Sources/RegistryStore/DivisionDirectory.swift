package import RegistryAPI
package import RegistryModel

/// One division as the store knows it.
package struct DivisionRecord: Sendable, Hashable {
  /// The id that never changes; it counts from 1.
  package let id: Int64
  /// The id of the division above; nil for the state.
  package let parent: Int64?
  /// The ids from the state down.
  package let path: DivisionPath
  /// The code in force.
  package let code: DivisionCode
  /// The name in Chinese.
  package let name: String
  /// The level.
  package let level: DivisionTier
  /// A national key county for poverty alleviation.
  package let isKeyCounty: Bool
  /// The first day of the code, YYYYMMDD; 0 when the source does not say.
  package let validFrom: Int32
  /// The first day on which the code was no longer in force; 0 while it is.
  package let validTo: Int32
  /// Where the row comes from.
  package let source: String
}

/// All divisions in memory: 47,000 take some 10 MB, and no call reads them from the database.
package final class DivisionDirectory: Sendable {
  /// The divisions by id: the one of id n stands at n - 1.
  package let records: [DivisionRecord]
  /// The counties, in the order of their ids.
  package let counties: [DivisionRecord]
  private let byCode: [DivisionCode: Int]
  /// Places in `records`, in the order of codes.
  private let ordered: [Int32]
  private let childCounts: [UInt32]

  /// Throws `StoreError` (`damaged`) unless ids count from 1 and parents come before children.
  init(_ records: [DivisionRecord]) throws(StoreError) {
    var byCode = [DivisionCode: Int](minimumCapacity: records.count)
    var childCounts = [UInt32](repeating: 0, count: records.count)
    for (index, record) in records.enumerated() {
      let parent = record.parent ?? 0
      guard record.id == Int64(index + 1), parent < record.id, parent >= 0 else {
        throw StoreError(.damaged, "the division table's ids have a gap at \(index + 1)")
      }
      // A code that was given twice means the later division.
      byCode[record.code] = index
      if parent > 0 { childCounts[Int(parent) - 1] += 1 }
    }
    self.records = records
    counties = records.filter { $0.level == .county }
    self.byCode = byCode
    self.childCounts = childCounts
    ordered = records.indices.sorted { records[$0].code < records[$1].code }.map(Int32.init)
  }

  /// The division that bears a code, or bore it last; nil when there is none.
  package func record(code: DivisionCode) -> DivisionRecord? {
    byCode[code].map { records[$0] }
  }

  /// The division of an id; nil when there is none.
  package func record(id: Int64) -> DivisionRecord? {
    id >= 1 && id <= Int64(records.count) ? records[Int(id) - 1] : nil
  }

  /// The divisions from the state down to this one.
  package func chain(to record: DivisionRecord) -> [DivisionRecord] {
    record.path.ids.compactMap { self.record(id: $0) }
  }

  /// The codes of the divisions from the state down to this one.
  func codes(to record: DivisionRecord) -> [DivisionCode] {
    record.path.ids.map { records[Int($0) - 1].code }
  }

  /// The county in which a division lies, or the prefecture where it has no counties.
  package func county(of record: DivisionRecord) -> DivisionRecord? {
    let chain = chain(to: record)
    return chain.last { $0.level == .county } ?? chain.last { $0.level == .prefecture }
  }

  /// The divisions directly below, in the order of their codes.
  package func children(of record: DivisionRecord) -> [DivisionRecord] {
    guard childCounts[Int(record.id) - 1] > 0 else { return [] }
    return ordered.lazy.map { self.records[Int($0)] }.filter { $0.parent == record.id }
  }

  /// The divisions of a level below one, in the order of their codes.
  package func below(_ record: DivisionRecord, _ level: DivisionTier) -> [DivisionRecord] {
    ordered.lazy.map { self.records[Int($0)] }
      .filter { $0.level == level && $0.id != record.id && record.path.contains($0.path) }
  }

  /// The message of a division.
  package func message(_ record: DivisionRecord) -> Division {
    var message = Division()
    message.code = record.code.description
    message.name = record.name
    message.level = DivisionLevel(rawValue: record.level.rawValue)
    message.parent = record.parent.flatMap { self.record(id: $0)?.code.description } ?? ""
    let chain = chain(to: record)
    // The state stands before every name and is written by nobody.
    message.fullName = (chain.count > 1 ? chain.dropFirst() : chain[...]).map(\.name).joined()
    message.validFrom = record.validFrom
    message.validTo = record.validTo
    message.keyCounty = record.isKeyCounty
    message.source = record.source
    message.children = childCounts[Int(record.id) - 1]
    return message
  }

  /// The divisions below one, in the order of codes, that pass the conditions.
  func list(
    below parent: DivisionRecord,
    direct: Bool,
    level: DivisionTier?,
    nameContains text: String,
    from place: Int,
    limit: Int
  ) -> (found: [DivisionRecord], next: Int?) {
    var found: [DivisionRecord] = []
    var index = max(0, place)
    while index < ordered.count {
      let record = records[Int(ordered[index])]
      if record.id != parent.id,
        direct ? record.parent == parent.id : parent.path.contains(record.path),
        level == nil || record.level == level, text.isEmpty || record.name.contains(text)
      {
        if found.count == limit { return (found, index) }
        found.append(record)
      }
      index += 1
    }
    return (found, nil)
  }
}

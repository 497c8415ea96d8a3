internal import Journal
package import RegistryAPI
internal import RegistryModel

/// A part of an import, ready for the writer.
package struct PreparedImport: Sendable {
  /// What is to become of an item.
  enum Plan: Sendable {
    /// It has its result already: stored of an earlier sending, or refused.
    case result(ImportResult)
    /// A household is registered.
    case create(PreparedHousehold)
    /// A household is changed; what the rows say is kept, should another change come between.
    case update(PreparedHousehold, given: Household)
  }

  struct Item: Sendable {
    var firstRow: UInt32
    var rowCount: UInt32
    var plan: Plan
  }

  /// The import that the part belongs to.
  struct File: Sendable {
    var digest: [UInt8]
    var name: String
    var rowCount: UInt32
    var office: String
  }

  let file: File
  let scope: Scope
  var items: [Item]
}

extension ImportItem {
  /// The item's last row.
  var lastRow: UInt32 { firstRow + (rowCount - 1) }

  /// The result of this item.
  func result(
    _ outcome: ImportOutcome,
    _ violations: [Violation] = [],
    id: [UInt8] = [],
    number: String = ""
  ) -> ImportResult {
    ImportResult(
      firstRow: firstRow,
      rowCount: rowCount,
      outcome: outcome,
      householdId: id,
      householdNumber: number,
      violations: violations
    )
  }
}

extension PreparedImport.Item {
  /// The item's last row.
  var lastRow: UInt32 { firstRow + (rowCount - 1) }

  /// The result of an item that names its household.
  func result(_ outcome: ImportOutcome, _ prepared: PreparedHousehold) -> ImportResult {
    ImportResult(
      firstRow: firstRow,
      rowCount: rowCount,
      outcome: outcome,
      householdId: prepared.id.bytes,
      householdNumber: prepared.household.number
    )
  }

  /// The result of an item that rules refuse.
  func refused(_ violations: [Violation]) -> ImportResult {
    ImportResult(
      firstRow: firstRow,
      rowCount: rowCount,
      outcome: .refused,
      violations: violations
    )
  }

  /// The result of an item of which some members stand in other files.
  func onFile(_ positions: [Int]) -> ImportResult {
    refused(
      positions.map {
        StoreRule.onFile.violation(
          row: row(ofMember: $0),
          member: UInt32($0 + 1),
          field: "members.identity.citizen_id"
        )
      }
    )
  }

  /// The row of a member. A changed household may have more members than the item has rows: those
  /// beyond are named by the first row.
  private func row(ofMember position: Int) -> UInt32 {
    position < Int(rowCount) ? firstRow + UInt32(position) : firstRow
  }
}

/// A part that waits for its commit, or is durable.
package struct PendingImport: Sendable {
  let pending: PendingWrite<[ImportResult]>

  /// The results of the part's items, in their order, once they are durable.
  ///
  /// Throws `StoreError`: `diskFull`, `unavailable`, `closed`; nothing of the part is recorded then.
  package func results() async throws -> [ImportResult] { try await pending.value() }
}

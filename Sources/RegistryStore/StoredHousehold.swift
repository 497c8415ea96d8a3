package import Journal
internal import RPCCore
package import RegistryAPI
package import RegistryModel

/// By what a household is asked for.
package enum HouseholdReference: Sendable, Hashable {
  /// Its id.
  case id(Bytes16)
  /// Its printed number.
  case number(HouseholdNumber)
  /// The ID number of a member.
  case citizenID(CitizenIDNumber)

  /// Reads a request.
  ///
  /// Throws `StoreError` (`invalid`), with the rule broken, for an id, number or ID number that
  /// cannot be one. Synthetic ID numbers are taken: where there are none, none is found.
  package init(_ request: GetHouseholdRequest, today: Day) throws(StoreError) {
    switch request.by {
    case .id(let octets)?:
      guard let id = Bytes16(octets) else {
        throw .broken([Violation(.required, row: 0, member: 0, field: "id")])
      }
      self = .id(id)
    case .number(let text)?:
      guard let number = HouseholdNumber(text) else {
        throw .broken([Violation(.householdNumber, row: 0, member: 0, field: "number")])
      }
      self = .number(number)
    case .citizenId(let text)?:
      switch CitizenIDNumber.read(CitizenIDNumber.folded(text), on: today, allowsSynthetic: true) {
      case .success(let number): self = .citizenID(number)
      case .failure(let error):
        throw .broken([Violation(error.rule, row: 0, member: 0, field: "citizen_id")])
      }
    case nil:
      throw .broken([Violation(.required, row: 0, member: 0, field: "by")])
    }
  }
}

/// A household's file as it is on record.
package struct StoredHousehold: Sendable, Hashable {
  /// Its id.
  package let id: Bytes16
  /// Its version.
  package let version: UInt64
  /// The village it lives in.
  package let village: DivisionRecord
  /// The encoded `Household`, whole: for an office that sees everything it needs no decoding.
  package let encoded: [UInt8]
  /// Its place in the order of registration.
  package let n: Int64
  /// The journal's entry with this version.
  package let entry: Int64

  /// Decodes the message.
  ///
  /// Throws `StoreError` (`damaged`) for octets that are none.
  package func household() throws -> Household {
    do {
      return try Household(wireArray: encoded)
    } catch {
      throw StoreError(.damaged, "a stored household cannot be decoded", cause: error)
    }
  }

  /// The message as the journal's body has it: without the instant.
  func recorded() throws -> Household {
    var household = try household()
    household.recordedAt = 0
    return household
  }

  /// The message's octets from a journal body, which leaves `recorded_at` to the entry's header:
  /// field 15 as a varint behind the others, as any decoder takes it.
  static func encoding(body: UnsafeRawBufferPointer, recordedAt: Int64) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: body.count + 11) { buffer, count in
      UnsafeMutableRawBufferPointer(buffer).copyMemory(from: body)
      count = body.count
      buffer[count] = 15 << 3
      count += 1
      var rest = UInt64(bitPattern: recordedAt)
      while rest >= 0x80 {
        buffer[count] = UInt8(truncatingIfNeeded: rest) | 0x80
        count += 1
        rest >>= 7
      }
      buffer[count] = UInt8(rest)
      count += 1
    }
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.id == right.id && left.version == right.version && left.encoded == right.encoded
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    hasher.combine(version)
  }
}

extension HouseholdNumber {
  /// The number of a stored one, which lacks the check digit; nil if it cannot be one.
  init?(stored body: Int64) {
    guard body > 0 else { return nil }
    let (county, serial) = UInt64(body).quotientAndRemainder(dividingBy: 10_000_000)
    guard let code = DivisionCode(twelveDigits: county * 1_000_000) else { return nil }
    self.init(county: code, serial: UInt32(serial))
  }
}

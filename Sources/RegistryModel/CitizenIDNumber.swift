/// Sex as GB/T 2261.1 codes it, as far as an ID number tells.
package enum Sex: Int32, Sendable, Hashable, CaseIterable {
  case male = 1
  case female = 2
}

/// A citizen ID number of GB 11643-1999: 18 characters, the last a check character (MOD 11-2).
///
/// The value is kept as its 17 digits; the check character follows from them. What was written
/// (15 digits of the old form, or 20 of a disability certificate) can be written again.
package struct CitizenIDNumber: Sendable, Hashable {
  /// The first 17 digits as a number below 10^17.
  package let body: UInt64

  /// Whether the number was written in the 15-digit form in use until 1999.
  package let wasFifteenDigits: Bool

  /// Kind (1–7, tens) and grade (1–4, ones) of a second-generation disability certificate, or 0.
  private let disability: UInt8

  /// Kind (1–7) and grade (1–4) when the number was that of a disability certificate.
  package var disabilityCertificate: (kind: Int, grade: Int)? {
    disability == 0 ? nil : (Int(disability / 10), Int(disability % 10))
  }

  /// Reads a number as written; nothing is folded, see `folded(_:)`.
  ///
  /// Only the province prefix of the area is checked, since numbers keep abolished county codes.
  /// - Parameters:
  ///   - text: 18 characters, 15 digits, or 20 digits of a disability certificate.
  ///   - day: the day that no birth date may lie after.
  ///   - allowsSynthetic: whether the area 99xxxx, never assigned, is taken.
  /// - Throws: a `RuleError` with one of the `id.` rules.
  package init(_ text: String, on day: Day, allowsSynthetic: Bool) throws(RuleError) {
    switch CitizenIDNumber.read(text, on: day, allowsSynthetic: allowsSynthetic) {
    case .success(let number): self = number
    case .failure(let error): throw error
    }
  }

  /// Makes a number from its parts; nil when sequence is not 0–999 or area not 0–999999.
  package init?(area: Int, birth: Day, sequence: Int) {
    guard (0...999_999).contains(area), (0...999).contains(sequence) else { return nil }
    let date = birth.yyyymmdd
    guard date <= 9999_12_31 else { return nil }
    self.init(
      body: UInt64(area) * 100_000_000_000 + UInt64(date) * 1000 + UInt64(sequence),
      fifteen: false,
      disability: 0
    )
  }

  private init(body: UInt64, fifteen: Bool, disability: UInt8) {
    self.body = body
    wasFifteenDigits = fifteen
    self.disability = disability
  }

  /// The six digits of the area where the number was given.
  package var area: Int { Int(body / 100_000_000_000) }

  /// Whether the area is of the never-assigned 99xxxx.
  package var isSynthetic: Bool { area / 10_000 == 99 }

  /// The birth date in the number.
  package var birth: Day {
    // Checked when the number was read or made.
    Day(yyyymmdd: birthNumber) ?? Day(daysSince1970: 0)
  }

  /// The birth date in the number as yyyymmdd.
  package var birthNumber: Int { Int(body / 1000 % 100_000_000) }

  /// The sex in the number: the 17th digit is odd for men.
  package var sex: Sex { body % 2 == 1 ? .male : .female }

  /// The 18 characters.
  package var text: String {
    let body = body
    let check = CitizenIDNumber.checkCharacter(ofBody: body)
    return String(unsafeUninitializedCapacity: 18) { buffer in
      CitizenIDNumber.write(body, digits: 17, to: buffer)
      buffer[17] = check
      return 18
    }
  }

  /// The 15 digits, when the number was written so.
  package var fifteenDigitText: String? {
    guard wasFifteenDigits else { return nil }
    let area = body / 100_000_000_000
    let rest = body % 1_000_000_000
    return String(unsafeUninitializedCapacity: 15) { buffer in
      CitizenIDNumber.write(area * 1_000_000_000 + rest, digits: 15, to: buffer)
      return 15
    }
  }

  /// The number of the disability certificate (20 characters), when it was written so.
  package var disabilityText: String? { disability == 0 ? nil : text + String(disability) }

  private static func write(
    _ value: UInt64,
    digits: Int,
    to buffer: UnsafeMutableBufferPointer<UInt8>
  ) {
    var rest = value
    for place in stride(from: digits - 1, through: 0, by: -1) {
      buffer[place] = 0x30 + UInt8(rest % 10)
      rest /= 10
    }
  }
}

extension CitizenIDNumber {
  /// Reads a number without throwing; see `init(_:on:allowsSynthetic:)`.
  package static func read(
    _ text: String,
    on day: Day,
    allowsSynthetic: Bool
  ) -> Result<CitizenIDNumber, RuleError> {
    var text = text
    return text.withUTF8 { bytes in
      let result = parts(of: bytes)
      guard case .success(let number) = result else { return result }
      if let rule = number.broken(on: day, allowsSynthetic: allowsSynthetic) {
        return .failure(RuleError(rule))
      }
      if bytes.count >= 18, bytes[17] != checkCharacter(ofBody: number.body) {
        return .failure(RuleError(.idCheckDigit))
      }
      return result
    }
  }

  /// The check character (`0`–`9` or `X`, ASCII) of a number's 17 digits.
  package static func checkCharacter(ofBody body: UInt64) -> UInt8 {
    var sum: UInt64 = 0
    var rest = body
    // The weights are the powers of two modulo 11, from the right: 2, 4, 8, 5 …
    var weight: UInt64 = 2
    for _ in 0..<17 {
      sum += rest % 10 * weight
      rest /= 10
      weight = weight * 2 % 11
    }
    let check = UInt8((12 - sum % 11) % 11)
    return check == 10 ? 0x58 : 0x30 + check
  }

  /// The number with spaces removed, full-width digits and letters made ASCII, and x made X.
  package static func folded(_ text: String) -> String {
    let plain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x58 }
    if plain { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x20, 0x09, 0x3000, 0xA0: continue
      case 0xFF10...0xFF19, 0xFF21...0xFF3A:
        result.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
      case 0x78, 0xFF58: result.append("X")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  private static func parts(
    of bytes: UnsafeBufferPointer<UInt8>
  ) -> Result<CitizenIDNumber, RuleError> {
    guard bytes.count == 18 || bytes.count == 15 || bytes.count == 20 else {
      return .failure(RuleError(.idLength))
    }
    let digits = bytes.count == 15 ? 15 : 17
    var value: UInt64 = 0
    for place in 0..<digits {
      let digit = bytes[place] &- 0x30
      guard digit <= 9 else { return .failure(RuleError(.idCharacter)) }
      value = value * 10 + UInt64(digit)
    }
    if digits == 15 {
      let area = value / 1_000_000_000
      let rest = value % 1_000_000_000
      let body = area * 100_000_000_000 + 19 * 1_000_000_000 + rest
      return .success(CitizenIDNumber(body: body, fifteen: true, disability: 0))
    }
    guard bytes[17] &- 0x30 <= 9 || bytes[17] == 0x58 else {
      return .failure(RuleError(.idCharacter))
    }
    var disability: UInt8 = 0
    if bytes.count == 20 {
      let kind = bytes[18] &- 0x30
      let grade = bytes[19] &- 0x30
      guard kind <= 9, grade <= 9 else { return .failure(RuleError(.idCharacter)) }
      guard (1...7).contains(kind) else { return .failure(RuleError(.idDisabilityKind)) }
      guard (1...4).contains(grade) else { return .failure(RuleError(.idDisabilityGrade)) }
      disability = kind * 10 + grade
    }
    return .success(CitizenIDNumber(body: value, fifteen: false, disability: disability))
  }

  private func broken(on day: Day, allowsSynthetic: Bool) -> Rule? {
    if isSynthetic {
      if !allowsSynthetic { return .idSynthetic }
    } else if !CitizenIDNumber.isProvince(area / 10_000) {
      return .idArea
    }
    guard let birth = Day(yyyymmdd: birthNumber) else { return .idBirthDate }
    return birth > day ? .idBirthFuture : nil
  }

  /// Whether two digits are a province's in GB/T 2260 (11–15, 21–23, 31–37, 41–46, 50–54,
  /// 61–65, 71, 81, 82).
  private static func isProvince(_ prefix: Int) -> Bool {
    switch prefix {
    case 11...15, 21...23, 31...37, 41...46, 50...54, 61...65, 71, 81, 82: true
    default: false
    }
  }
}

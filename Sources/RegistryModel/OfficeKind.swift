/// The kinds of offices that have identities; the raw value is the part of the identity's URI.
///
/// A poverty office or civil affairs office of a county, prefecture, province or the state is one
/// kind: the level comes from its division.
package enum OfficeKind: String, Sendable, Hashable, CaseIterable {
  case villageCommittee = "village-committee"
  case townshipGovernment = "township-government"
  case povertyOffice = "poverty-office"
  case civilAffairs = "civil-affairs"
  case finance = "finance"
  case disabledFederation = "disabled-federation"
  case statistics = "statistics"
  case education = "education"
  case health = "health"
  case radioTelevision = "radio-television"
  case housing = "housing"
  case audit = "audit"
  case partner = "partner"
  case node = "node"

  /// The kind's name in Chinese.
  package var chinese: String {
    switch self {
    case .villageCommittee: "村民委员会"
    case .townshipGovernment: "乡镇人民政府"
    case .povertyOffice: "扶贫办"
    case .civilAffairs: "民政"
    case .finance: "财政"
    case .disabledFederation: "残联"
    case .statistics: "统计"
    case .education: "教育"
    case .health: "卫生"
    case .radioTelevision: "广播电视"
    case .housing: "住房城乡建设"
    case .audit: "审计"
    case .partner: "社会各界"
    case .node: "节点"
    }
  }
}

/// Who calls: an office at a division and a person's number in it, or a node; read from the one
/// URI name of a certificate, such as `registry://421224/poverty-office/p0007`.
package struct OfficeIdentity: Sendable, Hashable, CustomStringConvertible {
  /// The division, by its code at the time of the certificate.
  package let division: DivisionCode
  /// The kind of office.
  package let kind: OfficeKind
  /// The person's number (`p` and 4 to 10 digits, unique in the county), or a node's name.
  package let person: String

  /// Reads the URI strictly: no other scheme, port, query, case, escape or empty part.
  ///
  /// A person is `p` and 4 to 10 digits; a node's name is 1 to 32 of `a`–`z`, `0`–`9` and `-`,
  /// the first a letter. Nil for anything else.
  package init?(uri: String) {
    let scheme = "registry://"
    guard uri.utf8.count <= 96, uri.utf8.starts(with: scheme.utf8) else { return nil }
    let parts = uri.utf8.dropFirst(scheme.utf8.count)
      .split(separator: 0x2F, omittingEmptySubsequences: false)
    guard parts.count == 3, let kindText = String(parts[1]), let code = String(parts[0]),
      let person = String(parts[2]), let kind = OfficeKind(rawValue: kindText),
      let division = DivisionCode(code), division.description == code,
      OfficeIdentity.isName(person, node: kind == .node)
    else { return nil }
    self.division = division
    self.kind = kind
    self.person = person
  }

  /// The URI.
  package var uri: String { "registry://\(division)/\(kind.rawValue)/\(person)" }

  /// The URI.
  package var description: String { uri }

  private static func isName(_ name: String, node: Bool) -> Bool {
    guard let first = name.utf8.first else { return false }
    let rest = name.utf8.dropFirst()
    if node {
      return name.utf8.count <= 32 && (0x61...0x7A).contains(first)
        && rest.allSatisfy {
          (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
        }
    }
    return first == 0x70 && (4...10).contains(rest.count)
      && rest.allSatisfy { (0x30...0x39).contains($0) }
  }
}

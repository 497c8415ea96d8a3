internal import CPostgreSQL

/// The types that values are exchanged in, by the server's numbers for them.
enum PostgreSQLType {
  case boolean
  case integer(octets: Int)
  case text
  case bytes

  /// Nil for a type that the interface has no value for.
  init?(_ number: Oid) {
    switch number {
    case 16: self = .boolean
    case 20: self = .integer(octets: 8)
    case 21: self = .integer(octets: 2)
    case 23: self = .integer(octets: 4)
    case 17: self = .bytes
    // text, name, varchar, unknown
    case 25, 19, 1_043, 705: self = .text
    default: return nil
    }
  }
}

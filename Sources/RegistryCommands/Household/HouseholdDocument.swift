internal import FoundationEssentials

/// Fields of a household read from JSON, in the form that `household get --output json` prints.
///
/// Objects nest as the paths of `--set` do; lists are arrays, or objects with the keys `1`, `2` …;
/// a coded value is its code, its name, or `{"code": …}`; amounts are whole fen, quantities whole
/// hundredths; `null` and what is withheld are left out.
struct HouseholdDocument {
  /// Paths and values in the document's order of paths.
  let fields: [(path: String, input: FieldInput)]

  /// The most fields that a document may set, and how deep it may nest.
  private static let limits = (fields: 5000, depth: 8)
  /// What the registry itself gives to a file, so that a printed file can be sent back.
  private static let given: Set<String> = [
    "id", "number", "version", "status", "recorded_at", "classification.category",
    "reviewed_in",
  ]

  /// Reads a document.
  ///
  /// - Throws: `dataRefused` when it is not JSON or not of this form.
  init(_ bytes: [UInt8]) throws(CommandFailure) {
    let value: JSONValue
    do {
      value = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
    } catch {
      throw CommandFailure(
        .dataRefused,
        en: "the input is not JSON (objects, arrays, text, whole numbers)",
        zh: "输入不是 JSON（对象、数组、文字、整数）"
      )
    }
    guard case .object = value else {
      throw CommandFailure(.dataRefused, en: "the JSON is not an object", zh: "JSON 不是对象")
    }
    var fields: [(path: String, input: FieldInput)] = []
    try Self.flatten(value, path: "", depth: 0, into: &fields)
    self.fields = fields.filter { !Self.isGiven($0.path) }
      .sorted { Self.order($0.path, $1.path) }
  }

  private static func isGiven(_ path: String) -> Bool {
    let parts = path.split(separator: ".")
    return given.contains(path) || parts.first == "change" || parts.first == "exit"
      || (parts.first == "members" && parts.count == 3 && parts[2] == "id")
  }

  /// Paths by their parts, numbers as numbers, so that list elements come in order.
  private static func order(_ left: String, _ right: String) -> Bool {
    let left = left.split(separator: ".")
    let right = right.split(separator: ".")
    for (a, b) in zip(left, right) where a != b {
      if let a = Int(a), let b = Int(b) { return a < b }
      return a < b
    }
    return left.count < right.count
  }

  private static func flatten(
    _ value: JSONValue,
    path: String,
    depth: Int,
    into fields: inout [(path: String, input: FieldInput)]
  ) throws(CommandFailure) {
    guard depth <= limits.depth, fields.count < limits.fields else {
      throw CommandFailure(.dataRefused, en: "the JSON is too large or too deep", zh: "JSON 过大或过深")
    }
    switch value {
    case .null: break
    case .text(let text): fields.append((path, .text(text)))
    case .integer(let number): fields.append((path, .integer(number)))
    case .flag(let flag): fields.append((path, .text(flag ? "yes" : "no")))
    case .object(let members):
      if members["withheld"] != nil { break }
      if let code = members["code"] {
        return try flatten(code, path: path, depth: depth + 1, into: &fields)
      }
      for (key, member) in members {
        try flatten(
          member,
          path: path.isEmpty ? key : "\(path).\(key)",
          depth: depth + 1,
          into: &fields
        )
      }
    case .array(let elements) where elements.isEmpty: break
    case .array(let elements):
      let codes = elements.compactMap(\.code)
      if codes.count == elements.count {
        fields.append((path, .text(codes.joined(separator: ";"))))
      } else {
        for (index, element) in elements.enumerated() {
          try flatten(element, path: "\(path).\(index + 1)", depth: depth + 1, into: &fields)
        }
      }
    }
  }
}

/// Any JSON value whose numbers are whole.
private enum JSONValue: Decodable {
  case null
  case flag(Bool)
  case integer(Int64)
  case text(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Int64.self) {
      self = .integer(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let array = try? container.decode([JSONValue].self) {
      self = .array(array)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// A code, its name, or an object with one; nil for anything else.
  var code: String? {
    switch self {
    case .text(let text): text
    case .integer(let number): String(number)
    case .object(let members): members["code"]?.code
    default: nil
    }
  }
}

/// A value that an operator gives for a field: as text (`--set`) or from JSON.
enum FieldInput: Sendable, Hashable {
  /// Text as on a form: amounts in yuan, quantities in their unit, codes or their names.
  case text(String)
  /// A JSON number: amounts in fen, quantities in hundredths, codes.
  case integer(Int64)
  /// A JSON `null`, or `--clear`: the value is blanked.
  case nothing

  /// The text, for fields that make no difference between the two.
  var plain: String {
    switch self {
    case .text(let text): text
    case .integer(let number): String(number)
    case .nothing: ""
    }
  }
}

/// Why an input does not fit its field.
struct FieldFault: Error, Hashable {
  let words: Text

  init(en: String, zh: String) { words = Text(en: en, zh: zh) }
}

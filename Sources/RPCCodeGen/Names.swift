/// The names that `protoc-gen-c` 1.4 gives to what it generates.
enum CName {
  /// The structure of a message or the enumeration, such as `Registry__V1__Household`.
  static func type(_ fullName: String) -> String {
    pieces(fullName).map(camel).joined(separator: "__")
  }

  /// The function that initialises a message's structure.
  static func initialiser(_ fullName: String) -> String {
    pieces(fullName).map(lower).joined(separator: "__") + "__init"
  }

  /// The member for a field or a choice, as Swift must spell it.
  static func member(_ name: String) -> String {
    let name = name.lowercased()
    if name == "self" || name == "init" { return "`\(name)`" }
    return keywords.contains(name) ? name + "_" : name
  }

  /// The member that says which field of a choice is there.
  static func choice(_ oneof: String) -> String { oneof.lowercased() + "_case" }

  private static func pieces(_ fullName: String) -> [String] {
    fullName.split(separator: ".").map(String.init)
  }

  private static func camel(_ name: String) -> String {
    var result = ""
    var isUpperNext = true
    for character in name {
      if character == "_" {
        isUpperNext = true
      } else {
        result += isUpperNext ? character.uppercased() : String(character)
        isUpperNext = false
      }
    }
    return result
  }

  private static func lower(_ name: String) -> String {
    var result = ""
    var wasUpper = true
    for character in name {
      if character.isUppercase && !wasUpper { result += "_" }
      result += character.lowercased()
      wasUpper = character.isUppercase
    }
    return result
  }

  // The words that protoc-gen-c does not use for members.
  private static let keywords: Set<String> = [
    "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool", "break", "case", "catch", "char",
    "class", "compl", "const", "const_cast", "continue", "default", "delete", "do", "double",
    "dynamic_cast", "else", "enum", "explicit", "extern", "false", "float", "for", "friend",
    "goto", "if", "inline", "int", "long", "mutable", "namespace", "new", "not", "not_eq",
    "operator", "or", "or_eq", "private", "protected", "public", "register", "reinterpret_cast",
    "return", "short", "signed", "sizeof", "static", "static_cast", "struct", "switch", "template",
    "this", "throw", "true", "try", "typedef", "typeid", "typename", "union", "unsigned", "using",
    "virtual", "void", "volatile", "wchar_t", "while", "xor", "xor_eq",
  ]
}

/// The names that generated Swift code uses.
enum SwiftName {
  /// A type; one that would hide a type of the language gets `Type` behind it.
  static func type(_ name: String) -> String {
    reservedTypes.contains(name) ? name + "Type" : name
  }

  /// A property, case or method in lower camel case, escaped where it is a word of the language.
  static func member(_ name: String) -> String { escape(plainMember(name)) }

  /// The same before escaping.
  static func plainMember(_ name: String) -> String {
    let words = name.split(separator: "_").map(String.init)
    guard let first = words.first else { return "_" }
    let head = first == first.uppercased() ? first.lowercased() : lowerFirst(first)
    return head
      + words.dropFirst().map { upperFirst($0 == $0.uppercased() ? $0.lowercased() : $0) }
      .joined()
  }

  /// The type of a choice, such as `Key` for `oneof key`.
  static func choice(_ name: String) -> String {
    type(upperFirst(plainMember(name)))
  }

  /// The values of an enumeration without the prefix that they share, such as `CATEGORY_`.
  static func values(of names: [String], inEnum name: String) -> [String] {
    let prefix = shouting(name) + "_"
    let strips = names.allSatisfy { $0.hasPrefix(prefix) && $0.count > prefix.count }
    return names.map { value in
      let plain = plainMember(strips ? String(value.dropFirst(prefix.count)) : value)
      let isDigit = plain.first.map { $0.isNumber } ?? false
      return escape(isDigit ? "_" + plain : plain)
    }
  }

  /// Puts backticks around a word of the language, and something behind names with a meaning.
  static func escape(_ name: String) -> String {
    if taken.contains(name) { return name + "_" }
    return keywords.contains(name) ? "`\(name)`" : name
  }

  /// The text with its first letter as a capital.
  static func upperFirst(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  /// The text with its first letter small.
  static func lowerFirst(_ text: String) -> String {
    text.prefix(1).lowercased() + text.dropFirst()
  }

  // `HealthStatus` as `HEALTH_STATUS`.
  private static func shouting(_ name: String) -> String {
    var result = ""
    var wasLower = false
    for character in name {
      if character.isUppercase && wasLower { result += "_" }
      result += character.uppercased()
      wasLower = character.isLowercase || character.isNumber
    }
    return result
  }

  // Members that generated types have for other reasons, and names that mean something after a dot.
  private static let taken: Set<String> = [
    "self", "init", "hashValue", "fill", "encode", "serializedBytes", "allKnown", "Type",
    "Protocol",
  ]

  private static let reservedTypes: Set<String> = [
    "Type", "Protocol", "Self", "Any", "String", "Bool", "Int32", "Int64", "UInt32", "UInt64",
    "UInt8", "Float", "Double", "Optional", "Array", "Dictionary", "Error", "Hashable", "Sendable",
    "RawRepresentable", "Message", "MessageEnum", "MessageDescriptor", "MessageEncoder",
    "StructureReader", "UnsafePointer", "UnsafeRawPointer", "UnsafeMutablePointer",
    "UnsafeMutableRawPointer",
  ]

  private static let keywords: Set<String> = [
    "as", "associatedtype", "await", "break", "case", "catch", "class", "continue", "default",
    "defer", "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate",
    "for", "func", "guard", "if", "import", "in", "inout", "internal", "is", "let", "nil",
    "operator", "precedencegroup", "private", "protocol", "public", "repeat", "rethrows", "return",
    "static", "struct", "subscript", "super", "switch", "throw", "throws", "true", "try",
    "typealias", "var", "where", "while",
  ]
}

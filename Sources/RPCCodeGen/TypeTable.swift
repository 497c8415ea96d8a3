/// All types of a run by their full names, and which of them hold themselves.
struct TypeTable {
  private var swiftNames: [String: String] = [:]
  private var messages: [String: SchemaMessage] = [:]
  private var components: [String: Int] = [:]
  private var viewed: Set<String> = []

  /// Enters all types of the files.
  init(_ files: [SchemaFile]) {
    for file in files {
      for message in file.messages { enter(message, in: "") }
      for value in file.enums { swiftNames[value.fullName] = SwiftName.type(value.name) }
    }
    findCycles()
    for method in files.flatMap(\.services).flatMap(\.methods) where method.clientStreams {
      markViewed(method.input)
    }
  }

  private mutating func markViewed(_ fullName: String) {
    guard let message = messages[fullName], viewed.insert(fullName).inserted else { return }
    // A map's entries have no view themselves, and their messages are read as values.
    for field in message.fields where field.kind == .message { markViewed(field.typeName) }
  }

  /// A type whose name a view would hide, of which there are views; nil where there is none.
  var hiddenByViews: String? {
    swiftNames.filter { name in
      ["View", "ViewedMessage"].contains(name.value.split(separator: ".").last.map(String.init))
    }.keys.min()
  }

  /// Whether a message has a view: what clients stream, and what is within.
  func isViewed(_ fullName: String) -> Bool { viewed.contains(fullName) }

  private mutating func enter(_ message: SchemaMessage, in scope: String) {
    let name = scope + SwiftName.type(message.name)
    swiftNames[message.fullName] = name
    messages[message.fullName] = message
    for inner in message.messages { enter(inner, in: name + ".") }
    for value in message.enums {
      swiftNames[value.fullName] = name + "." + SwiftName.type(value.name)
    }
  }

  /// The Swift name of a message or enumeration.
  ///
  /// - Throws: `CodeGenError` for a type of a file that is not generated in the same run.
  func swiftName(_ fullName: String) throws(CodeGenError) -> String {
    guard let name = swiftNames[fullName] else {
      throw CodeGenError("\(fullName.dropFirst()): its file is not among those generated together")
    }
    return name
  }

  /// The entry type of a map field; nil for any other field.
  func mapEntry(_ field: SchemaField) -> SchemaMessage? {
    guard field.isRepeated, field.kind == .message, let entry = messages[field.typeName],
      entry.isMapEntry
    else { return nil }
    return entry
  }

  /// Whether a singular field leads back to the message that it is in, so that a plain stored
  /// property would make the type infinitely large.
  func isRecursive(_ field: SchemaField, in message: SchemaMessage) -> Bool {
    guard field.kind == .message, !field.isRepeated else { return false }
    guard let own = components[message.fullName] else { return false }
    return components[field.typeName] == own
  }

  // Tarjan's strongly connected components over singular message fields.
  private mutating func findCycles() {
    var search = CycleSearch(messages)
    for name in messages.keys.sorted() { search.visit(name) }
    components = search.components
  }
}

/// Tarjan's search for the groups of messages that hold each other.
private struct CycleSearch {
  private let messages: [String: SchemaMessage]
  private var order: [String: Int] = [:]
  private var low: [String: Int] = [:]
  private var stack: [String] = []
  private(set) var components: [String: Int] = [:]

  init(_ messages: [String: SchemaMessage]) { self.messages = messages }

  mutating func visit(_ name: String) {
    guard order[name] == nil, let message = messages[name] else { return }
    let number = order.count
    order[name] = number
    low[name] = number
    stack.append(name)
    for field in message.fields where field.kind == .message && !field.isRepeated {
      let isNew = order[field.typeName] == nil
      visit(field.typeName)
      guard components[field.typeName] == nil, messages[field.typeName] != nil else { continue }
      let reached = isNew ? low[field.typeName] : order[field.typeName]
      low[name] = min(low[name] ?? number, reached ?? number)
    }
    guard low[name] == number else { return }
    while let last = stack.popLast() {
      components[last] = number
      if last == name { break }
    }
  }
}

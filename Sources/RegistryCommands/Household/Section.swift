internal import RegistryAPI
internal import RegistryModel

/// A sub-message of a household or member, which is disclosed as one.
struct Section<Root>: Sendable {
  let key: String
  let title: Text
  /// The class under which the section may be withheld; nil for what is shown with the file.
  let disclosure: DisclosureClass?
  /// The keys of its fields, lists included.
  let fields: [String]
  /// The section as a record; nil when nobody recorded it.
  let record: @Sendable (Root, CodeLists) -> Record?
  /// Sets a field by the rest of its path.
  let set: @Sendable (inout Root, [Substring], FieldInput, CodeLists) throws(FieldFault) -> Void

  /// A section of single fields.
  init<S: Sendable>(
    _ key: String,
    _ en: String,
    _ zh: String,
    _ disclosure: DisclosureClass?,
    _ path: any WritableKeyPath<Root, S?> & Sendable,
    _ empty: S,
    _ leaves: [Leaf<S>],
    lists inner: [InnerList<S>] = []
  ) {
    self.key = key
    title = Text(en: en, zh: zh)
    self.disclosure = disclosure
    fields = leaves.map(\.key) + inner.map(\.key)
    record = { root, codes in
      guard let section = root[keyPath: path] else { return nil }
      let items =
        leaves.map { Record.Item($0.key, $0.title.en, $0.title.zh, $0.get(section, codes)) }
        + inner.map { Record.Item($0.key, $0.title.en, $0.title.zh, $0.value(section, codes)) }
      return Record(items)
    }
    set = { (root, rest, input, codes) throws(FieldFault) in
      var section = root[keyPath: path] ?? empty
      if let leaf = leaves.first(where: { rest.count == 1 && $0.key == rest[0] }) {
        try leaf.set(&section, input, codes)
      } else if let list = inner.first(where: { rest.count == 3 && $0.key == rest[0] }) {
        try list.set(&section, rest[1], rest[2], input, codes)
      } else {
        throw .unknownField(leaves.map(\.key) + inner.map { "\($0.key).1" })
      }
      root[keyPath: path] = section
    }
  }
}

/// A list of messages within a section, such as the years of income: its elements count from 1.
struct InnerList<Owner>: Sendable {
  let key: String
  let title: Text
  let value: @Sendable (Owner, CodeLists) -> Value
  let set:
    @Sendable (inout Owner, Substring, Substring, FieldInput, CodeLists) throws(FieldFault) -> Void

  init<E: Sendable>(
    _ key: String,
    _ en: String,
    _ zh: String,
    _ path: any WritableKeyPath<Owner, [E]> & Sendable,
    _ empty: E,
    _ leaves: [Leaf<E>]
  ) {
    self.key = key
    title = Text(en: en, zh: zh)
    value = { owner, codes in
      .rows(
        Rows(
          leaves.map { Rows.Column($0.key, $0.title.en, $0.title.zh) },
          owner[keyPath: path].map { element in leaves.map { $0.get(element, codes) } }
        )
      )
    }
    set = { (owner, number, rest, input, codes) throws(FieldFault) in
      let count = owner[keyPath: path].count
      guard let index = Int(number), (1...count + 1).contains(index) else {
        throw FieldFault(
          en: "there are \(count); give a number from 1 to \(count + 1)",
          zh: "现有 \(count) 项；请用 1 至 \(count + 1)"
        )
      }
      guard let leaf = leaves.first(where: { $0.key == rest }) else {
        throw .unknownField(leaves.map(\.key))
      }
      var element = index > count ? empty : owner[keyPath: path][index - 1]
      try leaf.set(&element, input, codes)
      if index > count {
        owner[keyPath: path].append(element)
      } else {
        owner[keyPath: path][index - 1] = element
      }
    }
  }
}

extension FieldFault {
  static func unknownField(_ known: [String]) -> FieldFault {
    let list = known.joined(separator: ", ")
    return FieldFault(en: "no such field; there are: \(list)", zh: "没有此字段；可用：\(list)")
  }
}

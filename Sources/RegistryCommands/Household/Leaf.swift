internal import RegistryAPI
internal import RegistryModel

/// One field of a message: its key, its title, how it is shown and how it is set.
struct Leaf<Owner>: Sendable {
  /// The name in the schema, which is the last part of the field's path.
  let key: String
  let title: Text
  let get: @Sendable (Owner, CodeLists) -> Value
  let set: @Sendable (inout Owner, FieldInput, CodeLists) throws(FieldFault) -> Void

  typealias Path<V> = any WritableKeyPath<Owner, V> & Sendable

  static func text(_ key: String, _ en: String, _ zh: String, _ path: Path<String>) -> Leaf {
    Leaf(key: key, title: Text(en: en, zh: zh)) { owner, _ in
      owner[keyPath: path].isEmpty ? .absent : .text(owner[keyPath: path])
    } set: { (owner, input, _) throws(FieldFault) in
      owner[keyPath: path] = input.plain
    }
  }

  static func number(_ key: String, _ en: String, _ zh: String, _ path: Path<UInt32>) -> Leaf {
    Leaf(key: key, title: Text(en: en, zh: zh)) { owner, _ in
      owner[keyPath: path] == 0 ? .absent : .text(String(owner[keyPath: path]))
    } set: { (owner, input, _) throws(FieldFault) in
      guard let number = input == .nothing ? 0 : UInt32(input.plain) else {
        throw FieldFault(en: "not a whole number", zh: "不是整数")
      }
      owner[keyPath: path] = number
    }
  }

  static func day(_ key: String, _ en: String, _ zh: String, _ path: Path<Int32>) -> Leaf {
    Leaf(key: key, title: Text(en: en, zh: zh)) { owner, _ in
      Day(yyyymmdd: Int(owner[keyPath: path])).map { .text($0.text) } ?? .absent
    } set: { (owner, input, _) throws(FieldFault) in
      if input == .nothing {
        owner[keyPath: path] = 0
      } else if let day = Day(input.plain) {
        owner[keyPath: path] = Int32(day.yyyymmdd)
      } else {
        throw FieldFault(en: "not a day as YYYY-MM-DD", zh: "不是 YYYY-MM-DD 形式的日期")
      }
    }
  }

  static func money(_ key: String, _ en: String, _ zh: String, _ path: Path<Money?>) -> Leaf {
    Leaf(key: key, title: Text(en: en, zh: zh)) { owner, _ in
      owner[keyPath: path].map { .money(fen: $0.fen) } ?? .absent
    } set: { (owner, input, _) throws(FieldFault) in
      var money = Money()
      switch input {
      case .nothing:
        owner[keyPath: path] = nil
        return
      case .integer(let fen): money.fen = fen
      case .text(let text):
        guard let amount = Amount(yuan: text) else {
          throw FieldFault(
            en: "not an amount in yuan with at most two decimals",
            zh: "不是金额（元，最多两位小数）"
          )
        }
        money.fen = amount.fen
      }
      owner[keyPath: path] = money
    }
  }

  /// A quantity; `perUnit` is 100 for hundredths of the unit that people write, else 1.
  static func quantity(
    _ key: String,
    _ en: String,
    _ zh: String,
    perUnit: Int64 = 1,
    _ path: Path<Quantity?>
  ) -> Leaf {
    Leaf(key: key, title: Text(en: en, zh: zh)) { owner, _ in
      guard let value = owner[keyPath: path]?.value else { return .absent }
      return perUnit == 100 ? .hundredths(value) : .integer(value)
    } set: { (owner, input, _) throws(FieldFault) in
      var quantity = Quantity()
      switch input {
      case .nothing:
        owner[keyPath: path] = nil
        return
      case .integer(let number): quantity.value = number
      case .text(let text):
        // Amounts and quantities are written alike: whole, or with at most two decimals.
        let number = perUnit == 100 ? Amount(yuan: text)?.fen : Int64(text)
        guard let number else { throw FieldFault(en: "not a number", zh: "不是数字") }
        quantity.value = number
      }
      owner[keyPath: path] = quantity
    }
  }

  static func answer(_ key: String, _ en: String, _ zh: String, _ path: Path<Answer>) -> Leaf {
    Leaf(key: key, title: Text(en: en, zh: zh)) { owner, _ in
      switch owner[keyPath: path] {
      case .yes: .flag(true)
      case .no: .flag(false)
      default: .absent
      }
    } set: { (owner, input, _) throws(FieldFault) in
      switch input.plain.lowercased() {
      case "": owner[keyPath: path] = .unspecified
      case "1", "yes", "true", "y", "是", "有": owner[keyPath: path] = .yes
      case "0", "2", "no", "false", "n", "否", "无": owner[keyPath: path] = .no
      default: throw FieldFault(en: "neither yes nor no", zh: "应填是或否")
      }
    }
  }

  static func code(
    _ key: String,
    _ en: String,
    _ zh: String,
    _ list: CodeListName,
    _ path: Path<UInt32>
  ) -> Leaf {
    Leaf(key: key, title: Text(en: en, zh: zh)) { owner, lists in
      owner[keyPath: path] == 0 ? .absent : lists[list].value(owner[keyPath: path])
    } set: { (owner, input, lists) throws(FieldFault) in
      owner[keyPath: path] = input.plain.isEmpty ? 0 : try lists[list].parse(input.plain)
    }
  }

  /// Several codes of one list, in text separated by `;`, `；` or `、`.
  static func codes(
    _ key: String,
    _ en: String,
    _ zh: String,
    _ list: CodeListName,
    _ path: Path<[UInt32]>
  ) -> Leaf {
    Leaf(key: key, title: Text(en: en, zh: zh)) { owner, lists in
      let codes = owner[keyPath: path]
      return codes.isEmpty ? .absent : .list(codes.map(lists[list].value))
    } set: { (owner, input, lists) throws(FieldFault) in
      var codes: [UInt32] = []
      for part in input.plain.split(whereSeparator: { ";；、".contains($0) }) {
        codes.append(try lists[list].parse(part.trimmingSpaces))
      }
      owner[keyPath: path] = codes
    }
  }

  /// One of an enumeration's values, by number or by a word.
  static func choice<E: RawRepresentable & Sendable>(
    _ key: String,
    _ en: String,
    _ zh: String,
    _ names: [(E, Text)],
    _ path: Path<E>
  ) -> Leaf where E.RawValue == Int32 {
    // The pairs are immutable and their elements Sendable; tuples in closures are only not inferred.
    let table = names.map { (number: $0.0.rawValue, name: $0.1) }
    return Leaf(key: key, title: Text(en: en, zh: zh)) { owner, _ in
      let number = owner[keyPath: path].rawValue
      guard number != 0 else { return .absent }
      return .coded(String(number), table.first { $0.number == number }?.name ?? Text(""))
    } set: { (owner, input, _) throws(FieldFault) in
      let text = input.plain
      let number =
        text.isEmpty
        ? 0
        : table.first { String($0.number) == text || $0.name.en == text || $0.name.zh == text }?
          .number
      guard let number, let value = E(rawValue: number) else {
        let known = table.map(\.name)
        throw FieldFault(
          en: "not one of: \(known.map(\.en).joined(separator: ", "))",
          zh: "应为：\(known.map(\.zh).joined(separator: "、"))"
        )
      }
      owner[keyPath: path] = value
    }
  }
}

extension CodeList {
  /// A code with its name.
  func value(_ code: UInt32) -> Value {
    let entry = Int32(exactly: code).flatMap(entry)
    return .coded(String(code), Text(en: entry?.english ?? "", zh: entry?.chinese ?? ""))
  }

  func parse(_ text: String) throws(FieldFault) -> UInt32 {
    guard let code = code(for: text).flatMap({ UInt32(exactly: $0) }) else {
      throw FieldFault(
        en: "not in the code list (\(name.rawValue))\(choices(\.english, ": ", ", "))",
        zh: "不在代码表中\(choices(\.chinese, "：", "、"))"
      )
    }
    return code
  }

  /// The codes and names of a short list, for whoever gave none of them.
  private func choices(
    _ name: (Entry) -> String,
    _ colon: String,
    _ comma: String
  ) -> String {
    guard entries.count <= 24 else { return "" }
    return colon + entries.map { "\($0.code) \(name($0))" }.joined(separator: comma)
  }
}

extension StringProtocol {
  /// The text without spaces at its start and end.
  var trimmingSpaces: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}

internal import RegistryAPI
internal import RegistryModel

/// A range of division paths: a division and all below, or everything.
struct AreaRange: Hashable, Sendable {
  let lower: String
  let upper: String

  /// Every path: all begin with a slash, and `0` follows it.
  static let everything = AreaRange(lower: "/", upper: "0")

  init(_ path: DivisionPath) {
    lower = path.text
    upper = path.upperBound
  }

  private init(lower: String, upper: String) {
    self.lower = lower
    self.upper = upper
  }

  /// The ranges that a scope may touch, within any of some divisions where such are given; a division
  /// that lies in another one adds nothing.
  static func ranges(of scope: Scope, within divisions: [DivisionPath]) -> [AreaRange] {
    if divisions.isEmpty { return ranges(of: scope) }
    let outer = divisions.filter { one in
      !divisions.contains { $0 != one && $0.contains(one) }
    }
    return Set(outer).sorted { $0.text < $1.text }
      .flatMap { ranges(of: scope, within: $0) }
  }

  /// The ranges that a scope may touch, within a division where one is given; none if the two have
  /// nothing in common.
  static func ranges(of scope: Scope, within division: DivisionPath? = nil) -> [AreaRange] {
    if scope.isSystem { return [division.map { AreaRange($0) } ?? everything] }
    return scope.areas.compactMap { area in
      guard let division, !division.contains(area) else { return AreaRange(area) }
      return area.contains(division) ? AreaRange(division) : nil
    }
  }
}

extension RegistryStore {
  /// The divisions that a question is about, each once; none for the whole area.
  ///
  /// Throws `StoreError`: `notFound` and `invalid` for codes, `invalid` for more than 100, `refused`
  /// for one outside the scope's area: nothing found there would read as nobody living there.
  func divisions(
    _ one: String,
    _ more: [String],
    in scope: Scope
  ) throws(StoreError) -> [DivisionRecord] {
    guard more.count <= 100 else {
      throw .broken([Violation(.tooMany, row: 0, member: 0, field: "divisions")])
    }
    var found: [DivisionRecord] = []
    for text in (one.isEmpty ? [] : [one]) + more {
      let division = try division(text: text)
      guard scope.covers(division.path) else { throw .outsideArea }
      if !found.contains(where: { $0.id == division.id }) { found.append(division) }
    }
    return found
  }
}

extension Scope {
  /// Throws `refused` unless the scope allows one of the operations.
  func require(_ allowed: Operation...) throws(StoreError) {
    guard allowed.contains(where: operations.contains) else {
      throw .refused(
        by: "office.operation",
        "the scope does not allow this operation",
        zh: "本机构无权进行此操作"
      )
    }
  }

  /// Who acts, as journal headers name it.
  func actor(node: OfficeIdentity) -> String { identity?.uri ?? node.uri }

  /// The office to which an import belongs: the identity without the person.
  func office(node: OfficeIdentity) -> String {
    let identity = identity ?? node
    return "registry://\(identity.division)/\(identity.kind.rawValue)"
  }
}

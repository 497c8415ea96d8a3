/// One numbered change of the schema.
package struct SchemaStep: Sendable {
  /// The number: 1, 2, 3 … without gaps.
  package let version: Int
  /// A name that never changes once released; it is recorded and compared.
  package let name: String
  /// Makes the change; runs inside the migrator's transaction and must not end it.
  package let apply: @Sendable (any SQLConnection) throws -> Void

  /// A step of any kind, such as one that rewrites rows.
  package init(
    version: Int,
    name: String,
    apply: @escaping @Sendable (any SQLConnection) throws -> Void
  ) {
    self.version = version
    self.name = name
    self.apply = apply
  }

  /// A step that runs definitions, written with the names in braces of `SQLDialect`.
  package init(version: Int, name: String, definitions: [String]) {
    self.init(version: version, name: name) { connection in
      for definition in definitions {
        try connection.execute(connection.dialect.definition(definition))
      }
    }
  }
}

/// Brings a database's schema to the program's version: forward only, each step one transaction.
///
/// The table `schema_step` records number, name and instant of every step that ran.
package struct SchemaMigrator: Sendable {
  /// The steps in the order of their numbers.
  package let steps: [SchemaStep]

  /// A migrator to the last step's version.
  ///
  /// Throws `SQLError` (`misuse`) unless the steps are numbered 1, 2, 3 … .
  package init(steps: [SchemaStep]) throws(SQLError) {
    for (index, step) in steps.enumerated() where step.version != index + 1 {
      throw SQLError(
        .misuse,
        "schema step \(step.name) has number \(step.version), not \(index + 1)"
      )
    }
    self.steps = steps
  }

  /// Runs the steps that are missing and returns how many ran.
  ///
  /// `now` is the instant to record, in microseconds since 1970. Throws `SQLError` with code
  /// `schema` if the database is newer than this program or its history has other names; what a
  /// step throws, with that step undone and the steps before it kept.
  @discardableResult
  package func migrate(_ connection: any SQLConnection, now: Int64) throws -> Int {
    try connection.execute(connection.dialect.definition(Self.table))
    let recorded = try recordedNames(connection)
    guard recorded.count <= steps.count else {
      throw SQLError(
        .schema,
        "the database has schema \(recorded.count), this program knows \(steps.count): "
          + "it was written by a newer version"
      )
    }
    for (step, name) in zip(steps, recorded) where step.name != name {
      throw SQLError(
        .schema,
        "schema step \(step.version) is recorded as \(name), not \(step.name)"
      )
    }
    for step in steps.dropFirst(recorded.count) {
      try connection.transaction { try run(step, connection, now) }
    }
    return steps.count - recorded.count
  }

  private static let table = """
    CREATE TABLE IF NOT EXISTS schema_step (
      version {integer} NOT NULL PRIMARY KEY, name {text} NOT NULL, applied_at {integer} NOT NULL
    ) {strict}
    """

  private func recordedNames(_ connection: any SQLConnection) throws -> [String] {
    var names: [String] = []
    let rows = try connection.prepare("SELECT version, name FROM schema_step ORDER BY version")
    try rows.forEach { row in
      guard row.int64(at: 0) == Int64(names.count + 1) else {
        throw SQLError(.schema, "schema step \(names.count + 1) is missing in the database")
      }
      names.append(row.string(at: 1))
    }
    return names
  }

  private func run(_ step: SchemaStep, _ connection: any SQLConnection, _ now: Int64) throws {
    try step.apply(connection)
    let record = try connection.prepare(
      "INSERT INTO schema_step (version, name, applied_at) VALUES ($1, $2, $3)"
    )
    record.bind(Int64(step.version), at: 1)
    record.bind(step.name, at: 2)
    record.bind(now, at: 3)
    try record.run()
    try connection.noteSchemaVersion(step.version)
  }
}

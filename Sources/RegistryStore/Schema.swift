internal import SQL

/// The tables of a registry's database, in portable SQL.
///
/// Personal data: names stand in clear (`household.head_name`, `member_name.name`), because people
/// are looked for by name. Category, main cause and net income stand in clear, because households
/// are searched and counted by them. ID numbers are keyed digests; everything else of a household
/// is in its journal body alone, sealed under the household's key.
///
/// No foreign keys are declared: the writer gives all references, a look-up for each of the rows of
/// an import would cost a tenth of it, and `check` compares them.
enum Schema {
  static let steps: [SchemaStep] = [
    SchemaStep(
      version: 1,
      name: "registry",
      definitions: meta + division + household + journal + tally + imports + writes
    )
  ]

  /// What the database is: its node, its journal's stream, a check of the keys.
  private static let meta = [
    "CREATE TABLE meta (name {text} NOT NULL PRIMARY KEY, value {bytes} NOT NULL) {strict}"
  ]

  /// Divisions: the id never changes, codes are dated; `path` is compared by range.
  private static let division = [
    """
    CREATE TABLE division (
      id {integer} NOT NULL PRIMARY KEY, parent {integer}, level {integer} NOT NULL,
      code {integer} NOT NULL, name {text} NOT NULL, path {text} NOT NULL,
      valid_from {integer} NOT NULL, valid_to {integer} NOT NULL, key_county {integer} NOT NULL,
      source {text} NOT NULL
    ) {strict}
    """,
    "CREATE UNIQUE INDEX division_path ON division (path)",
    "CREATE UNIQUE INDEX division_code ON division (code, valid_from)",
  ]

  /// A household's row: what is searched, the wrapped key, and the entry with the current file.
  ///
  /// `n` is given by the writer in the order of registration and never changes: lists page by it.
  /// `number` is the printed number without its check digit. Dropping `wrapped_key` erases.
  private static let household = [
    """
    CREATE TABLE household (
      n {integer} NOT NULL PRIMARY KEY, id {bytes} NOT NULL, number {integer} NOT NULL,
      village {integer} NOT NULL, version {integer} NOT NULL, entry {integer} NOT NULL,
      status {integer} NOT NULL, category {integer} NOT NULL, main_cause {integer} NOT NULL,
      members {integer} NOT NULL, net_income {integer}, income_year {integer},
      head_name {text} NOT NULL, wrapped_key {bytes} NOT NULL
    ) {strict}
    """,
    "CREATE UNIQUE INDEX household_id ON household (id)",
    "CREATE UNIQUE INDEX household_number ON household (number)",
    "CREATE INDEX household_village ON household (village, n)",
    // Two tables stored in the order of what is looked for instead of one with two indexes: one
    // tree less to write for each member.
    """
    CREATE TABLE member_number (
      digest {bytes} NOT NULL PRIMARY KEY, household {integer} NOT NULL,
      position {integer} NOT NULL
    ) {keyed}
    """,
    """
    CREATE TABLE member_name (
      name {text} NOT NULL, household {integer} NOT NULL, position {integer} NOT NULL,
      PRIMARY KEY (name, household, position)
    ) {keyed}
    """,
  ]

  /// The journal: `sealed` is the entry's body, stored here once. `prior` is the entry of the
  /// subject's version before, 0 for none.
  private static let journal = [
    """
    CREATE TABLE journal (
      seq {integer} NOT NULL PRIMARY KEY, recorded_at {integer} NOT NULL, prior {integer} NOT NULL,
      header {bytes} NOT NULL, body_hash {bytes} NOT NULL, sealed {bytes} NOT NULL
    ) {strict}
    """,
    """
    CREATE TABLE journal_tile (
      level {integer} NOT NULL, tile {integer} NOT NULL, hashes {bytes} NOT NULL,
      PRIMARY KEY (level, tile)
    ) {strict}
    """,
    // One head a commit; `signature` is filled once heads are signed.
    """
    CREATE TABLE journal_head (
      size {integer} NOT NULL PRIMARY KEY, root {bytes} NOT NULL, recorded_at {integer} NOT NULL,
      signature {bytes}
    ) {strict}
    """,
  ]

  /// The counts of each division of every level at the end of each day (China) on which they
  /// changed: the row of the latest day is what holds now.
  private static let tally = [
    """
    CREATE TABLE tally (
      division {integer} NOT NULL, day {integer} NOT NULL, counts {bytes} NOT NULL,
      PRIMARY KEY (division, day)
    ) {keyed}
    """
  ]

  /// Imports: a file belongs to the office that sends it; a part holds the results of some items.
  private static let imports = [
    """
    CREATE TABLE import_file (
      id {integer} NOT NULL PRIMARY KEY, office {text} NOT NULL, digest {bytes} NOT NULL,
      name {text} NOT NULL, row_count {integer} NOT NULL, started_at {integer} NOT NULL,
      created {integer} NOT NULL, updated {integer} NOT NULL, unchanged {integer} NOT NULL,
      refused {integer} NOT NULL
    ) {strict}
    """,
    "CREATE UNIQUE INDEX import_file_digest ON import_file (office, digest)",
    """
    CREATE TABLE import_result (
      import {integer} NOT NULL, first_row {integer} NOT NULL, last_row {integer} NOT NULL,
      results {bytes} NOT NULL, PRIMARY KEY (import, first_row)
    ) {strict}
    """,
  ]

  /// Writes that may be repeated, and the printed numbers given out.
  private static let writes = [
    """
    CREATE TABLE idempotency (
      digest {bytes} NOT NULL PRIMARY KEY, request {bytes} NOT NULL, household {integer} NOT NULL,
      entry {integer} NOT NULL, expires_at {integer} NOT NULL
    ) {keyed}
    """,
    "CREATE INDEX idempotency_expiry ON idempotency (expires_at)",
    """
    CREATE TABLE number_block (
      county {integer} NOT NULL PRIMARY KEY, next_serial {integer} NOT NULL,
      last_serial {integer} NOT NULL
    ) {strict}
    """,
  ]
}

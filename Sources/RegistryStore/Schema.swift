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
    ),
    SchemaStep(
      version: 2,
      name: "procedure and changes",
      definitions: past + pastOfJournal + rules + application + notices + changes
    ),
    SchemaStep(version: 3, name: "exchange", definitions: streams + batches),
    SchemaStep(version: 4, name: "urgent entries, codes", definitions: urgent + codes),
    SchemaStep(version: 5, name: "offices", definitions: offices),
    SchemaStep(version: 6, name: "looks", definitions: looks),
    SchemaStep(version: 7, name: "pilot work", definitions: pilot),
    SchemaStep(version: 8, name: "rosters", definitions: rosters),
    SchemaStep(version: 9, name: "links of pilot work", definitions: pilotLinks),
    SchemaStep(version: 10, name: "applications to start", definitions: rosterStarts),
    SchemaStep(version: 11, name: "sums of pilot work", definitions: pilotTally),
    SchemaStep(version: 12, name: "comparisons of rosters", definitions: comparisons),
    SchemaStep(
      version: 13,
      name: "pilot work and proposals found by key",
      definitions: laterIndexes
    ),
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

  /// The versions that others replaced: where the entry of each stands, by the instants between
  /// which it was on record. The current version is in `household` alone, so that an import writes
  /// nothing here. And answers kept under idempotency keys that are no household's.
  private static let past = [
    """
    CREATE TABLE household_past (
      household {integer} NOT NULL, version {integer} NOT NULL, entry {integer} NOT NULL,
      recorded_at {integer} NOT NULL, PRIMARY KEY (household, version)
    ) {keyed}
    """,
    "CREATE INDEX household_past_instant ON household_past (household, recorded_at, version)",
    """
    CREATE TABLE answer (
      digest {bytes} NOT NULL PRIMARY KEY, request {bytes} NOT NULL, answer {bytes} NOT NULL,
      expires_at {integer} NOT NULL
    ) {keyed}
    """,
    "CREATE INDEX answer_expiry ON answer (expires_at)",
  ]

  /// The versions that were replaced before the table was: along the chain of each household's
  /// entries. An entry never comes before one that it follows, so that the walk ends.
  private static let pastOfJournal = [
    """
    INSERT INTO household_past (household, version, entry, recorded_at)
    WITH RECURSIVE chain (household, version, entry) AS (
      SELECT h.n, h.version - 1, j.prior FROM household h JOIN journal j ON j.seq = h.entry
      WHERE h.version > 1 AND j.prior > 0 AND j.prior < h.entry
      UNION ALL
      SELECT c.household, c.version - 1, j.prior FROM chain c JOIN journal j ON j.seq = c.entry
      WHERE c.version > 1 AND j.prior > 0 AND j.prior < c.entry
    )
    SELECT c.household, c.version, c.entry, j.recorded_at
    FROM chain c JOIN journal j ON j.seq = c.entry
    """
  ]

  /// What is set from above; the entry is the journal's, whose body is the record itself.
  private static let rules = [
    """
    CREATE TABLE policy (
      division {integer} NOT NULL, name {text} NOT NULL, valid_from {integer} NOT NULL,
      amount {integer} NOT NULL, version {integer} NOT NULL, entry {integer} NOT NULL,
      PRIMARY KEY (division, name, valid_from)
    ) {strict}
    """,
    """
    CREATE TABLE line (
      kind {integer} NOT NULL, division {integer} NOT NULL, year {integer} NOT NULL,
      amount {integer} NOT NULL, version {integer} NOT NULL, entry {integer} NOT NULL,
      PRIMARY KEY (kind, division, year)
    ) {strict}
    """,
    """
    CREATE TABLE quota (
      division {integer} NOT NULL, period {integer} NOT NULL, people {integer} NOT NULL,
      version {integer} NOT NULL, entry {integer} NOT NULL, PRIMARY KEY (division, period)
    ) {strict}
    """,
    // Applications and their people by division of every level, period and state: kept with each
    // step, so that a quota is compared without counting.
    """
    CREATE TABLE application_count (
      division {integer} NOT NULL, period {integer} NOT NULL, state {integer} NOT NULL,
      applications {integer} NOT NULL, people {integer} NOT NULL,
      PRIMARY KEY (division, period, state)
    ) {keyed}
    """,
  ]

  /// Applications: what lists show and rules compare; the file itself is in the journal, sealed under
  /// the key of the household that it becomes (`owner`).
  ///
  /// `waits` counts possible duplicates that wait to be settled, `objections` those that wait for
  /// their answer; `notice` is the open notice that it stands in, 0 for none.
  private static let application = [
    """
    CREATE TABLE application (
      n {integer} NOT NULL PRIMARY KEY, id {bytes} NOT NULL, number {integer} NOT NULL,
      owner {bytes} NOT NULL, village {integer} NOT NULL, state {integer} NOT NULL,
      version {integer} NOT NULL, entry {integer} NOT NULL, period {integer} NOT NULL,
      people {integer} NOT NULL, poverty {integer} NOT NULL, security {integer} NOT NULL,
      category {integer} NOT NULL, waits {integer} NOT NULL, objections {integer} NOT NULL,
      returned {integer} NOT NULL, last_day {integer} NOT NULL,
      refused_at {integer} NOT NULL, notice {integer} NOT NULL,
      household {integer} NOT NULL, head_name {text} NOT NULL, wrapped_key {bytes} NOT NULL
    ) {strict}
    """,
    "CREATE UNIQUE INDEX application_id ON application (id)",
    "CREATE UNIQUE INDEX application_number ON application (number)",
    "CREATE INDEX application_state ON application (state, n)",
    "CREATE INDEX application_village ON application (village, state, n)",
    "CREATE INDEX application_household ON application (household) WHERE household <> 0",
    // The people of applications that are on their way: nobody stands in two.
    """
    CREATE TABLE applicant_number (
      digest {bytes} NOT NULL PRIMARY KEY, application {integer} NOT NULL,
      place {integer} NOT NULL
    ) {keyed}
    """,
    """
    CREATE TABLE applicant_name (
      name {text} NOT NULL, application {integer} NOT NULL, place {integer} NOT NULL,
      PRIMARY KEY (name, application, place)
    ) {keyed}
    """,
    // Who signed: certificates by their SHA-256, so that signatures can be checked later.
    """
    CREATE TABLE signer (
      digest {bytes} NOT NULL PRIMARY KEY, identity {text} NOT NULL, certificate {bytes} NOT NULL
    ) {keyed}
    """,
  ]

  private static let notices = [
    """
    CREATE TABLE notice (
      n {integer} NOT NULL PRIMARY KEY, id {bytes} NOT NULL, division {integer} NOT NULL,
      level {integer} NOT NULL, opened_on {integer} NOT NULL, closes_from {integer} NOT NULL,
      closed_on {integer} NOT NULL, version {integer} NOT NULL, entry {integer} NOT NULL
    ) {strict}
    """,
    "CREATE UNIQUE INDEX notice_id ON notice (id)",
    "CREATE INDEX notice_division ON notice (division, n)",
    // Minutes are sealed under a key of their own; the entry's body is the `Minutes` message.
    """
    CREATE TABLE minutes (
      n {integer} NOT NULL PRIMARY KEY, id {bytes} NOT NULL, digest {bytes} NOT NULL,
      division {integer} NOT NULL, size {integer} NOT NULL, entry {integer} NOT NULL,
      wrapped_key {bytes} NOT NULL
    ) {strict}
    """,
    "CREATE UNIQUE INDEX minutes_digest ON minutes (division, digest)",
  ]

  /// Proposals and hand-overs; their bodies are sealed under the household's key.
  private static let changes = [
    """
    CREATE TABLE proposal (
      n {integer} NOT NULL PRIMARY KEY, id {bytes} NOT NULL, household {integer} NOT NULL,
      village {integer} NOT NULL, state {integer} NOT NULL, kind {integer} NOT NULL,
      base_version {integer} NOT NULL, version {integer} NOT NULL, entry {integer} NOT NULL
    ) {strict}
    """,
    "CREATE UNIQUE INDEX proposal_id ON proposal (id)",
    "CREATE INDEX proposal_state ON proposal (state, n)",
    "CREATE INDEX proposal_household ON proposal (household, n)",
    """
    CREATE TABLE hand_over (
      n {integer} NOT NULL PRIMARY KEY, id {bytes} NOT NULL, household {integer} NOT NULL,
      destination {text} NOT NULL, state {integer} NOT NULL, version {integer} NOT NULL,
      entry {integer} NOT NULL
    ) {strict}
    """,
    "CREATE UNIQUE INDEX hand_over_id ON hand_over (id)",
  ]
  /// Codes that were added to lists; the names stand in the entries, `amount` is the code again.
  private static let codes = [
    """
    CREATE TABLE code (
      list {text} NOT NULL, code {integer} NOT NULL, division {integer} NOT NULL,
      amount {integer} NOT NULL, version {integer} NOT NULL, entry {integer} NOT NULL,
      PRIMARY KEY (list, code)
    ) {strict}
    """
  ]

  /// What goes ahead of the bulk: this node's own entries that wait to be told, and what nodes below
  /// told of files before their journals have come so far.
  private static let urgent = [
    "CREATE TABLE urgent (entry {integer} NOT NULL PRIMARY KEY, told {integer} NOT NULL) {strict}",
    """
    CREATE TABLE ahead (
      stream {integer} NOT NULL, entry {integer} NOT NULL, household {bytes} NOT NULL,
      kind {integer} NOT NULL, erased {integer} NOT NULL, effective_on {integer} NOT NULL,
      version {integer} NOT NULL, recorded_at {integer} NOT NULL, PRIMARY KEY (stream, entry)
    ) {strict}
    """,
    "CREATE INDEX ahead_household ON ahead (household)",
  ]

  /// What carrying out stand-alone offices' entries needs: the latest instant of each stream; the
  /// entries of steps that wait for their notice's; and applicants who stand in the application of
  /// another node as well, beside the one under which their number is listed.
  private static let offices = [
    """
    CREATE TABLE office_clock (
      stream {integer} NOT NULL PRIMARY KEY, instant {integer} NOT NULL
    ) {strict}
    """,
    """
    CREATE TABLE hanging (
      stream {integer} NOT NULL, application {bytes} NOT NULL, entry {integer} NOT NULL,
      PRIMARY KEY (stream, application)
    ) {strict}
    """,
    """
    CREATE TABLE applicant_elsewhere (
      digest {bytes} NOT NULL, application {integer} NOT NULL, place {integer} NOT NULL,
      PRIMARY KEY (digest, application)
    ) {strict}
    """,
  ]

  /// Who looked at which file: the entries, in the stream of looks or in orders from above, by the
  /// household's or application's id; and how many people's data each identity was shown on a day.
  private static let looks = [
    """
    CREATE TABLE look (
      file {bytes} NOT NULL, entry {integer} NOT NULL, PRIMARY KEY (file, entry)
    ) {keyed}
    """,
    """
    CREATE TABLE look_anchor (entry {integer} NOT NULL PRIMARY KEY) {strict}
    """,
    """
    CREATE TABLE look_budget (
      identity {text} NOT NULL, day {integer} NOT NULL, people {integer} NOT NULL,
      PRIMARY KEY (identity, day)
    ) {strict}
    """,
  ]

  /// Records of pilot work, a row for each version: it held from the close of the day `since`, to
  /// that before the day `until`.
  private static let pilot = [
    """
    CREATE TABLE pilot (
      n {integer} NOT NULL PRIMARY KEY, id {bytes} NOT NULL, version {integer} NOT NULL,
      kind {text} NOT NULL, division {integer} NOT NULL, day {integer} NOT NULL,
      level {text} NOT NULL, since {integer} NOT NULL, until {integer} NOT NULL,
      withdrawn {integer} NOT NULL, entry {integer} NOT NULL
    ) {strict}
    """,
    "CREATE UNIQUE INDEX pilot_version ON pilot (id, version)",
    "CREATE INDEX pilot_kind ON pilot (kind, division)",
    """
    CREATE TABLE pilot_figure (
      record {integer} NOT NULL, key {text} NOT NULL, value {integer} NOT NULL,
      PRIMARY KEY (record, key)
    ) {keyed}
    """,
  ]

  /// People of rosters who are on no list here, proposed as applications to start: the entry that
  /// settled each, 0 while it is open.
  private static let rosterStarts = [
    """
    CREATE TABLE roster_start (
      roster {integer} NOT NULL, digest {bytes} NOT NULL, row {integer} NOT NULL,
      verdict {integer} NOT NULL, entry {integer} NOT NULL, PRIMARY KEY (roster, digest)
    ) {keyed}
    """,
    "CREATE INDEX roster_start_digest ON roster_start (digest)",
    "CREATE INDEX roster_start_row ON roster_start (roster, row)",
  ]

  /// What records of pilot work name: by the role and the id of what is named, each version's.
  private static let pilotLinks = [
    """
    CREATE TABLE pilot_link (
      target {bytes} NOT NULL, role {integer} NOT NULL, record {integer} NOT NULL,
      PRIMARY KEY (target, role, record)
    ) {keyed}
    """,
    "CREATE INDEX pilot_link_record ON pilot_link (record)",
  ]

  /// Records of a kind in the order of their making, and what rosters proposed for a household.
  private static let laterIndexes = [
    "CREATE INDEX pilot_kind_order ON pilot (kind, n)",
    "CREATE INDEX roster_proposal_household ON roster_proposal (household)",
  ]

  /// The sums of pilot work of every division, a row for each day on which they changed.
  private static let pilotTally = [
    """
    CREATE TABLE pilot_tally (
      division {integer} NOT NULL, day {integer} NOT NULL, sums {bytes} NOT NULL,
      PRIMARY KEY (division, day)
    ) {keyed}
    """
  ]

  /// Rosters of other systems: those whose entry is 0 are not whole. Their people's ID numbers are
  /// keyed digests, names stand in clear as those of the registry do. `converged` holds what the
  /// last comparison found.
  private static let rosters = [
    """
    CREATE TABLE roster (
      n {integer} NOT NULL PRIMARY KEY, id {bytes} NOT NULL, kind {integer} NOT NULL,
      division {integer} NOT NULL, day {integer} NOT NULL, digest {bytes} NOT NULL,
      entry {integer} NOT NULL
    ) {strict}
    """,
    "CREATE UNIQUE INDEX roster_id ON roster (id)",
    """
    CREATE TABLE roster_row (
      roster {integer} NOT NULL, digest {bytes} NOT NULL, row {integer} NOT NULL,
      name {text} NOT NULL, PRIMARY KEY (roster, digest)
    ) {keyed}
    """,
    """
    CREATE TABLE roster_proposal (
      roster {integer} NOT NULL, household {integer} NOT NULL, proposal {bytes} NOT NULL,
      PRIMARY KEY (roster, household)
    ) {keyed}
    """,
    """
    CREATE TABLE converged (
      roster {integer} NOT NULL, n {integer} NOT NULL, finding {integer} NOT NULL,
      row {integer} NOT NULL, name {text} NOT NULL, household {integer} NOT NULL,
      position {integer} NOT NULL, PRIMARY KEY (roster, n)
    ) {keyed}
    """,
  ]

  /// What comparisons found, in the place of the one table before: a roster has one for each view of
  /// people, the rows of a replaced one are deleted by and by. Rows of rosters whose numbers are none,
  /// and the kind of office that imported each; of those before, offices that see everything. Of what
  /// a node above ordered, `roster_proposal` has the roster 0.
  private static let comparisons = [
    "DROP TABLE converged",
    """
    CREATE TABLE comparison (
      n {integer} NOT NULL PRIMARY KEY, roster {integer} NOT NULL, view {text} NOT NULL,
      state {integer} NOT NULL
    ) {strict}
    """,
    """
    CREATE TABLE converged (
      comparison {integer} NOT NULL, finding {integer} NOT NULL, n {integer} NOT NULL,
      row {integer} NOT NULL, name {text} NOT NULL, household {integer} NOT NULL,
      position {integer} NOT NULL, PRIMARY KEY (comparison, finding, n)
    ) {keyed}
    """,
    """
    CREATE TABLE roster_fault (
      roster {integer} NOT NULL, row {integer} NOT NULL, name {text} NOT NULL,
      PRIMARY KEY (roster, row)
    ) {keyed}
    """,
    "CREATE INDEX roster_fault_name ON roster_fault (roster, name)",
    "ALTER TABLE roster ADD COLUMN office {text} NOT NULL DEFAULT ''",
    // The entry by which the proposal was ordered of the node that owns the file; 0 for none.
    "ALTER TABLE roster_proposal ADD COLUMN ordered {integer} NOT NULL DEFAULT 0",
  ]

  /// The streams that this node receives or sends, beside its own journal's first sending; see
  /// `EntryPlace` for where their entries stand.
  ///
  /// `size`, `root` and `manifest` tell how far a received stream has come, `sent` and
  /// `sent_manifest` how far the node that this one sends it to.
  private static let streams = [
    """
    CREATE TABLE stream (
      n {integer} NOT NULL PRIMARY KEY, id {bytes} NOT NULL, role {integer} NOT NULL,
      node {text} NOT NULL, recipient {text} NOT NULL, incoming {integer} NOT NULL,
      division {integer} NOT NULL, epoch {integer} NOT NULL, size {integer} NOT NULL,
      root {bytes} NOT NULL, manifest {bytes} NOT NULL, sent {integer} NOT NULL,
      sent_manifest {bytes} NOT NULL, introduction {bytes} NOT NULL, refused {integer} NOT NULL,
      contact_at {integer} NOT NULL, receipt_at {integer} NOT NULL, relation {integer} NOT NULL,
      error_en {text} NOT NULL, error_zh {text} NOT NULL, error_at {integer} NOT NULL
    ) {strict}
    """,
    "CREATE UNIQUE INDEX stream_id ON stream (id)",
    // The nodes that this one exchanges with: the key that signs for each, and the last head seen.
    """
    CREATE TABLE peer (
      node {text} NOT NULL PRIMARY KEY, stream {bytes} NOT NULL, key {bytes} NOT NULL,
      certificate {bytes} NOT NULL, blocked {integer} NOT NULL, head_size {integer} NOT NULL,
      head_root {bytes} NOT NULL, head_at {integer} NOT NULL, head_signature {bytes} NOT NULL
    ) {strict}
    """,
  ]

  /// Batches that were committed, with the receipts given and got; offers and payloads under way;
  /// and what a copy needs beside the tables of the files.
  private static let batches = [
    """
    CREATE TABLE batch (
      stream {integer} NOT NULL, last {integer} NOT NULL, first {integer} NOT NULL,
      manifest {bytes} NOT NULL, signature {bytes} NOT NULL, given {bytes} NOT NULL,
      got {bytes} NOT NULL, PRIMARY KEY (stream, last)
    ) {strict}
    """,
    """
    CREATE TABLE incoming (
      stream {integer} NOT NULL PRIMARY KEY, offer {bytes} NOT NULL, manifest {bytes} NOT NULL,
      received {integer} NOT NULL
    ) {strict}
    """,
    """
    CREATE TABLE incoming_chunk (
      stream {integer} NOT NULL, place {integer} NOT NULL, octets {bytes} NOT NULL,
      PRIMARY KEY (stream, place)
    ) {strict}
    """,
    """
    CREATE TABLE outgoing (
      stream {integer} NOT NULL, first {integer} NOT NULL, offer {bytes} NOT NULL,
      PRIMARY KEY (stream, first)
    ) {strict}
    """,
    // Keys of bodies whose subject has no row here, since their entries took no effect.
    """
    CREATE TABLE entry_key (
      entry {integer} NOT NULL PRIMARY KEY, owner {bytes} NOT NULL, wrapped_key {bytes} NOT NULL
    ) {strict}
    """,
    // The people of copies who stand in another county's file as well: `member_number` has each
    // number once.
    """
    CREATE TABLE member_elsewhere (
      digest {bytes} NOT NULL, household {integer} NOT NULL, position {integer} NOT NULL,
      PRIMARY KEY (digest, household)
    ) {keyed}
    """,
    "CREATE INDEX member_elsewhere_household ON member_elsewhere (household)",
    // Households that another county hands over to this one: 1 waiting, 2 taken, 3 refused.
    """
    CREATE TABLE arrival (
      n {integer} NOT NULL PRIMARY KEY, id {bytes} NOT NULL, household {bytes} NOT NULL,
      destination {text} NOT NULL, state {integer} NOT NULL, entry {integer} NOT NULL
    ) {strict}
    """,
    "CREATE UNIQUE INDEX arrival_id ON arrival (id)",
    // What became of hand-overs, by their ids: the entry that tells it.
    """
    CREATE TABLE hand_over_settled (
      id {bytes} NOT NULL PRIMARY KEY, taken {integer} NOT NULL, entry {integer} NOT NULL
    ) {keyed}
    """,
    // Pairs of files with one person that were told to both counties, each once.
    """
    CREATE TABLE pair_found (
      digest {bytes} NOT NULL, household {integer} NOT NULL, other {integer} NOT NULL,
      PRIMARY KEY (digest, household, other)
    ) {keyed}
    """,
    // What was told to this node; the body stands in the entry.
    """
    CREATE TABLE finding (
      n {integer} NOT NULL PRIMARY KEY, household {integer} NOT NULL, entry {integer} NOT NULL
    ) {strict}
    """,
  ]
}

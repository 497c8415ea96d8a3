internal import RPCCore
internal import RegistryAPI
internal import RegistryClient
internal import RegistryModel

/// One application that a command is about, and what its row says.
struct StepTarget: Sendable {
  /// The row in the file or list, from 1.
  var row: UInt32
  var number: String
  var values: StepValues
  /// The row as it came, for the file of refused rows.
  var text: RowText
  /// The application as on record; nil while nobody looked.
  var known: Known?

  /// What a step needs to know of an application.
  struct Known: Sendable, Hashable {
    var id: [UInt8]
    var version: UInt64
  }
}

/// The applications that the options of a command name.
struct StepTargets {
  /// The most numbers that are asked for one by one before lists are read.
  private static let singles = 16

  /// The headings of the file they come from.
  let headings: [String]
  let targets: [StepTarget]

  /// Reads numbers or a file, or lists what waits.
  ///
  /// - Parameters:
  ///   - values: what holds for all rows that do not say otherwise.
  ///   - moves: the moves, one of which is to be taken.
  /// - Throws: `usage`, `notFound`, `dataRefused`, `CSVError`, `RPCError`.
  init(
    _ options: StepTargetOptions,
    _ move: ProcedureMove,
    values: StepValues,
    client: RegistryClient
  ) async throws {
    if let from = options.from {
      let file = try StepFile(try InputFile(path: from))
      headings = file.headings
      targets = file.rows.map { row in
        StepTarget(
          row: row.place,
          number: row.number,
          values: row.values.over(values),
          text: row.text
        )
      }
    } else if options.allWaiting {
      headings = ["number"]
      let waiting = try await Self.waiting(move, in: options.village, client)
      targets = waiting.enumerated().map { place, line in
        var target = Self.target(place, line.number, values)
        target.known = .init(id: line.id, version: line.version)
        return target
      }
    } else {
      headings = ["number"]
      targets = options.numbers.enumerated().map { Self.target($0, $1.trimmingSpaces, values) }
    }
  }

  private static func target(_ place: Int, _ number: String, _ values: StepValues) -> StepTarget {
    var text = RowText()
    text.append([number])
    return StepTarget(row: UInt32(place + 1), number: number, values: values, text: text)
  }

  /// What waits for a move of the caller.
  private static func waiting(
    _ move: ProcedureMove,
    in division: String,
    _ client: RegistryClient
  ) async throws -> [ApplicationSummary] {
    let request = ListApplicationsRequest(
      division: division,
      states: Set(ProcedureTable.rows(of: move).flatMap(\.from)).map(\.message)
        .sorted { $0.rawValue < $1.rawValue },
      waitingForMe: true
    )
    let (lines, next) = try await client.applications(request)
    guard next.isEmpty else {
      throw CommandFailure(
        .usage,
        en: "more than \(lines.count) wait: take them by --village",
        zh: "待办超过 \(lines.count) 件：请用 --village 分批办理"
      )
    }
    // An office that has decided does not decide again.
    return lines.filter { line in
      switch move {
      case .approvePoverty: line.povertyDecision == .unspecified
      case .approveSecurity: line.securityDecision == .unspecified
      default: true
      }
    }
  }

  /// Ids and versions of the targets that nobody looked at yet; those not found stay unknown.
  ///
  /// Many are found in the list of what waits, which takes a call for 2,000; the rest one by one.
  static func resolve(_ targets: [StepTarget], _ client: RegistryClient) async throws
    -> [StepTarget]
  {
    var found: [String: StepTarget.Known] = [:]
    let unknown = targets.count { $0.known == nil }
    if unknown > singles {
      let lines = try await client.applications(ListApplicationsRequest(waitingForMe: true)).lines
      for line in lines { found[line.number] = .init(id: line.id, version: line.version) }
    }
    var resolved = targets
    for place in resolved.indices where resolved[place].known == nil {
      let number = resolved[place].number
      guard !number.isEmpty else { continue }
      if found[number] == nil { found[number] = try await single(number, client) }
      resolved[place].known = found[number]
    }
    return resolved
  }

  private static func single(
    _ number: String,
    _ client: RegistryClient
  ) async throws -> StepTarget.Known? {
    do {
      let application = try await client.procedure.getApplication(
        GetApplicationRequest(by: .number(number))
      )
      return .init(id: application.id, version: application.version)
    } catch let error as RPCError where [.notFound, .invalidArgument].contains(error.code) {
      return nil
    }
  }
}

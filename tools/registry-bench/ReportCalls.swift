internal import ArgumentParser
internal import RPCCore
internal import RPCTransport
internal import RegistryAPI

/// Asks for the report again and again, one call at a time.
struct ReportCalls: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Asks for reports; prints the milliseconds of each."
  )

  @OptionGroup var files: CredentialFiles
  @Option(help: "The server's host and port.") var server: String
  @Option(help: "The node URI that its certificate names.") var node: String
  @Option(help: "Reports to ask for.") var count = 20
  @Option(
    help: "Also of each division of this level below: none, below (the next), township, village."
  )
  var level = "below"

  func run() async throws {
    guard let endpoint = Endpoint(server) else { throw ValidationError("no endpoint: \(server)") }
    let channel = try RPCChannel(
      configuration: ChannelConfiguration(
        endpoints: [endpoint],
        credentials: files.credentials,
        node: node
      )
    )
    let client = StatisticsClient(channel)
    let levels: [String: DivisionLevel] = [
      "below": .unspecified, "county": .county, "township": .township, "village": .village,
    ]
    guard level == "none" || levels[level] != nil else {
      throw ValidationError("no level: \(level)")
    }
    for _ in 0..<count {
      let start = Deadline.now()
      var figures = 0
      var divisions = 0
      if let level = levels[level] {
        for try await report in try await client.listReports(ListReportsRequest(level: level)) {
          figures += report.figures.count
          divisions += 1
        }
      } else {
        figures = try await client.getReport(GetReportRequest()).figures.count
        divisions = 1
      }
      let milliseconds = Double(Deadline.now() - start) / 1e6
      print("report \(milliseconds) \(figures) \(divisions)")
    }
    await channel.close()
  }
}

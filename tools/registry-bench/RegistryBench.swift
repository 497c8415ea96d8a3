internal import ArgumentParser

/// Drives the benchmarks of `tools/bench`; each subcommand prints figures, never a verdict.
@main
struct RegistryBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "registry-bench",
    abstract: "Loads a server and measures what it spends. Used by tools/bench.",
    subcommands: [
      ServeCached.self, Calls.self, Steps.self, Evidence.self, Match.self, ReportCalls.self,
    ]
  )
}

internal import ArgumentParser

/// `registryctl`: the operators' command line.
struct RootCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "registryctl",
    abstract: words(
      "Works with a household registry for poverty alleviation.",
      "扶贫开发建档立卡登记工具。"
    ),
    discussion: ExitStatus.table(.ofProcess),
    version: "registryctl \(Program.version)",
    subcommands: subcommands
  )

  private static let subcommands: [any ParsableCommand.Type] = [
    PingCommand.self, StatusCommand.self, TopCommand.self, HealthCommand.self, ServicesCommand.self,
    CallCommand.self, DivisionCommand.self, HouseholdCommand.self, ImportCommand.self,
    ApplyCommand.self, InboxCommand.self, ApplicationCommand.self, NoticeCommand.self,
    MinutesCommand.self, ProcedureCommand.self, ChangeCommand.self, ProposalCommand.self,
    ConflictCommand.self, HandOverCommand.self, PolicyCommand.self, LineCommand.self,
    CodeCommand.self,
    QuotaCommand.self, PilotCommand.self, RosterCommand.self, ConvergeCommand.self,
    LinkCommand.self, BundleCommand.self, JournalCommand.self,
    DatabaseCommand.self, IdentityCommand.self, StatsCommand.self, ReportCommand.self,
    PublishedCommand.self,
    CheckCommand.self, MatchCommand.self, AccessCommand.self, BackupCommand.self,
    RestoreCommand.self,
  ]

  init() {}
}

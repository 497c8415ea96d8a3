internal import ArgumentParser

/// Writes synthetic populations.
@main
struct SyntheticPopulationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synthetic-population",
    abstract: "Writes synthetic populations as import files.",
    discussion: """
      ID numbers are under the never-assigned area 99xxxx: only a node for synthetic data takes \
      them. Without a subcommand: people.
      """,
    subcommands: [PeopleCommand.self, NationCommand.self, CountiesCommand.self],
    defaultSubcommand: PeopleCommand.self
  )
}

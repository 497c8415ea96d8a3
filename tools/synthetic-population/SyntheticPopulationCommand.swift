internal import ArgumentParser
internal import CSV
internal import Glibc
internal import RegistryModel
internal import SyntheticPopulation

/// Writes a synthetic population as an import file.
@main
struct SyntheticPopulationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synthetic-population",
    abstract: "Writes a synthetic population as an import file (one row a member, head first).",
    discussion: """
      The same options give the same bytes. ID numbers are under the never-assigned area 99xxxx: \
      only a node for synthetic data takes them.
      """
  )

  @Option(help: "The division to people: a county's code, or any above or below it.")
  var division = "421224"

  @Option(help: "About how many people.")
  var people = 20_000

  @Option(help: "The seed.")
  var seed: UInt64 = 1

  @Option(help: "The year at whose end the file stands.")
  var year = 2010

  @Option(parsing: .upToNextOption, help: "Weights of the four categories, by people.")
  var categories: [Double] = []

  @Option(parsing: .upToNextOption, help: "Weights of the report's eight causes, by household.")
  var causes: [Double] = []

  @Option(help: "The share of households below the national line.")
  var belowLine = 0.6666

  @Option(help: "The share of rows that are made faulty.")
  var faults = 0.0

  @Option(help: "Where to list the faults (row, field, rule).")
  var faultsList: String?

  @Option(help: "Where to list made-up villages (code, name), for registryd --villages.")
  var villagesList: String?

  @Option(help: "The language of the headings: zh or en.")
  var headings = "zh"

  @Option(name: .shortAndLong, help: "The file to write; standard output if none.")
  var output: String?

  func run() throws {
    guard let code = DivisionCode(division) else {
      throw ValidationError("\(division) is no division's code")
    }
    var options = PopulationOptions(division: code)
    options.people = people
    options.seed = seed
    options.year = year
    if !categories.isEmpty { options.categories = categories }
    if !causes.isEmpty { options.causes = causes }
    options.belowLine = belowLine
    options.faults = faults
    options.chineseHeadings = headings != "en"
    var generator = try PopulationGenerator(options)
    try write(&generator)
    try listFaults(generator.faults)
    try list(generator.inventedVillages)
    report(generator)
  }

  private func write(_ generator: inout PopulationGenerator) throws {
    let file = try OutputFile(path: output)
    var writer = CSVWriter()
    while generator.writeHousehold(to: &writer) {
      if writer.bytes.count > 1 << 18 { try writer.drain(to: file.descriptor) }
    }
    try writer.drain(to: file.descriptor)
  }

  private func listFaults(_ faults: [Fault]) throws {
    guard let faultsList else { return }
    let file = try OutputFile(path: faultsList)
    var writer = CSVWriter()
    writer.write(["row", "field", "rule"])
    for fault in faults { writer.write([String(fault.row), fault.field, fault.rule]) }
    try writer.drain(to: file.descriptor)
  }

  private func list(_ villages: [(code: String, name: String)]) throws {
    guard let villagesList else { return }
    let file = try OutputFile(path: villagesList)
    var writer = CSVWriter()
    writer.write(["code", "name"])
    for village in villages { writer.write([village.code, village.name]) }
    try writer.drain(to: file.descriptor)
  }

  private func report(_ generator: PopulationGenerator) {
    let text =
      "synthetic: \(generator.people) people, \(generator.households) households, "
      + "\(generator.villages) villages (\(generator.madeUpVillages) names made up), "
      + "\(generator.faults.count) faults; \(generator.skippedTownships) townships of 2022 have no "
      + "county in the table of 2010\n"
    var bytes = Array(text.utf8)
    _ = Glibc.write(STDERR_FILENO, &bytes, bytes.count)
  }
}

/// A file to write, or standard output.
private final class OutputFile {
  let descriptor: Int32

  init(path: String?) throws {
    guard let path else {
      descriptor = STDOUT_FILENO
      return
    }
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw ValidationError("cannot write \(path): \(String(cString: strerror(errno)))")
    }
  }

  deinit { if descriptor != STDOUT_FILENO { close(descriptor) } }
}

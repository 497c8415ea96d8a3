internal import ArgumentParser
internal import CSV
internal import RegistryModel
internal import SyntheticPopulation

/// `people`: a population as one import file.
struct PeopleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "people",
    abstract: "Writes a population as an import file (one row a member, head first).",
    discussion: "The same options give the same bytes."
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
    if let faultsList {
      try OutputFile.write(faultsList) { writer in
        writer.write(["row", "field", "rule"])
        for fault in generator.faults {
          writer.write([String(fault.row), fault.field, fault.rule])
        }
      }
    }
    if let villagesList {
      try OutputFile.write(villagesList) { $0.write(villages: generator.inventedVillages) }
    }
    OutputFile.tell(
      "synthetic: \(generator.people) people, \(generator.households) households, "
        + "\(generator.villages) villages (\(generator.madeUpVillages) names made up), "
        + "\(generator.faults.count) faults; \(generator.skippedTownships) townships of 2022 have no "
        + "county in the table of 2010"
    )
  }

  private func write(_ generator: inout PopulationGenerator) throws {
    let file = try OutputFile(path: output)
    var writer = CSVWriter()
    while generator.writeHousehold(to: &writer) { try file.take(&writer, all: false) }
    try file.take(&writer)
  }
}

extension CSVWriter {
  /// Writes a list of villages as `registryd --villages` reads it.
  mutating func write(villages: [(code: String, name: String)]) {
    write(["code", "name"])
    for village in villages { write([village.code, village.name]) }
  }
}

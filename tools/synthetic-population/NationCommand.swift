internal import ArgumentParser
internal import CSV
internal import SyntheticPopulation

/// `nation`: the nation of the 2010 progress report in small.
struct NationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nation",
    abstract: "Writes the nation of the 2010 progress report in small, as import files.",
    discussion: """
      Into DIR: households/CODE.csv for each of the 565 counties that upload (registryctl import), \
      returns.csv of the 384 others and pilot.csv of the state's pilot work (registryctl pilot \
      import), villages.csv (registryd --villages) and counties.csv, the list of all 949. Which \
      counties these are is made up, as all people are. The sums are the report's, divided by the \
      scale; the same options give the same bytes.
      """
  )

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder to write.", valueName: "dir"))
  var output: String

  @Option(help: "One person stands for so many: 1 to \(Nation.largestScale).")
  var scale = 1000

  @Option(help: "The seed.")
  var seed: UInt64 = 1

  @Option(help: "The language of the headings of households: zh or en.")
  var headings = "zh"

  func run() throws {
    var options = NationOptions()
    options.scale = scale
    options.seed = seed
    options.chineseHeadings = headings != "en"
    var nation = try Nation(options)
    let folder = "\(output)/households"
    try OutputFile.makeFolder(output)
    try OutputFile.makeFolder(folder)
    var writer = CSVWriter()
    while let county = nation.nextCounty() {
      let file = try OutputFile(path: "\(folder)/\(county.code).csv")
      while nation.writeHousehold(to: &writer) { try file.take(&writer, all: false) }
      try file.take(&writer)
    }
    try OutputFile.write("\(output)/counties.csv") { nation.writeCounties(to: &$0) }
    try OutputFile.write("\(output)/villages.csv") { $0.write(villages: nation.inventedVillages) }
    for (name, records) in [("returns", nation.returns), ("pilot", nation.pilotWork)] {
      try OutputFile.write("\(output)/\(name).csv") { writer in
        writer.write(Nation.recordColumns)
        for record in records { writer.write(record.row) }
      }
    }
    let uploading = nation.counties.count { $0.uploads }
    OutputFile.tell(
      "synthetic, 1:\(scale): \(nation.counties.count) pilot counties, \(uploading) of which upload "
        + "\(nation.people) people (\(nation.peopleBelowLine) below the national line) in "
        + "\(nation.households) households of \(nation.villages) villages "
        + "(\(nation.inventedVillages.count) names made up); \(nation.returns.count) returns, "
        + "\(nation.pilotWork.count) records of pilot work"
    )
  }
}

/// `counties`: the list of pilot counties that is made up.
struct CountiesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "counties",
    abstract: "Makes up the list of 949 pilot counties that comes with the program."
  )

  @Option(name: .shortAndLong, help: "The file to write; standard output if none.")
  var output: String?

  func run() throws {
    let counties = try PilotCountyList.made()
    try OutputFile.write(output) { PilotCounty.write(counties, to: &$0) }
  }
}

internal import CSV
package import RegistryModel

/// The records of the nation's pilot work, as rows of a file for `registryctl pilot import`.
extension Nation {
  /// The columns of such a file that the nation's rows fill, in their order.
  package static let recordColumns =
    [
      "label", "kind", "division", "day", "title", "level", "source", "need", "unit", "of",
      "project",
    ]
    + ["people.rural"] + returned + ["people.mobilised", "courses", "people.trained", "yuan"]
    + ["households"]

  /// The people of a return by category, in the order of `HouseholdCategory`.
  private static let returned = [
    "people.poverty-object", "people.dibao", "people.both", "people.five-guarantee",
  ]
  private static let day = "2010-12-01"
  private static let source = "合成数据"

  /// One row, by its columns.
  package struct Record: Sendable, Hashable {
    /// The cells that are not empty, by column.
    package let cells: [String: String]

    init(_ kind: String, _ division: String, _ title: String, _ more: [String: String] = [:]) {
      cells = [
        "kind": kind, "division": division, "title": title, "day": Nation.day,
        "source": Nation.source,
      ].merging(more) { $1 }
    }

    /// The row's cells, in the order of `recordColumns`.
    package var row: [String] { Nation.recordColumns.map { cells[$0] ?? "" } }
  }

  /// What the counties that do not upload return: their parts of those identified who are in no
  /// file. To be asked for when all households are written.
  package var returns: [Record] {
    let own = counties.indices.filter { !counties[$0].uploads }
    let weights = own.map { counties[$0].poor }
    let parts = zip(NationFigures.identified, peopleByCategory).map { identified, registered in
      let rest = NationFigures.scaled(identified, options.scale) - registered
      return Apportionment.parts(of: max(0, rest), by: weights)
    }
    return own.enumerated().map { index, place in
      var cells = ["people.rural": String(rural[place])]
      for (key, people) in zip(Self.returned, parts) { cells[key] = String(people[index]) }
      let county = counties[place]
      return Record("return", county.code.description, "\(county.name)建档立卡报表", cells)
    }
  }

  /// What the state records: which are the pilot counties, their rural populations, work and money.
  package var pilotWork: [Record] {
    let ofCounties = zip(counties, rural).flatMap { county, people in
      let code = county.code.description
      return [
        Record("pilot-county", code, county.name),
        Record("rural-population", code, "\(county.name)农村人口", ["people.rural": String(people)]),
      ]
    }
    let mobilised = NationFigures.scaled(NationFigures.mobilised, options.scale)
    let training = NationFigures.training
    return ofCounties
      + [
        Record("publicity", "000000", "宣传发动", ["people.mobilised": String(mobilised)]),
        Record(
          "training",
          "000000",
          "业务培训",
          ["courses": String(training.courses), "people.trained": String(training.staff)]
        ),
      ] + money
  }

  /// A budget of the state, the work funds by province, and in each province a project that is paid
  /// from the budget.
  private var money: [Record] {
    let provinces = Dictionary(grouping: counties.indices, by: { counties[$0].provinceDigits })
      .sorted { $0.key < $1.key }.map(\.value)
    let weights = provinces.map { own in Double(own.reduce(0) { $0 + rural[$1] }) }
    func parts(_ yuan: Int) -> [Int] {
      Apportionment.parts(of: NationFigures.scaled(yuan * 100, options.scale), by: weights)
    }
    let (work, support) = (
      parts(NationFigures.workFunds), parts(NationFigures.supportProjects)
    )
    let whole = (work + support).reduce(0, +)
    var records = [
      Record(
        "budget",
        "000000",
        "扶贫专项资金预算",
        ["label": "budget", "level": "state", "yuan": Self.yuan(whole)]
      )
    ]
    for (index, own) in provinces.enumerated() {
      // Where most people were registered: there the project is.
      guard let place = own.max(by: { counts[$0].people < counts[$1].people }) else { continue }
      let county = counties[place]
      let code = county.code.description
      let (label, households) = ("project \(county.provinceDigits)", counts[place].households)
      records += [
        Record(
          "work-fund",
          county.code.province.description,
          "\(county.province)工作经费",
          ["level": "state", "of": "budget", "yuan": Self.yuan(work[index])]
        ),
        Record(
          "project",
          code,
          "\(county.name)到户扶持项目",
          [
            "label": label, "need": "养殖业", "unit": "头", "yuan": Self.yuan(support[index]),
            "households": String(households),
          ]
        ),
        Record(
          "disbursement",
          code,
          "\(county.name)到户扶持资金拨付",
          [
            "level": "state", "of": "budget", "project": label, "yuan": Self.yuan(support[index]),
            "households": String(households),
          ]
        ),
      ]
    }
    return records
  }

  private static func yuan(_ fen: Int) -> String { Amount(fen: Int64(fen)).yuanText }
}

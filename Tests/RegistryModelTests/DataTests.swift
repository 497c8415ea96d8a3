import Testing

@testable import RegistryModel

@Suite struct CodeListTests {
  @Test func everyListIsThereAndFoundByEitherName() throws {
    let lists = try CodeLists.load()
    for name in CodeListName.allCases {
      let list = lists[name]
      #expect(!list.entries.isEmpty && list.name == name)
      for entry in list.entries {
        #expect(list.contains(entry.code) && list.entry(entry.code) == entry)
        #expect(list.code(for: entry.text) != nil && list.code(for: entry.chinese) != nil)
        #expect(list.code(for: entry.english.uppercased()) != nil)
      }
    }
    #expect(lists.ethnicGroup.entries.count == 58)
    #expect(lists.ethnicGroup.code(for: "土家族") == 15)
    #expect(lists.relation.code(for: "Head") == 1)
    #expect(lists.category.name.isOurs && !lists.cause.name.isOurs)
  }

  @Test(arguments: [Int32.min, -1, 0, 13, 127, 128, .max])
  func codesOutsideAreNotInTheList(code: Int32) throws {
    let list = try CodeLists.load().cause
    #expect(!list.contains(code) && list.entry(code) == nil)
  }
}

@Suite struct DataTableTests {
  @Test func quotesAreRead() throws {
    let table = try DataTable(
      bytes: Array("a,b\n\"x,\"\"y\"\"\",\nz,w".utf8),
      file: "t",
      heading: ["a", "b"]
    )
    #expect(table.fields == ["x,\"y\"", "", "z", "w"])
  }

  @Test(arguments: [
    ("", 1), ("a\n", 1), ("a,b\n1\n", 2), ("a,b\n\"1,2\n", 2), ("a,b\n\"1\"2,3\n", 2),
  ])
  func malformed(text: String, line: Int) {
    #expect(throws: ModelDataError.malformed(file: "t", line: line)) {
      try DataTable(bytes: Array(text.utf8), file: "t", heading: ["a", "b"])
    }
  }

  @Test func aMissingFileIsAnError() {
    #expect(throws: ModelDataError.missing(file: "nowhere.csv")) {
      try ModelData.bytes(of: "nowhere.csv")
    }
  }
}

@Suite struct DivisionTests {
  @Test(arguments: [
    ("000000", DivisionTier.state), ("420000", .province), ("421200", .prefecture),
    ("421224", .county), ("421224100000", .township), ("421224100001", .village),
  ])
  func levels(text: String, level: DivisionTier) throws {
    let code = try #require(DivisionCode(text))
    #expect(code.level == level && code.description == text)
    #expect(code.nominalParent.map { $0.level.rawValue + 1 == level.rawValue } ?? (level == .state))
  }

  @Test(arguments: [
    "", "42122", "4212240", "42122x", "000001", "421224000001", "420000100000", "0000000000000",
  ])
  func notCodes(text: String) {
    #expect(DivisionCode(text) == nil)
  }

  @Test func kindsFollowTheRanges() throws {
    #expect(DivisionCode("421224100000")?.kind == .town)
    #expect(DivisionCode("421224100001")?.kind == .residentsCommittee)
    #expect(DivisionCode("421224200200")?.kind == .villageCommittee)
    #expect(DivisionCode("421224")?.kind == nil)
  }

  @Test func theNationalTableHasParentsFirst() throws {
    let divisions = try NationalDivisions.load()
    var seen: Set<DivisionCode> = []
    for row in divisions.rows {
      if let parent = row.parent { #expect(seen.contains(parent)) }
      #expect(seen.insert(row.code).inserted)
    }
    #expect(divisions.rows.count { $0.level == .county } == 2856)
    #expect(divisions.rows.count { $0.isKeyCounty } == 592)
    let townships = divisions.rows.count { $0.level == .township }
    #expect(townships + divisions.skippedTownships == 41_352 && divisions.skippedTownships > 0)
    let tongshan = try #require(DivisionCode("421224"))
    #expect(divisions.below(county: tongshan).contains { $0.level == .village })
  }

  @Test func pathsCompareByStep() throws {
    let county = try #require(DivisionPath(ids: [1, 2, 3]))
    let other = try #require(DivisionPath(ids: [1, 2, 30]))
    let village = try #require(DivisionPath(ids: [1, 2, 3, 400, 5000]))
    #expect(county.contains(village) && county.contains(county) && !county.contains(other))
    #expect(village.text >= county.text && village.text < county.upperBound)
    #expect(!(other.text >= county.text && other.text < county.upperBound))
    #expect(village.ids == [1, 2, 3, 400, 5000])
  }

  @Test func aStoredPathIsOneStepLongerThanItsParents() throws {
    let state = try #require(DivisionPath("/1/", of: 1, below: nil))
    let province = try #require(DivisionPath("/1/18/", of: 18, below: state))
    #expect(province == DivisionPath(ids: [1, 18]))
    var deep = state
    for id in 2...16 as ClosedRange<Int64> {
      deep = try #require(DivisionPath(deep.text + "\(id)/", of: id, below: deep))
    }
    #expect(DivisionPath(deep.text + "17/", of: 17, below: deep) == nil)
  }

  @Test(arguments: [
    "", "/", "//", "18/", "1/18/", "/1/18", "/1/018/", "/1/19/", "/2/18/", "/1/1/18/",
  ])
  func notPaths(text: String) throws {
    let state = try #require(DivisionPath(ids: [1]))
    #expect(DivisionPath(text, of: 18, below: state) == nil)
    #expect(DivisionPath("/0/", of: 0, below: nil) == nil)
  }
}

internal import Foundation
internal import RegistryAPI
internal import RegistryCommands
internal import RegistryModel
internal import Testing

@Suite("The notice's printable page")
struct NoticePageTests {
  private static func sheet(
    _ level: DivisionLevel = .county,
    lines: Int = 2,
    synthetic: Bool = true
  ) -> NoticeSheet {
    NoticeSheet(
      notice: Notice(
        id: Array(repeating: 0xAB, count: 16),
        version: 1,
        level: level,
        division: "421224",
        openedOn: 20_110_305,
        closesFrom: 20_110_312,
        place: "政务公开栏"
      ),
      division: Division(code: "421224", name: "通山县", level: level, fullName: "湖北省咸宁市通山县"),
      lines: (0..<lines).map { place in
        NoticeLine(
          number: "A4212240000\(100 + place)",
          head: place == 0 ? "<b>王&\"小'明" : "李红",
          members: 3,
          place: "石门村 三组",
          category: level == .county ? .both : .unspecified,
          mainCause: 9
        )
      },
      synthetic: synthetic
    )
  }

  private func page(_ sheet: NoticeSheet, _ language: Language = .zh) throws -> String {
    NoticePage.html(sheet, try CodeLists.load(), language)
  }

  @Test("Everything a wall needs, in both languages")
  func content() throws {
    let chinese = try page(Self.sheet())
    for words in [
      "县级公示", "湖北省咸宁市通山县", "2011年3月5日", "2011年3月12日", "扶贫低保户", "缺资金", "李红",
      "合计：2 户，6 人", "张贴地点：政务公开栏", "通山县扶贫开发办公室", "@page { size: A4", "zh-CN",
    ] {
      #expect(chinese.contains(words), "\(words)")
    }
    let english = try page(Self.sheet(), .en)
    for words in [
      "Public notice of the county", "2011-03-05", "2011-03-12", "poverty object and dibao",
      "Households: 2. People: 6.",
      "lang=\"en\"",
    ] {
      #expect(english.contains(words), "\(words)")
    }
  }

  @Test(
    "A village's page is signed by its committee",
    arguments: [("石门村", "石门村村民委员会"), ("新城社区", "新城社区居民委员会"), ("石门村委会", "石门村委会")]
  )
  func committee(name: String, signed: String) throws {
    var sheet = Self.sheet(.village)
    sheet.division?.name = name
    #expect(try page(sheet).contains("<p>\(signed)</p>"))
  }

  @Test("Text is escaped, control characters are made visible")
  func escaping() throws {
    var sheet = Self.sheet()
    sheet.lines[1].place = "村\u{202E}<script>alert(1)</script>"
    let html = try page(sheet)
    #expect(html.contains("&lt;b&gt;王&amp;&quot;小&#39;明"))
    #expect(!html.contains("<script") && !html.contains("\u{202E}"))
    #expect(html.contains("&lt;script&gt;"))
  }

  @Test("Generated people are marked, real ones are not")
  func synthetic() throws {
    #expect(try page(Self.sheet()).contains("SYNTHETIC"))
    #expect(try !page(Self.sheet(synthetic: false)).contains("SYNTHETIC"))
  }

  @Test("A category is there once the county decided")
  func category() throws {
    #expect(try page(Self.sheet(.county)).contains("拟定属性"))
    #expect(try !page(Self.sheet(.village)).contains("拟定属性"))
    #expect(try page(Self.sheet(.township)).contains("乡（镇）级公示"))
  }

  @Test("The page loads nothing and holds every line of a long list")
  func selfContained() throws {
    let html = try page(Self.sheet(lines: 2000))
    #expect(html.components(separatedBy: "<tr>").count - 1 == 2001)
    for words in ["http:", "https:", "src=", "@import", "url("] { #expect(!html.contains(words)) }
  }
}

internal import RegistryCommands
internal import Testing

@Suite("Output formats")
struct OutputFormatTests {
  private let rows = Rows(
    [
      .init("name", "Name", "姓名"), .init("income_fen", "Income (yuan)", "收入（元）"),
      .init("category", "Category", "类别"), .init("share", "Share", "比例"),
    ],
    [
      [
        .text("王小明"), .money(fen: 123_456), .coded("1", Text(en: "dibao", zh: "低保户")),
        .share(0.331),
      ],
      [.text("Li, \"A\""), .absent, .withheld, .share(nil)],
    ]
  )

  @Test("A table aligns Chinese text and numbers")
  func table() {
    #expect(
      OutputFormat.table.text(rows, .zh) == """
        姓名     收入（元）  类别          比例
        -------  ----------  ----------  ------
        王小明     1,234.56  低保户      33.1 %
        Li, "A"              （不公开）       –

        """
    )
  }

  @Test("JSON keeps fen, codes and what is withheld")
  func json() {
    #expect(
      OutputFormat.json.text(rows, .en) == #"""
        [
          {"name": "王小明", "income_fen": 123456, "category": {"code": "1", "name": "dibao"}, "share": 0.331},
          {"name": "Li, \"A\"", "income_fen": null, "category": {"withheld": true}, "share": null}
        ]

        """#
    )
  }

  @Test("CSV has the keys as headings")
  func csv() {
    #expect(
      OutputFormat.csv.text(rows, .zh) == """
        name,income_fen,category,share
        王小明,1234.56,1,33.1
        "Li, ""A""\",,,

        """
    )
  }

  @Test("Records nest in every form")
  func record() {
    let record = Record([
      .init("number", "Number", "户号", .text("42\u{1}")),
      .init(
        "contact",
        "Contact",
        "联系",
        .record(Record([.init("x", "Long title", "标题", .flag(true))]))
      ),
      .init("members", "Members", "成员", .rows(Rows([.init("n", "N", "序")], [[.integer(-1234)]]))),
      .init("causes", "Causes", "原因", .list([.text("a"), .integer(2)])),
      .init("none", "None", "无", .rows(Rows([]))),
    ])
    #expect(
      OutputFormat.table.text(record, .en) == """
        Number  42\u{FFFD}
        Contact
          Long title  yes
        Members
               N
          ------
          -1,234
        Causes  a, 2
        None    –

        """
    )
    #expect(
      OutputFormat.json.text(record, .en) == #"""
        {
          "number": "42\u0001",
          "contact": {
            "x": true
          },
          "members": [
            {"n": -1234}
          ],
          "causes": ["a", 2],
          "none": []
        }

        """#
    )
    #expect(
      OutputFormat.csv.text(record, .en)
        == "key,value\nnumber,42\u{1}\ncontact.x,1\nmembers.1.n,-1234\ncauses,a;2\n"
    )
  }

  @Test(
    "Numbers at the edges",
    arguments: [
      (Value.integer(.min), "-9,223,372,036,854,775,808"), (.money(fen: -5), "-0.05"),
      (.money(fen: .min), "-92,233,720,368,547,758.08"), (.share(1), "100.0 %"),
      (.share(0.0005), "0.1 %"),
    ]
  )
  func numbers(value: Value, expected: String) {
    #expect(value.shown(.en) == expected)
  }
}

internal import RegistryCommands
internal import Testing

@Suite("Language")
struct LanguageTests {
  @Test(
    "The option decides, then the first locale variable that is set",
    arguments: [
      (["ping", "--lang", "zh"], ["LANG": "en_US.UTF-8"], Language.zh),
      (["ping", "--lang=en"], ["LANG": "zh_CN.UTF-8"], .en),
      (["ping"], ["LANG": "zh_CN.UTF-8"], .zh),
      (["ping"], ["LC_ALL": "C", "LANG": "zh_CN.UTF-8"], .en),
      (["ping"], ["LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en"], .zh),
      (["--", "--lang", "zh"], [:], .en), (["--lang"], [:], .en), (["--lang", "fr"], [:], .en),
    ]
  )
  func detect(arguments: [String], environment: [String: String], expected: Language) {
    #expect(Language.detect(arguments: arguments, environment: environment) == expected)
  }

  @Test(
    "Display widths",
    arguments: [
      ("abc", 3), ("户主", 4), ("户a主", 5), ("e\u{301}", 1), ("㐀𠀀", 4), ("（）", 4), ("", 0),
      ("\u{200B}", 0), ("·", 1),
    ]
  )
  func widths(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }

  @Test("What a terminal would obey is made visible")
  func safe() {
    #expect(DisplayWidth.safe("a\u{1B}[2J\n户\u{202E}") == "a\u{FFFD}[2J\u{FFFD}户\u{FFFD}")
    #expect(DisplayWidth.safe("户主 a") == "户主 a")
  }
}

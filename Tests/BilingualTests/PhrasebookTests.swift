import Bilingual
import Glibc
import Testing

@Suite struct PhrasebookTests {
  private let book = Phrasebook([
    ("no {}", "无{1}"), ("no {} in {}", "{2}中无{1}"), ("fish", "鱼"), ("the sea", "海"),
    ("{} swims", "{1}在游"),
  ])

  @Test(arguments: [
    ("fish", "鱼"), ("no fish", "无鱼"), ("no fish in the sea", "海中无鱼"),
    ("no boat in the sea", "海中无boat"), ("fish swims", "鱼在游"), ("no {2} in {1}", "{1}中无{2}"),
    ("no ", "无"),
  ])
  func theLongestPhraseWinsAndItsPartsAreTold(english: String, chinese: String) {
    #expect(book.chinese(english) == chinese)
  }

  @Test(arguments: ["", "no", "birds", "Fish", "the sea is deep"])
  func whatItDoesNotHoldIsNil(english: String) { #expect(book.chinese(english) == nil) }

  @Test func sentencesWithinSentencesEnd() {
    let deep = Phrasebook([("x{}", "甲{1}")])
    #expect(deep.chinese("xxxxxxxx") == "甲甲甲甲xxxx")
  }

  @Test(arguments: [
    (
      "no connection to 127.0.0.1:7443: connect to 127.0.0.1:7443: Connection refused",
      "无法连接 127.0.0.1:7443：对方未在监听"
    ),
    (
      "no connection to [::1]:7443: connect to [::1]:7443: no answer in time",
      "无法连接 [::1]:7443：超时无应答"
    ),
    ("the peer ended the connection: the server is shutting down", "对方结束了连接：服务器正在关闭"),
    (
      "malformed registry.v1.Household: field number: not UTF-8",
      "registry.v1.Household 格式有误：字段 number：not UTF-8"
    ),
    ("cannot open the key /k: Permission denied", "无法打开私钥 /k：权限不足"),
  ])
  func connectionsAreTold(english: String, chinese: String) {
    #expect(Phrasebook.connections.chinese(english) == chinese)
  }

  @Test func theSystemsReasonsAreTold() {
    #expect(Text(errno: ENOENT) == Text(en: "No such file or directory", zh: "没有此文件或目录"))
    #expect(Text(errno: EOVERFLOW).zh.contains("错误 \(EOVERFLOW)"))
  }
}

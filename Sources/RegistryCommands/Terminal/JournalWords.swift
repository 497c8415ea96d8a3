internal import Exchange
internal import Journal

/// What the journal's numbers mean, in words.
enum JournalWords {
  /// What an entry did.
  static func operation(_ operation: EntryOperation) -> Text {
    switch Int(operation.rawValue) {
    case 1: Text(en: "stream started", zh: "日志流开始")
    case 2: Text(en: "epoch started", zh: "纪元开始")
    case 3: Text(en: "key erased", zh: "密钥销毁")
    case 4: Text(en: "signing key set", zh: "签名密钥设定")
    case 256: Text(en: "household registered", zh: "登记户")
    case 257: Text(en: "household changed", zh: "变更户")
    case 258: Text(en: "application recorded", zh: "受理申请")
    case 259: Text(en: "step taken", zh: "办理步骤")
    case 260: Text(en: "notice posted", zh: "张贴公示")
    case 261: Text(en: "notice closed", zh: "公示结束")
    case 262: Text(en: "parameter set", zh: "设定参数")
    case 263: Text(en: "line set", zh: "设定标准")
    case 264: Text(en: "quota set", zh: "设定规模")
    case 265: Text(en: "minutes kept", zh: "会议记录")
    case 266: Text(en: "change proposed", zh: "变更建议")
    case 267: Text(en: "proposal settled", zh: "处理建议")
    case 268: Text(en: "hand-over recorded", zh: "移交")
    case 269: Text(en: "batch received", zh: "接收批次")
    case 270: Text(en: "finding told", zh: "告知发现")
    case 271: Text(en: "hand-over forwarded", zh: "转交移入")
    case 272: Text(en: "arrival settled", zh: "处理移入")
    case 273: Text(en: "standing version told", zh: "告知现状")
    case 274: Text(en: "code added", zh: "增加代码")
    default: Text(en: "operation \(operation.rawValue)", zh: "操作 \(operation.rawValue)")
    }
  }

  /// What is wrong with entries.
  static func problem(_ problem: JournalFinding.Problem) -> Text {
    switch problem {
    case .missing: Text(en: "missing", zh: "缺失")
    case .inserted: Text(en: "inserted, or out of its order", zh: "被插入或次序颠倒")
    case .malformed: Text(en: "malformed", zh: "格式错误")
    case .changed: Text(en: "changed", zh: "被改动")
    case .foreign: Text(en: "of another journal", zh: "属于其他日志")
    case .backInTime: Text(en: "older than the one before", zh: "早于前一条")
    case .root: Text(en: "not those of the next signed head", zh: "与其后签名的树头不符")
    case .signature: Text(en: "under a head that the key did not sign", zh: "其树头并非该密钥所签")
    case .key:
      Text(
        en: "a signing key that is not vouched for, or not the given one",
        zh: "签名密钥未获作证，或并非所给公钥"
      )
    case .unsigned: Text(en: "under no signed head", zh: "没有签名的树头")
    case .cut: Text(en: "cut off", zh: "被截去")
    case .rewritten: Text(en: "not those of the head that was kept", zh: "与先前保存的树头不符")
    }
  }
}

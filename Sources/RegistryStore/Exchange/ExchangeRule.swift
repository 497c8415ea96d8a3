internal import RegistryAPI
internal import RegistryModel

/// A rule of the exchange between nodes, by which it is refused as a whole.
enum ExchangeRule: String, Sendable {
  case caller = "exchange.caller"
  case blocked = "exchange.blocked"
  case streamUnknown = "exchange.stream-unknown"
  case introduction = "exchange.introduction"
  case synthetic = "exchange.synthetic"
  case signature = "exchange.signature"
  case key = "exchange.key"
  case schema = "exchange.schema"
  case fenced = "exchange.fenced"
  case gap = "exchange.gap"
  case conflict = "exchange.conflict"
  case size = "exchange.size"
  case records = "exchange.records"
  case root = "exchange.root"
  case notOpen = "exchange.not-open"
  case incomplete = "exchange.incomplete"
  case receipt = "exchange.receipt"
  case owner = "exchange.owner"
  case restored = "node.restored"
  case village = "exchange.village"
  case stream = "exchange.stream"
  case onItsWay = "household.on-its-way"
  case order = "exchange.order"
  case inTransit = "household.in-transit"
  case recipient = "exchange.recipient"
  case recipientUnknown = "exchange.recipient-unknown"

  private var words: (String, String) {
    switch self {
    case .caller: ("the caller is no node that this one exchanges with", "调用方不是与本节点交换的节点")
    case .blocked: ("the node is blocked here", "该节点已被本节点停止交换")
    case .streamUnknown: ("the stream is not known here", "本节点没有该日志流")
    case .introduction:
      ("the stream's introduction is not its node's", "日志流的介绍并非由其节点作出")
    case .synthetic:
      ("one side holds generated people and the other does not", "一方为合成数据而另一方不是")
    case .signature: ("the signature is not that of the stream's key", "签名与日志流密钥不符")
    case .key:
      (
        "the node signed with another key before: its own certificate vouches for a new one, "
          + "or an operator decides (link allow)",
        "该节点先前使用另一签名密钥：须由节点自身证书证明，或由管理人员处理（link allow）"
      )
    case .schema: ("the sender's schema is newer: upgrade this node first", "发送方的数据结构较新：请先升级本节点")
    case .fenced: ("the sender's epoch is older than one that is known", "发送方的纪元已过期")
    case .gap: ("the batch does not follow what is on record", "批次与已登记的内容不相接")
    case .conflict: ("the batch differs from what is on record", "批次与已登记的内容不一致")
    case .size: ("the batch is larger than is taken", "批次超过可接收的大小")
    case .records: ("the records are not those of the manifest", "记录与清单不符")
    case .root: ("the tree has not the root of the manifest", "哈希树根与清单不符")
    case .notOpen: ("no such batch is open", "没有打开该批次")
    case .incomplete: ("the payload is not whole yet", "数据尚未收齐")
    case .receipt: ("the receipt is not for what was sent", "回执与所发送的内容不符")
    case .owner: ("the file belongs to another node", "该档案属于其他节点")
    case .order:
      (
        "the file's earlier versions are in another county's journal and have not come yet",
        "该档案的前期版本在另一县的日志中，尚未到达"
      )
    case .onItsWay:
      ("an application of the household is on its way", "该户有办理中的申请")
    case .inTransit:
      (
        "the household moves to another county that has not taken or refused it yet",
        "该户正移交外县，对方尚未接收或拒绝"
      )
    case .recipient:
      (
        "a bundle goes to a node above or below this one, or to the office that runs it: the poverty "
          + "office, township government or village committee of its division; a village's or "
          + "township's goes to its county",
        "交换文件只能发给上级或下级节点，或管理该节点的扶贫办、乡镇政府、村委会；村、乡镇的只能发给本县"
      )
    case .recipientUnknown:
      (
        "no bundle of the recipient's node has come yet, or its division has several: name the node",
        "尚未收到接收方节点的交换文件，或该区划有多个节点：请给出节点证书"
      )
    case .stream:
      (
        "the node had another journal before: an operator decides (link allow)",
        "该节点先前使用另一日志：须由管理人员处理（link allow）"
      )
    case .village:
      (
        "a village of the sender is not on record here: add it with --villages",
        "本节点没有发送方的某村：请用 --villages 补充"
      )
    case .restored:
      (
        "the node was restored from a backup and is read-only until its later entries are back",
        "节点由备份恢复，在取回其后的日志之前只读"
      )
    }
  }

  /// The failure, with what it is about, in Chinese where that has words.
  func error(_ about: String = "", zh chinese: String? = nil) -> StoreError {
    let tail = (
      en: about.isEmpty ? "" : ": \(about)", zh: about.isEmpty ? "" : "：\(chinese ?? about)"
    )
    switch self {
    case .caller, .blocked, .introduction, .synthetic, .signature, .key, .owner, .recipient:
      return .refused(by: rawValue, words.0 + tail.en, zh: words.1 + tail.zh)
    case .streamUnknown, .notOpen, .recipientUnknown:
      return with(StoreError(.notFound, words.0 + tail.en, zh: words.1 + tail.zh))
    case .gap, .conflict, .fenced, .incomplete, .schema, .restored, .village,
      .stream, .onItsWay, .inTransit, .order:
      return with(StoreError(.precondition, words.0 + tail.en, zh: words.1 + tail.zh))
    case .size, .records, .root, .receipt:
      return with(StoreError(.invalid, words.0 + tail.en, zh: words.1 + tail.zh))
    }
  }

  private func with(_ error: StoreError) -> StoreError {
    var error = error
    error.details = ErrorDetails(
      violations: [
        Violation(rule: rawValue, messageEn: words.0, messageZh: words.1)
      ]
    )
    return error
  }
}

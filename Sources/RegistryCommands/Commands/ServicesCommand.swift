internal import ArgumentParser
internal import RPCCore
internal import RPCReflection

/// `services`: what the server serves, told by itself.
struct ServicesCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "services",
    abstract: words("Lists the server's services and methods.", "列出服务器的服务和方法。"),
    discussion: words(
      "Without a name: the services. With a service's: its methods, what they take and answer. With a "
        + "message's: its fields.",
      "不带名称时列出服务；给出服务名称时列出其方法及请求和应答；给出消息名称时列出其字段。"
    )
  )

  @Argument(
    help: ArgumentHelp(
      words(
        "A service or message, such as registry.v1.NodeService.",
        "服务或消息名称，例如 registry.v1.NodeService。"
      ),
      valueName: "name"
    )
  )
  var name: String?
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let reflection = Reflection(channel)
    guard let name else {
      let services = try await reflection.services()
      return try show(
        Rows([Rows.Column("service", "Service", "服务")], services.map { [.text($0)] }),
        on: console
      )
    }
    let pool = try await reflection.files(of: name)
    if let methods = pool.services[name] { return try show(Self.rows(methods), on: console) }
    guard let type = pool.types[name] else {
      throw CommandFailure(
        .notFound,
        en: "\(name) is neither a service nor a message",
        zh: "\(name) 既不是服务也不是消息"
      )
    }
    try show(Self.rows(type), on: console)
  }

  private static func rows(_ methods: [DynamicMethod]) -> Rows {
    Rows(
      [
        Rows.Column("method", "Method", "方法"), Rows.Column("takes", "Takes", "请求"),
        Rows.Column("answers", "Answers", "应答"),
        Rows.Column("read_only", "Changes nothing", "只读"),
      ],
      methods.map { method in
        let kind = method.descriptor.kind
        let manyIn = kind == .clientStreaming || kind == .bidirectional
        let manyOut = kind == .serverStreaming || kind == .bidirectional
        return [
          .text(method.descriptor.method), .text((manyIn ? "stream " : "") + method.input),
          .text((manyOut ? "stream " : "") + method.output), .flag(method.descriptor.isReadOnly),
        ]
      }
    )
  }

  private static func rows(_ type: DynamicType) -> Rows {
    Rows(
      [
        Rows.Column("field", "Field", "字段"), Rows.Column("number", "Number", "编号"),
        Rows.Column("type", "Type", "类型"), Rows.Column("json", "In JSON", "JSON 名称"),
      ],
      type.fields.values.sorted { $0.number < $1.number }.map { field in
        let type = field.typeName.isEmpty ? "\(field.kind)" : field.typeName
        return [
          .text(field.name), .integer(Int64(field.number)),
          .text((field.isRepeated ? "repeated " : "") + type), .text(field.jsonName),
        ]
      }
    )
  }
}

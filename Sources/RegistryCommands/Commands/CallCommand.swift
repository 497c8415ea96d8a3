internal import ArgumentParser
internal import Glibc
internal import RPCCore
internal import RPCReflection
internal import RPCServices

/// `call`: any method of the server, with messages as JSON.
struct CallCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "call",
    abstract: words("Calls any method of the server with JSON.", "以 JSON 调用服务器的任一方法。"),
    discussion: words(
      "The server itself tells what the method takes. JSON is the argument, or standard input with -, one "
        + "message after another where the method takes many; each answer is one JSON object. Fields have "
        + "the names of the .proto files or of JSON, bytes are base64, 64-bit numbers may be text. A method "
        + "that changes records goes under a key of its own and is carried out once.",
      "方法的参数格式由服务器提供。JSON 取自参数，参数为 - 时取自标准输入；可接收多条消息的方法依次读取多个对象；每个应答为一个 JSON "
        + "对象。字段可用 .proto 文件中的名称或 JSON 名称，字节为 base64，64 位数可写成文字。修改记录的方法带唯一标识，只执行一次。"
    )
  )

  @Argument(
    help: ArgumentHelp(
      words("Such as registry.v1.NodeService/GetNode.", "例如 registry.v1.NodeService/GetNode。"),
      valueName: "service/method"
    )
  )
  var method: String
  @Argument(
    help: ArgumentHelp(words("The request; {} unless given.", "请求；默认 {}。"), valueName: "json")
  )
  var json = "{}"
  @Flag(name: .long, help: help("Each answer on one line.", "每个应答占一行。")) var compact = false
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let served = try await Reflection(channel).method(method)
    let requests = try requests(served)
    let descriptor = served.method.descriptor
    var options = callOptions(writes: !descriptor.isReadOnly)
    options.onFinish = { outcome in
      if outcome.processed == .replayed {
        console.note(Text(en: "the stored answer of an earlier call", zh: "返回此前调用的存储应答"))
      }
    }
    if descriptor.kind == .unary {
      let answer = try await channel.unary(
        descriptor,
        requests[0],
        returning: RawMessage.self,
        options: options
      )
      return try print(answer, served, on: console)
    }
    let call = try await channel.open(descriptor, options: options)
    // Both ways at once: a server may answer before it has all, and wait until that is taken.
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for request in requests { try await call.send(request) }
        try await call.finishSending()
      }
      while let answer = try await call.receive(RawMessage.self) {
        try print(answer, served, on: console)
      }
      try await group.waitForAll()
    }
  }

  private func print(
    _ answer: RawMessage,
    _ served: Reflection.Served,
    on console: Console
  ) throws {
    let text = try served.pool.json(answer.bytes, as: served.method.output, indented: !compact)
    try console.output.write(text + "\n")
  }

  private func requests(_ served: Reflection.Served) throws(CommandFailure) -> [RawMessage] {
    let texts = try JSONTexts.split(json == "-" ? try Self.standardInput() : Array(json.utf8))
    let kind = served.method.descriptor.kind
    let takesMany = kind == .clientStreaming || kind == .bidirectional
    guard takesMany || texts.count == 1 else {
      throw CommandFailure(
        .usage,
        en: "the method takes one request, not \(texts.count)",
        zh: "该方法只接收一个请求，而非 \(texts.count) 个"
      )
    }
    var requests: [RawMessage] = []
    for text in texts {
      let value: JSONValue
      do {
        value = try JSONValue(parsing: text)
      } catch {
        throw CommandFailure(.dataRefused, en: "the request is not JSON", zh: "请求不是 JSON")
      }
      do throws(JSONMappingError) {
        requests.append(RawMessage(try served.pool.encode(value, as: served.method.input)))
      } catch {
        let place = error.path.isEmpty ? "" : "\(error.path): "
        throw CommandFailure(
          .dataRefused,
          en: "\(place)\(error.english)",
          zh: "\(place)\(error.chinese)"
        )
      }
    }
    return requests
  }

  private static func standardInput() throws(CommandFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .cannotRead("-", errno, .inputOutput) }
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= 64 << 20 else {
        throw CommandFailure(.dataRefused, en: "more than 64 MiB of JSON", zh: "JSON 超过 64 MiB")
      }
    }
  }
}

/// Texts of JSON that follow each other.
enum JSONTexts {
  /// Parts bytes after each outermost object; what is none is one text, for the parser to refuse.
  static func split(_ bytes: [UInt8]) throws(CommandFailure) -> [[UInt8]] {
    var texts: [[UInt8]] = []
    var current: [UInt8] = []
    var depth = 0
    var isText = false
    var isEscaped = false
    for byte in bytes {
      if current.isEmpty, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { continue }
      current.append(byte)
      if isText {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isText = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isText = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 {
          texts.append(current)
          current = []
        }
      default: break
      }
    }
    if !current.isEmpty { texts.append(current) }
    return texts.isEmpty ? [Array("{}".utf8)] : texts
  }
}

/// What a server says it serves.
struct Reflection {
  /// A method, and the types that it needs.
  struct Served: Sendable {
    let method: DynamicMethod
    let pool: DescriptorPool
  }

  private let client: ServerReflectionClient

  init(_ channel: any Channel) { client = ServerReflectionClient(channel) }

  /// The full names of its services.
  func services() async throws -> [String] {
    guard case .listServicesResponse(let list) = try await ask(.listServices("")) else {
      throw Self.unreadable
    }
    return list.service.map(\.name)
  }

  /// The methods of a service, and the types that they need.
  func service(_ name: String) async throws -> (methods: [DynamicMethod], pool: DescriptorPool) {
    let pool = try await files(of: name)
    guard let methods = pool.services[name] else { throw try await unknown(name) }
    return (methods, pool)
  }

  /// A method by `service/method` or `service.method`.
  func method(_ name: String) async throws -> Served {
    guard let end = name.lastIndex(of: "/") ?? name.lastIndex(of: ".") else {
      throw CommandFailure(
        .usage,
        en: "\(name) is not service/method",
        zh: "\(name) 不是 服务/方法"
      )
    }
    let service = String(name[..<end])
    let (methods, pool) = try await self.service(service)
    let wanted = String(name[name.index(after: end)...])
    guard let method = methods.first(where: { $0.descriptor.method == wanted }) else {
      let known = methods.map(\.descriptor.method)
      throw CommandFailure(
        .notFound,
        en: "\(service) has no method \(wanted); it has \(known.joined(separator: ", "))",
        zh: "\(service) 没有方法 \(wanted)；可用：\(known.joined(separator: "、"))"
      )
    }
    return Served(method: method, pool: pool)
  }

  /// The files that declare a service or message, with all that they import.
  func files(of symbol: String) async throws -> DescriptorPool {
    switch try await ask(.fileContainingSymbol(symbol)) {
    case .fileDescriptorResponse(let files):
      var pool = DescriptorPool()
      for file in files.fileDescriptorProto {
        try file.withUnsafeBytes { bytes in try pool.add(file: bytes) }
      }
      return pool
    case .errorResponse: throw try await unknown(symbol)
    default: throw Self.unreadable
    }
  }

  private func unknown(_ service: String) async throws -> CommandFailure {
    let known = try await services()
    return CommandFailure(
      .notFound,
      en: "the server has no service \(service); it has \(known.joined(separator: ", "))",
      zh: "服务器没有服务 \(service)；可用：\(known.joined(separator: "、"))"
    )
  }

  private func ask(
    _ question: ServerReflectionRequest.MessageRequest
  ) async throws -> ServerReflectionResponse.MessageResponse? {
    let call = try await client.serverReflectionInfo()
    var request = ServerReflectionRequest()
    request.messageRequest = question
    try await call.send(request)
    try await call.finishSending()
    var answer: ServerReflectionResponse.MessageResponse?
    for try await response in call.responses { answer = response.messageResponse }
    return answer
  }

  private static let unreadable = CommandFailure(
    .software,
    en: "the server does not tell what it serves",
    zh: "服务器未提供服务描述"
  )
}

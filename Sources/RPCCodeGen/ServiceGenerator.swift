/// Writes a service as method descriptors, a protocol to implement, and a client stub.
struct ServiceGenerator {
  private struct Method {
    let schema: SchemaMethod
    let member: String
    let input: String
    let output: String

    var kind: String {
      switch (schema.clientStreams, schema.serverStreams) {
      case (false, false): "unary"
      case (true, false): "clientStreaming"
      case (false, true): "serverStreaming"
      case (true, true): "bidirectional"
      }
    }

    // What a handler takes ahead of its context.
    var parameters: String {
      let request =
        schema.clientStreams
        ? "_ requests: RPCCore.RequestStream<\(input)>" : "_ request: \(input)"
      return schema.serverStreams
        ? "\(request), responses: RPCCore.ResponseWriter<\(output)>" : request
    }

    // The same as arguments.
    var arguments: String {
      (schema.clientStreams ? "requests" : "request")
        + (schema.serverStreams ? ", responses: responses" : "")
    }

  }

  private let schema: SchemaService
  private let methods: [Method]
  private let base: String

  init(_ service: SchemaService, _ types: TypeTable) throws(CodeGenError) {
    schema = service
    let suffix = "Service"
    let isSuffixed = service.name.hasSuffix(suffix) && service.name != suffix
    base = isSuffixed ? String(service.name.dropLast(suffix.count)) : service.name
    var methods: [Method] = []
    for method in service.methods {
      methods.append(
        Method(
          schema: method,
          member: SwiftName.member(method.name),
          input: try types.swiftName(method.input),
          output: try types.swiftName(method.output)
        )
      )
    }
    self.methods = methods
  }

  func write(_ code: inout CodeWriter) {
    writeDescriptors(&code)
    code.line()
    writeProtocol(&code)
    code.line()
    writeRegistration(&code)
    code.line()
    writeClient(&code)
  }

  private func writeDescriptors(_ code: inout CodeWriter) {
    code.line("/// The methods of `\(schema.fullName)`.")
    code.block("public enum \(base)Methods") { code in
      for method in methods {
        code.line("/// `\(method.schema.name)`.")
        code.line("public static let \(method.member) = RPCCore.MethodDescriptor(")
        code.indented { code in
          let readOnly = method.schema.isReadOnly ? ", isReadOnly: true" : ""
          code.line("service: \"\(schema.fullName)\", method: \"\(method.schema.name)\",")
          code.line("kind: .\(method.kind)\(readOnly))")
        }
      }
      code.line("/// All of them, in the order of the schema.")
      code.line("public static let all: [RPCCore.MethodDescriptor] = [")
      code.indented { code in
        for method in methods { code.line("\(method.member),") }
      }
      code.line("]")
    }
  }

  private func writeProtocol(_ code: inout CodeWriter) {
    code.documentation(schema.comment, else: "The service `\(schema.name)`.")
    code.block("public protocol \(base)Service: RPCCore.Service") { code in
      for method in methods {
        code.documentation(method.schema.comment, else: "`\(method.schema.name)`.")
        let result = method.schema.serverStreams ? "" : " -> \(method.output)"
        code.line("func \(method.member)(")
        code.line("  \(method.parameters), context: RPCCore.ServerContext")
        code.line(") async throws\(result)")
      }
    }
  }

  private func writeRegistration(_ code: inout CodeWriter) {
    code.block("extension \(base)Service") { code in
      code.line("/// Adds every method of the service to a router.")
      code.block("public func register(in router: inout RPCCore.Router)") { code in
        for method in methods {
          code.block(
            "router.\(method.kind)(\(base)Methods.\(method.member))"
          ) { code in
            let types =
              (method.schema.clientStreams
                ? "requests: RPCCore.RequestStream<\(method.input)>"
                : "request: \(method.input)")
              + (method.schema.serverStreams
                ? ", responses: RPCCore.ResponseWriter<\(method.output)>" : "")
            let result = method.schema.serverStreams ? "Void" : method.output
            code.line("(\(types), context) async throws -> \(result) in")
            code.line("try await self.\(method.member)(\(method.arguments), context: context)")
          }
        }
      }
    }
  }

  private func writeClient(_ code: inout CodeWriter) {
    code.documentation(schema.comment, else: "The service `\(schema.name)`, called remotely.")
    code.block("public struct \(base)Client: Sendable") { code in
      code.line("/// What carries the calls.")
      code.line("public let channel: any RPCCore.Channel")
      code.line()
      code.line("/// Calls the service over a channel.")
      code.line("public init(_ channel: any RPCCore.Channel) { self.channel = channel }")
      for method in methods {
        code.line()
        code.documentation(method.schema.comment, else: "`\(method.schema.name)`.")
        writeCall(&code, method)
      }
    }
  }

  private func writeCall(_ code: inout CodeWriter, _ method: Method) {
    let streams = method.schema.clientStreams
    let result =
      switch (streams, method.schema.serverStreams) {
      case (false, false): method.output
      case (false, true): "RPCCore.ResponseStream<\(method.output)>"
      case (true, false): "RPCCore.ClientStreamingCall<\(method.input), \(method.output)>"
      case (true, true): "RPCCore.BidirectionalCall<\(method.input), \(method.output)>"
      }
    let request = streams ? "" : "_ request: \(method.input), "
    let argument = streams ? "sending: \(method.input).self" : "request"
    code.line("public func \(method.member)(")
    code.line("  \(request)options: RPCCore.CallOptions = RPCCore.CallOptions()")
    code.block(") async throws -> \(result)") { code in
      code.line("try await channel.\(method.kind)(")
      code.line(
        "  \(base)Methods.\(method.member), \(argument), returning: \(method.output).self,"
      )
      code.line("  options: options)")
    }
  }
}

internal import CRPCServices
package import RPCCore
internal import RPCProtobuf
package import RPCReflection

extension ServerReflectionMethods {
  /// The method as `grpc.reflection.v1alpha` has it.
  package static let earlier = MethodDescriptor(
    service: "grpc.reflection.v1alpha.ServerReflection",
    method: "ServerReflectionInfo",
    kind: .bidirectional,
    isReadOnly: true
  )
}

/// Tells what a server serves: services, and the files that declare them.
package struct ReflectionServer: ServerReflectionService {
  private let pool: DescriptorPool
  private let services: [String]

  /// Tells of services and the files in a pool.
  package init(services: [String], pool: DescriptorPool) {
    self.services = services.sorted()
    self.pool = pool
  }

  /// The descriptors of this module's `.proto` files: a `google.protobuf.FileDescriptorSet` that lives
  /// as long as the program.
  package static var fileSet: UnsafeRawBufferPointer {
    var count = 0
    let start = rpc_services_descriptors(&count)
    return UnsafeRawBufferPointer(start: start, count: count)
  }

  /// Adds the service under its present name and the one that it had before, which tools still ask for;
  /// their messages are the same.
  package func registerAll(in router: inout Router) {
    register(in: &router)
    router.bidirectional(ServerReflectionMethods.earlier) {
      (
        requests: RequestStream<ServerReflectionRequest>,
        responses: ResponseWriter<ServerReflectionResponse>,
        context
      ) async throws -> Void in
      try await serverReflectionInfo(requests, responses: responses, context: context)
    }
  }

  /// Answers each question in turn.
  package func serverReflectionInfo(
    _ requests: RequestStream<ServerReflectionRequest>,
    responses: ResponseWriter<ServerReflectionResponse>,
    context: ServerContext
  ) async throws {
    for try await request in requests {
      var response = ServerReflectionResponse(validHost: request.host, originalRequest: request)
      response.messageResponse = answer(request)
      try await responses.write(response)
    }
  }

  private func answer(
    _ request: ServerReflectionRequest
  ) -> ServerReflectionResponse.MessageResponse {
    switch request.messageRequest {
    case .listServices:
      .listServicesResponse(
        ListServiceResponse(service: services.map { ServiceResponse(name: $0) })
      )
    case .fileByFilename(let name): file(name)
    case .fileContainingSymbol(let symbol): file(pool.fileOfSymbol[symbol] ?? "")
    case .fileContainingExtension, .allExtensionNumbersOfType: Self.nothing("no extensions here")
    case nil:
      .errorResponse(
        ErrorResponse(
          errorCode: Int32(StatusCode.invalidArgument.rawValue),
          errorMessage: "the question is not one of those known"
        )
      )
    }
  }

  private func file(_ name: String) -> ServerReflectionResponse.MessageResponse {
    guard let files = pool.closure(ofFile: name) else { return Self.nothing("not declared here") }
    return .fileDescriptorResponse(FileDescriptorResponse(fileDescriptorProto: files))
  }

  private static func nothing(_ words: String) -> ServerReflectionResponse.MessageResponse {
    .errorResponse(
      ErrorResponse(errorCode: Int32(StatusCode.notFound.rawValue), errorMessage: words)
    )
  }
}

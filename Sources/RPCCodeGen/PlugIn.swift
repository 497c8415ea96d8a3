internal import CPluginAPI
internal import CProtobufC
internal import RPCCore
internal import RPCProtobuf

/// The `protoc` plug-in: a request in, a response out.
package enum PlugIn {
  /// Answers `protoc`'s request; what is wrong with a schema is part of the answer.
  ///
  /// - Throws: an error when the request itself can't be read or the response not be written.
  package static func respond(to request: [UInt8]) throws -> [UInt8] {
    let result = try request.withUnsafeBytes { bytes in
      try requestDescriptor.withUnpacked(bytes, limits: limits) {
        (structure) throws(RPCError) in
        generate(structure.assumingMemoryBound(to: Plugin__Request.self))
      }
    }
    return try responseDescriptor.withPacked { structure, encoder in
      fill(structure.assumingMemoryBound(to: Plugin__Response.self), encoder, result)
    } _: { (packed) throws(RPCError) in
      [UInt8](unsafeUninitializedCapacity: packed.byteCount) { buffer, count in
        if let memory = buffer.baseAddress { packed.write(to: memory) }
        count = packed.byteCount
      }
    }
  }

  private struct GeneratedFile {
    let name: String
    let text: String
  }

  // A request comes from protoc itself and holds a source location for every name of every file.
  private static let limits: DecodingLimits = {
    var limits = DecodingLimits()
    limits.elementsPerField = 1 << 22
    limits.elements = 1 << 24
    limits.unknownFields = 1 << 20
    limits.arenaFactor = 64
    limits.arenaBytes = 1 << 30
    return limits
  }()

  private static let requestDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Plugin__Request()
    plugin__request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  private static let responseDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Plugin__Response()
    plugin__response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  private static func generate(
    _ request: UnsafePointer<Plugin__Request>
  ) -> Result<[GeneratedFile], CodeGenError> {
    let all = StructureReader.messages(
      request.pointee.proto_file,
      request.pointee.n_proto_file
    ) { SchemaReader.read($0) }
    let wanted = Set(
      StructureReader.strings(
        request.pointee.file_to_generate,
        request.pointee.n_file_to_generate
      )
    )
    let files = all.filter { wanted.contains($0.path) }
    return Result { () throws(CodeGenError) in
      let options = try FileGenerator.Options(
        parameter: StructureReader.string(request.pointee.parameter)
      )
      let generator = FileGenerator(files, options: options)
      var generated: [GeneratedFile] = []
      for file in files {
        generated.append(
          GeneratedFile(name: generator.outputName(file), text: try generator.generate(file))
        )
      }
      return generated
    }
  }

  private static func fill(
    _ c: UnsafeMutablePointer<Plugin__Response>,
    _ encoder: MessageEncoder,
    _ result: Result<[GeneratedFile], CodeGenError>
  ) {
    switch result {
    case .failure(let error):
      c.pointee.error = encoder.text(error.description, "Response.error")
    case .success(let files):
      c.pointee.has_supported_features = 1
      let elements = encoder.messages(files, plugin__response__file__init) { file, c in
        c.pointee.name = encoder.text(file.name, "File.name")
        c.pointee.content = encoder.text(file.text, "File.content")
      }
      if let elements {
        c.pointee.n_file = files.count
        c.pointee.file = elements
      }
    }
  }
}

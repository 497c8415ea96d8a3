/// Writes the Swift file of one `.proto` file.
struct FileGenerator {
  /// What the plug-in is told after `--registry-swift_opt=`, as `name=value,…`.
  struct Options: Sendable, Hashable {
    /// The C module with the structures of the same files (`module`).
    var module: String

    /// Reads the parameter.
    ///
    /// - Throws: `CodeGenError` when it lacks the module or holds anything else.
    init(parameter: String) throws(CodeGenError) {
      var module: String?
      for part in parameter.split(separator: ",") {
        let pieces = part.split(separator: "=", maxSplits: 1).map(String.init)
        guard pieces.count == 2, pieces[0] == "module" else {
          throw CodeGenError("unknown option '\(part)'; known: module=NAME")
        }
        module = pieces[1]
      }
      guard let module else {
        throw CodeGenError("the C module is not named: --registry-swift_opt=module=NAME")
      }
      self.module = module
    }
  }

  private let types: TypeTable
  private let options: Options

  /// Generates with the types of these files.
  init(_ files: [SchemaFile], options: Options) {
    types = TypeTable(files)
    self.options = options
  }

  /// The name of the generated file: `registry/v1/household.proto` gives `Household.pb.swift`.
  func outputName(_ file: SchemaFile) -> String {
    let base = file.path.split(separator: "/").last.map(String.init) ?? file.path
    let stem = base.hasSuffix(".proto") ? String(base.dropLast(6)) : base
    return SwiftName.upperFirst(SwiftName.plainMember(stem)) + ".pb.swift"
  }

  /// The text of the generated file.
  ///
  /// - Throws: `CodeGenError` for what the generator can't express.
  func generate(_ file: SchemaFile) throws(CodeGenError) -> String {
    var code = CodeWriter()
    code.line("// swift-format-ignore-file")
    code.line("// Generated from \(file.path) by protoc-gen-registry-swift.")
    code.line("// Do not edit: run tools/generate")
    code.line()
    if !file.messages.isEmpty {
      code.line("internal import \(options.module)")
      code.line("internal import CProtobufC")
    }
    if !file.services.isEmpty { code.line("public import RPCCore") }
    if !file.messages.isEmpty || !file.enums.isEmpty { code.line("public import RPCProtobuf") }
    for value in file.enums {
      code.line()
      EnumGenerator(value).write(&code)
    }
    for message in file.messages {
      code.line()
      try MessageGenerator(message, types).write(&code)
    }
    for service in file.services {
      code.line()
      try ServiceGenerator(service, types).write(&code)
    }
    return code.text
  }
}

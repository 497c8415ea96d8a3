/// Why a schema can't be turned into code; `protoc` prints it.
struct CodeGenError: Error, Hashable, CustomStringConvertible {
  /// A sentence naming the file, message or field and the reason.
  let description: String

  init(_ description: String) { self.description = description }
}

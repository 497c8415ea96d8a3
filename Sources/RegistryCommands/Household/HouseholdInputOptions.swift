internal import ArgumentParser
internal import Glibc
internal import RegistryAPI
internal import RegistryModel

/// The options that give a household's fields.
struct HouseholdInputOptions: ParsableArguments {
  /// The largest JSON document in bytes.
  static let documentLimit = 4 << 20

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("JSON with fields; - reads standard input.", "含字段的 JSON；- 表示标准输入。"),
      valueName: "file"
    ),
    completion: .file(extensions: ["json"])
  )
  var from: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Set one field; may be repeated.", "设置一个字段；可多次给出。"),
      valueName: "path=value"
    )
  )
  var set: [String] = []

  init() {}

  /// How fields are written, for the help of commands.
  static let form = words(
    """
    Paths are those of the schema: contact.telephone, classification.main_cause, \
    income.years.1.wages, members.2.health.states. Lists count from 1, and the number after the \
    last adds an element. With --set, amounts are yuan, quantities are in their unit, codes may \
    be given by code or name, and several are separated by semicolons. JSON nests as the paths \
    do, with arrays for lists, whole fen for amounts and hundredths for quantities: the form \
    that household get --output json prints.
    """,
    """
    路径取自消息定义，例如 contact.telephone、classification.main_cause、income.years.1.wages、\
    members.2.health.states。列表从 1 开始，末项之后的序号表示新增。用 --set 时金额以元计，数量按其单位，\
    代码可写代码或名称，多个以分号分隔。JSON 按路径嵌套，列表为数组，金额为整数分，数量为百分之一单位，\
    即 household get --output json 的形式。
    """
  )

  /// Everything that the options set, in order: the document first.
  ///
  /// - Throws: `usage`, `notFound`, `dataRefused`.
  func fields() throws(CommandFailure) -> [(path: String, input: FieldInput)] {
    var fields: [(path: String, input: FieldInput)] = []
    if let from { fields += try HouseholdDocument(try Self.read(from)).fields }
    for setting in set {
      guard let equals = setting.firstIndex(of: "="), equals != setting.startIndex else {
        throw CommandFailure(
          .usage,
          en: "--set takes PATH=VALUE",
          zh: "--set 应写作 路径=值"
        )
      }
      fields.append(
        (String(setting[..<equals]), .text(String(setting[setting.index(after: equals)...])))
      )
    }
    return fields
  }

  private static func read(_ path: String) throws(CommandFailure) -> [UInt8] {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotRead(path, errno, .notFound) }
    defer { if path != "-" { close(descriptor) } }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      guard count > 0 else {
        if errno == EINTR { continue }
        // What can be opened and not read, such as a directory, is no file of fields either.
        throw .cannotRead(path, errno, errno == EISDIR ? .notFound : .inputOutput)
      }
      bytes += buffer[..<count]
      guard bytes.count <= documentLimit else {
        throw CommandFailure(.dataRefused, en: "the JSON is larger than 4 MiB", zh: "JSON 超过 4 MiB")
      }
    }
  }
}

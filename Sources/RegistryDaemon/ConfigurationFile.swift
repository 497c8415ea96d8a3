internal import Bilingual
internal import Foundation

/// A configuration file: one JSON object whose keys are settings and whose values are text,
/// whole numbers or truth values.
package struct ConfigurationFile: Sendable {
  /// A file can be at most this long.
  package static let byteLimit = 65_536

  /// The values as text; paths made absolute from the file's folder.
  package let values: [Setting: String]
  /// The file's path.
  package let path: String

  /// Reads a file.
  ///
  /// - Throws: `ConfigurationError` when it can't be read, is no such object, or has an unknown key.
  package init(path: String) throws(ConfigurationError) {
    let source = SettingSource.file(path)
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
      throw ConfigurationError(
        key: nil,
        source: source,
        problem: Text(en: "cannot be read", zh: "无法读取")
      )
    }
    guard data.count <= Self.byteLimit else {
      throw ConfigurationError(
        key: nil,
        source: source,
        problem: Text(en: "is longer than \(Self.byteLimit) bytes", zh: "超过 \(Self.byteLimit) 字节")
      )
    }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    self.path = path
    values = try Self.values(of: data, source: source, folder: folder)
  }

  private static func values(
    of data: Data,
    source: SettingSource,
    folder: String
  ) throws(ConfigurationError) -> [Setting: String] {
    let object: [String: Scalar]
    do {
      object = try JSONDecoder().decode([String: Scalar].self, from: data)
    } catch DecodingError.typeMismatch(_, let context) where !context.codingPath.isEmpty {
      throw ConfigurationError(
        key: context.codingPath[0].stringValue,
        source: source,
        problem: Text(en: "must be text, a whole number, true or false", zh: "应为文字、整数、true 或 false")
      )
    } catch {
      throw ConfigurationError(
        key: nil,
        source: source,
        problem: Text(en: "is not one JSON object", zh: "不是单个 JSON 对象")
      )
    }
    var values: [Setting: String] = [:]
    for (key, scalar) in object.sorted(by: { $0.key < $1.key }) {
      guard let setting = Setting(rawValue: key) else {
        throw ConfigurationError(
          key: key,
          source: source,
          problem: Text(en: "is not a setting", zh: "不是设置项")
        )
      }
      let isRelative = setting.isPath(scalar.text) && !scalar.text.hasPrefix("/")
      values[setting] = isRelative ? "\(folder)/\(scalar.text)" : scalar.text
    }
    return values
  }

  /// A value of the file as text.
  private struct Scalar: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let flag = try? container.decode(Bool.self) {
        text = flag ? "true" : "false"
      } else if let number = try? container.decode(Int.self) {
        text = String(number)
      } else {
        text = try container.decode(String.self)
      }
    }
  }
}

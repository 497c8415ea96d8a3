package import Bilingual

/// What flags, environment, file and defaults say, the first of them winning for each setting.
package struct SettingLayers: Sendable {
  private let flags: [Setting: String]
  private let environment: [String: String]
  private let file: ConfigurationFile?

  /// Stacks the layers.
  package init(
    flags: [Setting: String],
    environment: [String: String],
    file: ConfigurationFile?
  ) {
    self.flags = flags
    self.environment = environment
    self.file = file
  }

  /// The variable that names the configuration file.
  package static let fileVariable = "REGISTRY_CONFIG"

  /// The value of a setting and where it comes from; nil text when nobody set it.
  package func value(of setting: Setting) -> (text: String?, source: SettingSource) {
    if let text = flags[setting] { return (text, .flag(setting)) }
    if let text = environment[setting.variable] { return (text, .environment(setting)) }
    if let file, let text = file.values[setting] { return (text, .file(file.path)) }
    return (setting.standard, .standard)
  }

  /// The text of a setting that must be set.
  package func required(_ setting: Setting) throws(ConfigurationError) -> String {
    let (text, source) = value(of: setting)
    guard let text, !text.isEmpty else {
      let summary = setting.summary
      throw ConfigurationError(
        setting,
        source,
        Text(en: "must be set: \(summary.en)", zh: "必须设置：\(summary.zh)")
      )
    }
    return text
  }

  /// The text of a setting that may stay unset; empty text is unset.
  package func optional(_ setting: Setting) -> String? {
    let text = value(of: setting).text
    return text?.isEmpty == true ? nil : text
  }

  /// A value read from a setting's text.
  ///
  /// - Throws: `ConfigurationError` naming `expected` when `read` gives nil.
  package func parsed<Value>(
    _ setting: Setting,
    expected: Text,
    _ read: (String) -> Value?
  ) throws(ConfigurationError) -> Value {
    let text = try required(setting)
    guard let value = read(text) else {
      throw ConfigurationError(
        setting,
        value(of: setting).source,
        Text(en: "must be \(expected.en)", zh: "应为\(expected.zh)")
      )
    }
    return value
  }

  /// A whole number in a range.
  package func number(
    _ setting: Setting,
    in range: ClosedRange<Int>
  ) throws(ConfigurationError) -> Int {
    try parsed(
      setting,
      expected: Text(
        en: "a whole number from \(range.lowerBound) to \(range.upperBound)",
        zh: " \(range.lowerBound) 至 \(range.upperBound) 的整数"
      )
    ) { Int($0).flatMap { range.contains($0) ? $0 : nil } }
  }
}

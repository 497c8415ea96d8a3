package import Bilingual
internal import RegistryStore

/// The settings of `registryd`; the raw value is the key in the file and the flag's name.
///
/// In the environment the same key stands in capitals with `_` for `-`, after `REGISTRY_`.
package enum Setting: String, Sendable, Hashable, CaseIterable {
  case listen
  case division
  case node
  case authorities = "ca"
  case revocations = "crl"
  case certificate
  case key
  case database
  case sealingKey = "sealing-key"
  case signingKey = "signing-key"
  case upstream
  case upstreamNode = "upstream-node"
  case upstreamWait = "upstream-wait"
  case synthetic
  case villages
  case serials
  case loops
  case drainLimit = "drain-limit"
  case logLevel = "log-level"
  case checkpointPages = "checkpoint-pages"
  case pageCache = "page-cache"
  case importWindow = "import-window"
  case limits
  case metrics
  case callLog = "call-log"

  /// The variable that sets it in the environment.
  package var variable: String {
    "REGISTRY_"
      + String(rawValue.uppercased().map { $0 == "-" ? "_" : $0 })
  }

  /// What holds where nobody sets it; nil where somebody must, or where nothing is a value.
  package var standard: String? {
    switch self {
    case .listen: "127.0.0.1:7443"
    case .node: "main"
    case .synthetic: "false"
    case .drainLimit: "20"
    case .upstreamWait: "900"
    case .logLevel: "info"
    case .checkpointPages: "32768"
    case .pageCache: "256"
    case .importWindow: "4"
    default: nil
    }
  }

  /// Whether the node does not start without it.
  package var isRequired: Bool {
    switch self {
    case .division, .authorities, .certificate, .key, .database: true
    default: false
    }
  }

  /// Whether a value names a file; in a configuration file it is then relative to that file's folder.
  package func isPath(_ value: String) -> Bool {
    switch self {
    case .authorities, .revocations, .certificate, .key, .sealingKey, .signingKey, .villages,
      .callLog:
      true
    case .database: StoreDatabase(value).isFile
    default: false
    }
  }

  /// The line of the help: what it is, and what holds where nobody sets it.
  package var help: Text {
    let summary = summary
    if isRequired {
      return Text(en: "\(summary.en); must be set", zh: "\(summary.zh)；必须设置")
    }
    guard let standard else { return summary }
    return Text(en: "\(summary.en); \(standard) unless set", zh: "\(summary.zh)；默认 \(standard)")
  }
}

/// Where the value of a setting comes from.
package enum SettingSource: Sendable, Hashable {
  /// A flag of the command line.
  case flag(Setting)
  /// A variable of the environment.
  case environment(Setting)
  /// A key of the configuration file.
  case file(String)
  /// Nobody set it.
  case standard

  /// The place as a person finds it.
  package var words: Text {
    switch self {
    case .flag(let setting):
      Text(en: "flag --\(setting.rawValue)", zh: "选项 --\(setting.rawValue)")
    case .environment(let setting):
      Text(en: "environment \(setting.variable)", zh: "环境变量 \(setting.variable)")
    case .file(let path): Text(en: "file \(path)", zh: "文件 \(path)")
    case .standard: Text(en: "not set", zh: "未设置")
    }
  }
}

/// A configuration that the node can't start with: names the key, the source and what is wrong.
package struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The key, or nil when the whole source is unusable.
  package let key: String?
  /// Where its value comes from.
  package let source: SettingSource
  /// What is wrong.
  package let problem: Text

  /// Names a setting with a wrong value.
  package init(_ setting: Setting, _ source: SettingSource, _ problem: Text) {
    self.init(key: setting.rawValue, source: source, problem: problem)
  }

  /// Names a key, or a whole source.
  package init(key: String?, source: SettingSource, problem: Text) {
    self.key = key
    self.source = source
    self.problem = problem
  }

  /// `listen (flag --listen): …`, in both languages.
  package var words: Text {
    let place = source.words
    guard let key else {
      return Text(en: "\(place.en): \(problem.en)", zh: "\(place.zh)：\(problem.zh)")
    }
    return Text(
      en: "\(key) (\(place.en)): \(problem.en)",
      zh: "\(key)（\(place.zh)）：\(problem.zh)"
    )
  }

  /// `listen (flag --listen): …`.
  package var description: String { words.en }
}

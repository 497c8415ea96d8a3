internal import RegistryStore

/// The settings of `registryd`; the raw value is the key in the file and the flag's name.
///
/// In the environment the same key stands in capitals with `_` for `-`, after `REGISTRY_`.
package enum Setting: String, Sendable, Hashable, CaseIterable {
  case listen
  case division
  case node
  case authorities = "ca"
  case certificate
  case key
  case database
  case sealingKey = "sealing-key"
  case synthetic
  case villages
  case loops
  case drainLimit = "drain-limit"
  case logLevel = "log-level"
  case checkpointPages = "checkpoint-pages"
  case importWindow = "import-window"

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
    case .logLevel: "info"
    case .checkpointPages: "32768"
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
    case .authorities, .certificate, .key, .sealingKey, .villages: true
    case .database: StoreDatabase(value).isFile
    default: false
    }
  }

  /// The line of the help: what it is, and what holds where nobody sets it.
  package var help: String {
    if isRequired { return "\(summary); must be set" }
    return standard.map { "\(summary); \($0) unless set" } ?? summary
  }

  /// What it is.
  package var summary: String {
    switch self {
    case .listen: "ADDRESS:PORT to listen on, in numbers; port 0 takes a free one, which is printed"
    case .division: "the division whose files the node owns, such as 421224"
    case .node: "the node's name, the last part of its identity registry://DIVISION/node/NAME"
    case .authorities: "PEM file with the authorities that sign certificates"
    case .certificate: "PEM file with the node's certificate"
    case .key: "PEM file with the node's private key, readable by its owner alone"
    case .database:
      "the database: a file, made on first start, or postgresql://USER@HOST/NAME?OPTIONS"
    case .sealingKey:
      "file with the key that seals personal data; made on first start; DATABASE.key unless "
        + "set, and must be set with PostgreSQL"
    case .synthetic: "true: takes generated people only; fixed at first start"
    case .villages: "CSV file with further villages (code,name), read at each start"
    case .loops: "event loops, 1 to 64; one a processor unless set"
    case .drainLimit: "seconds that calls in flight get at the end, 1 to 600"
    case .logLevel: "trace, debug, info, notice, warning, error or critical"
    case .checkpointPages: "pages of a file's write-ahead log between checkpoints, 1000 to 1000000"
    case .importWindow: "chunks of one import in work at once, 2 to 16"
    }
  }
}

/// Where the value of a setting comes from.
package enum SettingSource: Sendable, Hashable, CustomStringConvertible {
  /// A flag of the command line.
  case flag(Setting)
  /// A variable of the environment.
  case environment(Setting)
  /// A key of the configuration file.
  case file(String)
  /// Nobody set it.
  case standard

  /// The place as a person finds it.
  package var description: String {
    switch self {
    case .flag(let setting): "flag --\(setting.rawValue)"
    case .environment(let setting): "environment \(setting.variable)"
    case .file(let path): "file \(path)"
    case .standard: "not set"
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
  package let problem: String

  /// Names a setting with a wrong value.
  package init(_ setting: Setting, _ source: SettingSource, _ problem: String) {
    self.init(key: setting.rawValue, source: source, problem: problem)
  }

  /// Names a key, or a whole source.
  package init(key: String?, source: SettingSource, problem: String) {
    self.key = key
    self.source = source
    self.problem = problem
  }

  /// `listen (flag --listen): …`.
  package var description: String {
    key.map { "\($0) (\(source)): \(problem)" } ?? "\(source): \(problem)"
  }
}

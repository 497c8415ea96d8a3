package import ArgumentParser

/// The flags of `registryd`, one a setting.
package struct SettingFlags: ParsableArguments {
  @Option(help: ArgumentHelp(stringLiteral: Setting.listen.summary))
  package var listen: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.division.summary))
  package var division: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.node.summary))
  package var node: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.authorities.summary))
  package var ca: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.certificate.summary))
  package var certificate: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.key.summary))
  package var key: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.database.summary))
  package var database: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.sealingKey.summary))
  package var sealingKey: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.synthetic.summary))
  package var synthetic: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.villages.summary))
  package var villages: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.loops.summary))
  package var loops: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.drainLimit.summary))
  package var drainLimit: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.logLevel.summary))
  package var logLevel: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.checkpointPages.summary))
  package var checkpointPages: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.importWindow.summary))
  package var importWindow: String?

  /// Takes the flags of a command line.
  package init() {}

  /// The settings that flags give.
  package var values: [Setting: String] {
    let pairs: [(Setting, String?)] = [
      (.listen, listen), (.division, division), (.node, node), (.authorities, ca),
      (.certificate, certificate), (.key, key), (.database, database), (.sealingKey, sealingKey),
      (.synthetic, synthetic), (.villages, villages), (.loops, loops), (.drainLimit, drainLimit),
      (.logLevel, logLevel), (.checkpointPages, checkpointPages), (.importWindow, importWindow),
    ]
    return pairs.reduce(into: [:]) { $0[$1.0] = $1.1 }
  }
}

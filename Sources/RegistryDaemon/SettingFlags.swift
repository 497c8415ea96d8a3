package import ArgumentParser

/// The flags of `registryd`, one a setting.
package struct SettingFlags: ParsableArguments {
  @Option(help: ArgumentHelp(stringLiteral: Setting.listen.help))
  package var listen: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.division.help))
  package var division: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.node.help))
  package var node: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.authorities.help))
  package var ca: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.certificate.help))
  package var certificate: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.key.help))
  package var key: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.database.help))
  package var database: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.sealingKey.help))
  package var sealingKey: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.synthetic.help))
  package var synthetic: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.villages.help))
  package var villages: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.loops.help))
  package var loops: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.drainLimit.help))
  package var drainLimit: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.logLevel.help))
  package var logLevel: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.checkpointPages.help))
  package var checkpointPages: String?
  @Option(help: ArgumentHelp(stringLiteral: Setting.importWindow.help))
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

package import ArgumentParser
internal import Bilingual

/// The flags of `registryd`, one a setting.
package struct SettingFlags: ParsableArguments {
  @Option(help: Setting.listen.help.help)
  package var listen: String?
  @Option(help: Setting.division.help.help)
  package var division: String?
  @Option(help: Setting.node.help.help)
  package var node: String?
  @Option(help: Setting.authorities.help.help)
  package var ca: String?
  @Option(help: Setting.revocations.help.help)
  package var crl: String?
  @Option(help: Setting.certificate.help.help)
  package var certificate: String?
  @Option(help: Setting.key.help.help)
  package var key: String?
  @Option(help: Setting.database.help.help)
  package var database: String?
  @Option(help: Setting.sealingKey.help.help)
  package var sealingKey: String?
  @Option(help: Setting.signingKey.help.help)
  package var signingKey: String?
  @Option(help: Setting.upstream.help.help)
  package var upstream: String?
  @Option(help: Setting.upstreamNode.help.help)
  package var upstreamNode: String?
  @Option(help: Setting.upstreamWait.help.help)
  package var upstreamWait: String?
  @Option(help: Setting.synthetic.help.help)
  package var synthetic: String?
  @Option(help: Setting.villages.help.help)
  package var villages: String?
  @Option(help: Setting.serials.help.help)
  package var serials: String?
  @Option(help: Setting.loops.help.help)
  package var loops: String?
  @Option(help: Setting.drainLimit.help.help)
  package var drainLimit: String?
  @Option(help: Setting.logLevel.help.help)
  package var logLevel: String?
  @Option(help: Setting.checkpointPages.help.help)
  package var checkpointPages: String?
  @Option(help: Setting.pageCache.help.help)
  package var pageCache: String?
  @Option(help: Setting.importWindow.help.help)
  package var importWindow: String?
  @Option(help: Setting.limits.help.help)
  package var limits: String?
  @Option(help: Setting.metrics.help.help)
  package var metrics: String?
  @Option(help: Setting.callLog.help.help)
  package var callLog: String?

  /// Takes the flags of a command line.
  package init() {}

  /// The settings that flags give.
  package var values: [Setting: String] {
    let pairs: [(Setting, String?)] = [
      (.listen, listen), (.division, division), (.node, node), (.authorities, ca),
      (.revocations, crl),
      (.certificate, certificate), (.key, key), (.database, database), (.sealingKey, sealingKey),
      (.signingKey, signingKey), (.upstream, upstream), (.upstreamNode, upstreamNode),
      (.upstreamWait, upstreamWait),
      (.synthetic, synthetic), (.villages, villages), (.serials, serials), (.loops, loops),
      (.drainLimit, drainLimit),
      (.logLevel, logLevel), (.checkpointPages, checkpointPages),
      (.pageCache, pageCache), (.importWindow, importWindow),
      (.limits, limits), (.metrics, metrics), (.callLog, callLog),
    ]
    return pairs.reduce(into: [:]) { $0[$1.0] = $1.1 }
  }
}

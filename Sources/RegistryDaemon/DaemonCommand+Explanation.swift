internal import Bilingual

extension DaemonCommand {
  /// The help's long part.
  static func explanation(_ language: Language) -> String {
    Text(en: "\(english)\n\n\(example)\n\n\(end.en)", zh: "\(chinese)\n\n\(example)\n\n\(end.zh)")(
      language
    )
  }

  private static let english = """
    Every setting can be a flag, a variable of the environment or a key of the configuration \
    file; a flag comes before the environment, the environment before the file, the file before \
    the default. The variable of --drain-limit is REGISTRY_DRAIN_LIMIT, its key "drain-limit". \
    Paths in the file are relative to the file's folder.

    Must be set: division, ca, certificate, key, database. An example of a file:
    """

  private static let chinese = """
    每项设置均可用选项、环境变量或配置文件给出；选项优先于环境变量，环境变量优先于文件，文件优先于默认值。\
    --drain-limit 的环境变量为 REGISTRY_DRAIN_LIMIT，文件中的键为 "drain-limit"。\
    文件中的路径相对于该文件所在目录。

    必须设置：division、ca、certificate、key、database。配置文件示例：
    """

  private static let example = """
    {
      "listen": "0.0.0.0:7443",
      "division": "421224",
      "node": "main",
      "ca": "certs/ca.pem",
      "certificate": "certs/node.pem",
      "key": "certs/node-key.pem",
      "database": "data/registry.db",
      "sealing-key": "keys/registry.key",
      "synthetic": false,
      "drain-limit": 20
    }
    """

  private static let end = Text(
    en: """
      Once it serves, it prints "ready HOST:PORT" to standard output. SIGTERM and SIGINT let calls \
      in flight end within the drain limit; a second signal ends it at once. SIGHUP reads \
      certificates, authorities and revocation list again, as a change of their files does within \
      seconds. A refused connection \
      is one line of the log.

      Exit codes: 0 stopped as asked, 64 wrong flags, 69 cannot listen, 70 internal fault, \
      74 database or key file cannot be made, read or written, 75 database in use by another \
      process, 78 wrong configuration, key or database.
      """,
    zh: """
      开始服务后在标准输出打印 "ready 主机:端口"。收到 SIGTERM 或 SIGINT 后，进行中的调用可在限时内结束；\
      再次收到信号则立即结束。收到 SIGHUP 或证书文件变动后数秒内重新读取证书、机构和吊销列表。每个被拒的连接在日志中占一行。

      退出码：0 按要求停止，64 选项有误，69 无法监听，70 内部错误，74 数据库或密钥文件无法建立、读取或写入，\
      75 数据库正被另一进程使用，78 配置、密钥或数据库不符。
      """
  )
}

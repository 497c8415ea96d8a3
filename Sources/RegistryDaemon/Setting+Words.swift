package import Bilingual

extension Setting {
  /// What it is.
  package var summary: Text {
    switch self {
    case .listen:
      Text(
        en: "ADDRESS:PORT to listen on, in numbers; port 0 takes a free one, which is printed",
        zh: "监听的数字地址和端口（地址:端口）；端口 0 取空闲端口并打印"
      )
    case .division:
      Text(
        en: "the division whose files the node owns, such as 421224",
        zh: "节点所管档案的行政区划，例如 421224"
      )
    case .node:
      Text(
        en: "the node's name, the last part of its identity registry://DIVISION/node/NAME",
        zh: "节点名称，即其身份 registry://区划/node/名称 的最后一段"
      )
    case .authorities:
      Text(en: "PEM file with the authorities that sign certificates", zh: "签发证书的机构（PEM 文件）")
    case .revocations:
      Text(
        en: "PEM file with the revocation lists of these authorities, as identity revoke writes it",
        zh: "上述机构的证书吊销列表（PEM 文件），由 identity revoke 写出"
      )
    case .certificate: Text(en: "PEM file with the node's certificate", zh: "节点证书（PEM 文件）")
    case .key:
      Text(
        en: "PEM file with the node's private key, readable by its owner alone",
        zh: "节点私钥（PEM 文件），仅所有者可读"
      )
    case .database:
      Text(
        en: "the database: a file, made on first start, or postgresql://USER@HOST/NAME?OPTIONS",
        zh: "数据库：文件（首次启动时建立）或 postgresql://用户@主机/库名?选项"
      )
    case .sealingKey:
      Text(
        en: "file with the key that seals personal data; made on first start; DATABASE.key unless "
          + "set, and must be set with PostgreSQL",
        zh: "加密个人数据的密钥文件；首次启动时建立；默认为 数据库.key，使用 PostgreSQL 时必须设置"
      )
    case .signingKey:
      Text(
        en: "file with the key that signs the node's journal; made when it is absent; "
          + "DATABASE.signing.pem unless set, with PostgreSQL SEALING-KEY.signing.pem",
        zh: "为节点日志签名的密钥文件；不存在时建立；默认为 数据库.signing.pem，使用 PostgreSQL 时为 加密密钥.signing.pem"
      )
    case .upstream:
      Text(
        en: "HOST:PORT of the node above, which is kept up to date",
        zh: "上级节点的 主机:端口，本节点自动向其报送"
      )
    case .upstreamNode:
      Text(
        en: "the identity of the node above, such as registry://420000/node/main",
        zh: "上级节点的身份，例如 registry://420000/node/main"
      )
    case .upstreamWait:
      Text(
        en: "seconds between two attempts to reach the node above, at most; 1 to 86400",
        zh: "两次连接上级节点之间最长等待的秒数，1 至 86400"
      )
    case .synthetic:
      Text(
        en: "true: takes generated people only; fixed at first start",
        zh: "true：仅接受生成的人口；首次启动时确定"
      )
    case .villages:
      Text(
        en: "CSV file with further villages (code,name), read at each start",
        zh: "补充村级区划的 CSV 文件（code,name），每次启动时读取"
      )
    case .serials:
      Text(
        en: "block of the county's serials that a village or township numbers from, first-last; "
          + "fixed at first start",
        zh: "村、乡镇编号所用的县划号段（起-止）；首次启动时确定"
      )
    case .loops:
      Text(en: "event loops, 1 to 64; one a processor unless set", zh: "事件循环数，1 至 64；默认每处理器一个")
    case .drainLimit:
      Text(
        en: "seconds that calls in flight get at the end, 1 to 600",
        zh: "停止时留给进行中调用的秒数，1 至 600"
      )
    case .logLevel:
      Text(
        en: "trace, debug, info, notice, warning, error or critical",
        zh: "日志级别：trace、debug、info、notice、warning、error 或 critical"
      )
    case .checkpointPages:
      Text(
        en: "pages of the write-ahead log between checkpoints, 1000 to 1000000",
        zh: "两次检查点之间预写日志的页数，1000 至 1000000"
      )
    case .pageCache:
      Text(
        en: "MiB of the file that its writer keeps in memory, 8 to 65536",
        zh: "写入方在内存中缓存数据库文件的 MiB 数，8 至 65536"
      )
    case .limits:
      Text(
        en: "what the server takes on, as NAME=NUMBER,…; the README lists the names",
        zh: "服务器承载限额，格式为 名称=数值,…；名称见 README"
      )
    case .metrics:
      Text(
        en: "ADDRESS:PORT of this machine where counts are served as /metrics, in OpenMetrics text",
        zh: "本机 地址:端口，以 OpenMetrics 文本在 /metrics 提供计数"
      )
    case .callLog:
      Text(
        en:
          "file that gets a line of JSON for each call, without personal data; opened anew on SIGHUP",
        zh: "每次调用写入一行 JSON 的文件（不含个人数据）；收到 SIGHUP 时重新打开"
      )
    case .importWindow:
      Text(en: "chunks of one import in work at once, 2 to 16", zh: "一次导入同时处理的批数，2 至 16")
    }
  }
}

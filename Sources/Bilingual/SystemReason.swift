internal import Glibc

extension Text {
  /// The system's words for an error number.
  package init(errno number: Int32) {
    let english = String(cString: strerror(number))
    self.init(en: english, zh: Phrasebook.system.chinese(english) ?? "\(english)（错误 \(number)）")
  }
}

extension Phrasebook {
  /// What the system says of files and sockets.
  package static let system = Phrasebook([
    ("No such file or directory", "没有此文件或目录"),
    ("Permission denied", "权限不足"),
    ("Operation not permitted", "不允许此操作"),
    ("Is a directory", "这是目录"),
    ("Not a directory", "不是目录"),
    ("File exists", "文件已存在"),
    ("No space left on device", "磁盘空间已满"),
    ("Disk quota exceeded", "磁盘配额已满"),
    ("Read-only file system", "文件系统只读"),
    ("Input/output error", "读写错误"),
    ("Broken pipe", "接收方已关闭"),
    ("Too many open files", "打开的文件过多"),
    ("Too many levels of symbolic links", "符号链接层数过多"),
    ("File name too long", "文件名过长"),
    ("File too large", "文件过大"),
    ("Invalid argument", "参数无效"),
    ("Bad file descriptor", "文件已关闭"),
    ("Cannot allocate memory", "内存不足"),
    ("Connection refused", "对方未在监听"),
    ("Connection reset by peer", "连接被对方重置"),
    ("Connection timed out", "连接超时"),
    ("No route to host", "无法到达主机"),
    ("Network is unreachable", "网络不可达"),
    ("Address already in use", "地址已被占用"),
    ("Cannot assign requested address", "本机没有此地址"),
    ("Name or service not known", "主机名未知"),
    ("No address associated with hostname", "主机名没有地址"),
    ("Temporary failure in name resolution", "暂时无法解析主机名"),
    ("Transport endpoint is not connected", "连接已断开"),
  ])
}

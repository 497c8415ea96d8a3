extension Phrasebook {
  /// What the layers that keep files say.
  package static let storage =
    Phrasebook.system
    + Phrasebook([
      ("the key file cannot be created: {}", "无法建立密钥文件：{1}"),
      ("the key file cannot be written: {}", "无法写入密钥文件：{1}"),
      ("the key file cannot be synced: {}", "无法将密钥文件写入磁盘：{1}"),
      ("the key file cannot be opened: {}", "无法打开密钥文件：{1}"),
      ("the key file cannot be read: {}", "无法读取密钥文件：{1}"),
      ("the key file cannot be examined: {}", "无法检查密钥文件：{1}"),
      ("the key file is damaged: {}", "密钥文件损坏：{1}"),
      ("it is too long", "过长"),
      ("a key stands twice", "有重复的密钥"),
      ("line {} is not a key", "第 {1} 行不是密钥"),
      ("line {} has a slip in its digits", "第 {1} 行数字有误"),
      ("it is not a plain file", "不是普通文件"),
      ("the key file holds no key", "密钥文件中没有密钥"),
      ("the key file holds more than {} keys", "密钥文件中的密钥超过 {1} 个"),
      (
        "the key file is open to others than its owner; its mode must be 0600",
        "密钥文件可被所有者以外的人使用；权限应为 0600"
      ),
      ("the key file belongs to another user", "密钥文件属于其他用户"),
      ("the lock file cannot be opened: {}", "无法打开锁文件：{1}"),
      ("the lock file cannot be locked: {}", "无法锁定锁文件：{1}"),
      ("another process has the database open for writing", "数据库正被另一进程使用"),
      ("the file is a database of another program (id {})", "文件是另一程序的数据库（标识 {1}）"),
      ("the database cannot be created: {}", "无法建立数据库：{1}"),
      ("the database cannot be read: {}", "无法读取数据库：{1}"),
      ("the database's directory cannot be opened: {}", "无法打开数据库所在目录：{1}"),
      ("the database's directory cannot be synced: {}", "无法将数据库所在目录写入磁盘：{1}"),
      ("the file system does not allow a write-ahead log", "文件系统不支持预写日志"),
      (
        "the database has schema {}, this program knows {}: it was written by a newer version",
        "数据库结构版本为 {1}，本程序仅支持到 {2}：由较新的版本写成"
      ),
      ("schema step {} is recorded as {}, not {}", "数据库结构第 {1} 步记为 {2}，应为 {3}"),
      ("schema step {} is missing in the database", "数据库缺少结构第 {1} 步"),
      ("file is not a database", "文件不是数据库"),
      ("unable to open database file", "无法打开数据库文件"),
      ("attempt to write a readonly database", "数据库只读，无法写入"),
      ("database disk image is malformed", "数据库页面损坏"),
      ("database or disk is full", "磁盘已满"),
      ("disk I/O error", "磁盘读写错误"),
      ("database is locked", "数据库被锁定"),
      ("{} is not a database", "{1} 不是数据库"),
    ])
}

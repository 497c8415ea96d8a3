extension Phrasebook {
  /// What the protocol's engine says of frames that break its rules (`proto/PROTOCOL.md`).
  static let frames = Phrasebook([
    ("the first frame is not HELLO", "首帧不是 HELLO"),
    ("a second HELLO", "重复的 HELLO"),
    ("a malformed HELLO", "HELLO 格式有误"),
    ("a limit in HELLO is outside its bounds", "HELLO 中的限额超出范围"),
    ("a malformed OPEN", "OPEN 格式有误"),
    ("an OPEN frame from a server", "服务器发出了 OPEN 帧"),
    ("a malformed GOAWAY", "GOAWAY 格式有误"),
    ("a PING without 8 bytes", "PING 不是 8 字节"),
    ("a CREDIT without 8 bytes", "CREDIT 不是 8 字节"),
    ("a call id that is even or too large", "调用编号为偶数或过大"),
    ("a call id used again", "调用编号重复使用"),
    ("a DATA frame for a call that was never opened", "DATA 帧所属的调用从未开始"),
    ("a {} frame for a call that was never opened", "{1} 帧所属的调用从未开始"),
    ("a {} frame for a call", "{1} 帧不应属于某一调用"),
    ("a {} frame from a client", "客户端发出了 {1} 帧"),
    ("a frame header's zero bytes are not zero", "帧头的保留字节不为零"),
    ("a frame of {} bytes is over the limit", "{1} 字节的帧超过限额"),
    ("unknown frame type {}", "未知的帧类型 {1}"),
    ("more DATA than the connection's credit", "DATA 超过连接的额度"),
    ("too many resets and control frames without progress", "中止帧和控制帧过多而无进展"),
    ("a second head, or one after a message", "应答头重复，或排在消息之后"),
  ])
}

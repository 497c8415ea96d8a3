/// What a message may cost its reader before it is refused.
///
/// The scan that runs ahead of unpacking checks all of these except `arenaBytes`, which the memory
/// for unpacking itself keeps. libprotobuf-c has no such limits of its own.
public struct DecodingLimits: Sendable, Hashable {
  /// The most levels of nesting, the outermost message counted: 32; values above 100 count as 100,
  /// since unpacking takes stack for each level.
  public var depth = 32
  /// The most bytes of one message: 64 MiB.
  public var messageBytes = 64 << 20
  /// The most elements of one repeated field or map: 65,536.
  public var elementsPerField = 65_536
  /// The most elements of all repeated fields together, at all levels: 262,144.
  public var elements = 262_144
  /// The most fields that the schema does not know, at all levels: 1,024. They are not kept.
  public var unknownFields = 1_024
  /// Unpacking may take 32 bytes of memory for each byte of the message (lists of small messages
  /// need up to 26), …
  public var arenaFactor = 32
  /// … 1 MiB more, for lists of messages that are nearly empty, …
  public var arenaAllowance = 1 << 20
  /// … and never more than 64 MiB.
  public var arenaBytes = 64 << 20

  /// The limits named above.
  public init() {}

  /// The limits named above.
  public static let standard = DecodingLimits()

  /// The levels that the scan's stack has room for.
  static let greatestDepth = 100

  /// How many bytes the unpacked form of a message of so many bytes may take.
  func arenaBytes(forMessageOf byteCount: Int) -> Int {
    let (product, overflow) = byteCount.multipliedReportingOverflow(by: max(1, arenaFactor))
    if overflow { return arenaBytes }
    let (sum, sumOverflow) = product.addingReportingOverflow(max(0, arenaAllowance))
    return sumOverflow ? arenaBytes : min(sum, arenaBytes)
  }
}

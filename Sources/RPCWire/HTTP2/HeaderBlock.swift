internal import CNGHTTP2

/// Header fields on their way to nghttp2, which copies what it is given.
struct HeaderBlock: ~Copyable {
  private var octets: [UInt8] = []
  private var lengths: [(name: Int, value: Int)] = []

  init() {}

  mutating func add(_ name: String, _ value: String) {
    lengths.append((name.utf8.count, value.utf8.count))
    octets += name.utf8
    octets += value.utf8
  }

  mutating func add(_ name: String, _ value: [UInt8]) {
    lengths.append((name.utf8.count, value.count))
    octets += name.utf8
    octets += value
  }

  /// Hands the fields out as nghttp2 takes them; valid within the closure.
  mutating func withFields<Result>(
    _ body: (UnsafePointer<nghttp2_nv>?, Int) -> Result
  ) -> Result {
    octets.withUnsafeMutableBufferPointer { octets in
      withUnsafeTemporaryAllocation(of: nghttp2_nv.self, capacity: lengths.count) { fields in
        var place = 0
        for (index, length) in lengths.enumerated() {
          let start = octets.baseAddress.map { $0 + place }
          fields.initializeElement(
            at: index,
            to: nghttp2_nv(
              name: start,
              value: start.map { $0 + length.name },
              namelen: length.name,
              valuelen: length.value,
              flags: 0
            )
          )
          place += length.name + length.value
        }
        return body(fields.baseAddress, lengths.count)
      }
    }
  }
}

/// Header fields that are the same for every call.
struct FixedHeaders: @unchecked Sendable {
  // Unchecked: never written, and what it points to lives as long as the program.

  let fields: UnsafePointer<nghttp2_nv>
  let count: Int

  init(_ pairs: [(StaticString, StaticString)]) {
    let memory = UnsafeMutablePointer<nghttp2_nv>.allocate(capacity: pairs.count)
    let flags = UInt8(
      NGHTTP2_NV_FLAG_NO_COPY_NAME.rawValue | NGHTTP2_NV_FLAG_NO_COPY_VALUE.rawValue
    )
    for (index, pair) in pairs.enumerated() {
      (memory + index).initialize(
        to: nghttp2_nv(
          name: UnsafeMutablePointer(mutating: pair.0.utf8Start),
          value: UnsafeMutablePointer(mutating: pair.1.utf8Start),
          namelen: pair.0.utf8CodeUnitCount,
          valuelen: pair.1.utf8CodeUnitCount,
          flags: flags
        )
      )
    }
    fields = UnsafePointer(memory)
    count = pairs.count
  }

  /// How every response begins.
  static let head = FixedHeaders([
    (":status", "200"), ("content-type", "application/grpc"),
    ("grpc-accept-encoding", "identity,gzip"),
  ])
  /// How every response ends that went well and adds nothing.
  static let success = FixedHeaders([("grpc-status", "0")])
}

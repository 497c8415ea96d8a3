internal import CSV
internal import Glibc
internal import Testing

@Suite("CSV reader", .timeLimit(.minutes(1)))
struct CSVReaderTests {
  @Test(
    "Records are read as RFC 4180 says",
    arguments: [
      ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
      ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
      ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
      ("\u{FEFF}户号,姓名\n", [["户号", "姓名"]]),
      ("\"a,1\",\"x\"\"y\"\n", [["a,1", "x\"y"]]),
      ("\"two\r\nlines\",z\n", [["two\r\nlines", "z"]]),
      ("a,,\n,\n", [["a", "", ""], ["", ""]]),
      ("\n\r\n\na\n\n", [["a"]]),
      ("\"\"\n", [[""]]),
      ("\"\"\"\"", [["\""]]),
      ("a,b,", [["a", "b", ""]]),
      ("", []),
      ("\u{FEFF}", []),
    ]
  )
  func records(text: String, expected: [[String]]) throws {
    #expect(try read(Array(text.utf8)).map(\.fields) == expected)
  }

  @Test("Rows carry the physical line on which they start")
  func lines() throws {
    let rows = try read(Array("h\n\"a\nb\r\nc\rd\",1\n\nx\ry\r\nz".utf8))
    #expect(rows.map(\.line) == [1, 2, 7, 8, 9])
  }

  @Test(
    "Faults name code, line and column",
    arguments: [
      ("a,b\nc,d\"e\n", CSVError.Code.strayQuote, 2, 2),
      ("a,\"b\"c\n", .strayQuote, 1, 2),
      ("a\n\"b\nc\n", .unterminatedQuote, 2, 1),
      ("a\n1,\"b", .unterminatedQuote, 2, 2),
    ]
  )
  func faults(text: String, code: CSVError.Code, line: Int, column: Int) throws {
    let error = try #require(throws: CSVError.self) { try read(Array(text.utf8)) }
    #expect(error.code == code)
    #expect(error.line == line)
    #expect(error.column == column)
  }

  @Test(
    "Bytes that are not text are refused with their line, after the records before them",
    arguments: [
      (Array("姓名\n一\n".utf8) + [0x78, 0xFF, 0x0A], CSVEncoding.utf8, 3),
      (Array("a\n\"b\n".utf8) + [0xC0, 0x80], .utf8, 3),
      (Array("a\nb\n".utf8) + [0xE6, 0x88], .utf8, 3),
      (Array("a\nb\nc,".utf8) + [0xFF, 0xFF], .gb18030, 3),
      (Array("a\n".utf8) + [0xED, 0xA0, 0x80], .utf8, 2),
    ]
  )
  func invalidBytes(bytes: [UInt8], encoding: CSVEncoding, line: Int) throws {
    let file = try TemporaryFile(bytes)
    let reader = try CSVReader(descriptor: file.descriptor, encoding: encoding)
    let error = try #require(throws: CSVError.self) { while try reader.next() {} }
    #expect(error.code == .invalidBytes)
    #expect(error.line == line)
    #expect(reader.line == line - 1 || line == 3 && reader.line == 1)
  }

  @Test(
    "A NUL is told as such, with its line, whatever the encoding",
    arguments: [
      ("户号,姓名\n1,王\n2,李\u{0}\n", CSVEncoding?.none, 3, 2),
      ("户号,姓名\n\"1\n\u{0}\",王\n", nil, 3, 1), ("a\nb,\u{0}", .utf8, 2, 2),
      ("a\nb,\u{0}", .gb18030, 2, 2), ("\u{0}a\n", nil, 1, 1), ("a\n\u{0}", nil, 2, 1),
    ]
  )
  func nul(text: String, encoding: CSVEncoding?, line: Int, column: Int) throws {
    let file = try TemporaryFile(Array(text.utf8))
    let reader = try CSVReader(descriptor: file.descriptor, encoding: encoding)
    let error = try #require(throws: CSVError.self) { while try reader.next() {} }
    #expect(error.code == .nul && error.line == line && error.column == column)
    #expect(error.message == "a NUL character")
  }

  @Test(
    "The encoding is found",
    arguments: [
      (Array("户号,姓名\n".utf8), CSVEncoding.utf8, ["户号", "姓名"]),
      ([0xBB, 0xA7, 0xBA, 0xC5, 0x2C, 0xD0, 0xD5, 0xC3, 0xFB, 0x0A], .gb18030, ["户号", "姓名"]),
      // 㐀, a four-byte character of GB 18030.
      ([0x81, 0x39, 0xEE, 0x39], .gb18030, ["㐀"]),
      (Array("plain".utf8), .utf8, ["plain"]),
    ]
  )
  func detection(bytes: [UInt8], encoding: CSVEncoding, fields: [String]) throws {
    let file = try TemporaryFile(bytes)
    let reader = try CSVReader(descriptor: file.descriptor)
    #expect(reader.encoding == encoding)
    #expect(try reader.next())
    #expect(reader.texts == fields)
    #expect(try !reader.next())
  }

  @Test("UTF-16 is refused in words")
  func utf16() throws {
    let error = #expect(throws: CSVError.self) { try read([0xFF, 0xFE, 0x61, 0x00]) }
    #expect(error?.code == .unsupportedEncoding)
  }

  @Test("A record may straddle every chunk", arguments: [CSVEncoding.utf8, .gb18030])
  func chunks(encoding: CSVEncoding) throws {
    let row = "01,\"多\"\"行\n字段\",末\r\n"
    let gb: [UInt8] =
      Array("01,\"".utf8) + [0xB6, 0xE0] + Array("\"\"".utf8) + [0xD0, 0xD0, 0x0A]
      + [0xD7, 0xD6, 0xB6, 0xCE] + Array("\",".utf8) + [0xC4, 0xA9, 0x0D, 0x0A]
    let bytes = encoding == .utf8 ? Array(row.utf8) : gb
    let count = 20_000
    let file = try TemporaryFile(Array(repeatElement(bytes, count: count).joined()))
    let reader = try CSVReader(descriptor: file.descriptor)
    #expect(reader.encoding == encoding)
    var number = 0
    while try reader.next() {
      number += 1
      guard reader.texts == ["01", "多\"行\n字段", "末"], reader.line == number * 2 - 1 else {
        Issue.record("record \(number) on line \(reader.line)")
        return
      }
    }
    #expect(number == count)
  }

  @Test(
    "A line without end is refused before it is read",
    arguments: [
      ("a", "", CSVError.Code.fieldTooLong), ("a", "\"", .fieldTooLong), ("a,", "", .tooManyFields),
      ("0123456789,", "", .tooManyFields), ("\n", "\"", .fieldTooLong),
    ]
  )
  func endless(unit: String, prefix: String, code: CSVError.Code) throws {
    let text = prefix + String(repeating: unit, count: 8 * 1024 * 1024 / unit.utf8.count)
    let file = try TemporaryFile(Array(text.utf8))
    let error = try #require(throws: CSVError.self) {
      let reader = try CSVReader(descriptor: file.descriptor)
      while try reader.next() {}
    }
    #expect(error.code == code)
    #expect(error.line == 1 || unit == "\n")
    // No more than two chunks were read.
    #expect(lseek(file.descriptor, 0, SEEK_CUR) <= 2 * CSVLimits().chunk)
  }

  @Test("The limits are exact")
  func limits() throws {
    var limits = CSVLimits()
    limits.field = 5
    limits.record = 20
    limits.fields = 3
    #expect(try read(Array("12345,\"12345\",1\n".utf8), limits).count == 1)
    for (text, code) in [
      ("123456,1", CSVError.Code.fieldTooLong), ("1,\"123456\"", .fieldTooLong),
      ("1,2,3,4", .tooManyFields), ("\"12345\",\"12345\",\"12345\"", .recordTooLong),
    ] {
      let error = #expect(throws: CSVError.self) { try read(Array(text.utf8), limits) }
      #expect(error?.code == code)
    }
  }

  @Test("Arbitrary bytes end in records or an error", arguments: 0..<64)
  func arbitrary(seed: UInt64) throws {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    let alphabet: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D, 0x61, 0xE6, 0x88, 0xB7, 0x81, 0x30, 0xFF]
    let bytes = (0..<300).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return alphabet[Int(state >> 33) % (seed % 2 == 0 ? 5 : alphabet.count)]
    }
    do {
      for row in try read(bytes) { #expect(row.line > 0 && !row.fields.isEmpty) }
    } catch let error as CSVError {
      #expect(error.line > 0)
    }
  }

  private func read(
    _ bytes: [UInt8],
    _ limits: CSVLimits = CSVLimits()
  ) throws -> [(line: Int, fields: [String])] {
    let file = try TemporaryFile(bytes)
    let reader = try CSVReader(descriptor: file.descriptor, limits: limits)
    var rows: [(line: Int, fields: [String])] = []
    while try reader.next() { rows.append((reader.line, reader.texts)) }
    return rows
  }
}

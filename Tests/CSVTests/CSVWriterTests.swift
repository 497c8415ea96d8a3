internal import CSV
internal import Testing

@Suite("CSV writer")
struct CSVWriterTests {
  @Test(
    "Fields are quoted where they must be and never altered",
    arguments: [
      (["a", "户"], "a,户\n"), (["a,b", "say \"x\""], "\"a,b\",\"say \"\"x\"\"\"\n"),
      (["two\nlines"], "\"two\nlines\"\n"), ([" a", "b\t"], "\" a\",\"b\t\"\n"),
      (["=1+1", "-2"], "=1+1,-2\n"), ([""], "\"\"\n"), (["", ""], ",\n"), ([], "\n"),
      (["\u{FEFF}a"], "\"\u{FEFF}a\"\n"),
    ]
  )
  func quoting(record: [String], expected: String) {
    var writer = CSVWriter()
    writer.write(record)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
  }

  @Test("What is written is read back", arguments: [CSVWriter.LineEnd.lf, .crlf])
  func roundTrip(lineEnd: CSVWriter.LineEnd) throws {
    let records = [["户号", "备\"注\""], ["", "a\r\nb"], [""], ["x,y", " z "]]
    var writer = CSVWriter(lineEnd: lineEnd, byteOrderMark: true)
    for record in records { writer.write(record) }
    let file = try TemporaryFile()
    try writer.drain(to: file.descriptor)
    #expect(writer.bytes.isEmpty)
    let copy = try TemporaryFile(file.contents)
    let reader = try CSVReader(descriptor: copy.descriptor)
    for record in records {
      #expect(try reader.next())
      #expect(reader.texts == record)
    }
    #expect(try !reader.next())
  }

  @Test("A descriptor that cannot be written is an error, and nothing is lost")
  func closed() throws {
    var writer = CSVWriter()
    writer.write(["a"])
    let error = #expect(throws: CSVError.self) { try writer.drain(to: -1) }
    #expect(error?.code == .output)
    #expect(writer.bytes.count == 2)
  }
}

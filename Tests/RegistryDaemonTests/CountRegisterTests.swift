import CoreMetrics
import RPCCore
import RPCServices
import Testing

/// What the process counts through swift-metrics, and how it is written.
@Suite struct CountRegisterTests {
  private let register = CountRegister()

  /// The lines of the page that are about names of the tests'.
  private var lines: [String] {
    OpenMetrics(ServerSnapshot(), process: ProcessUse(), counts: register).text
      .split(separator: "\n").map(String.init)
      .filter { $0.hasPrefix("t_") || $0.hasPrefix("# TYPE t_") }
  }

  @Test func countersGoOnWhereTheyStood() {
    for amount in [2, 3] as [Int64] {
      register.makeCounter(label: "t.writes_total", dimensions: [("kind", "a\"b")])
        .increment(by: amount)
    }
    register.makeCounter(label: "t.writes_total", dimensions: []).increment(by: .max)
    register.makeCounter(label: "t.writes_total", dimensions: []).increment(by: 1)
    register.makeFloatingPointCounter(label: "t_share", dimensions: []).increment(by: 0.5)
    #expect(
      lines == [
        "# TYPE t_writes counter", "t_writes_total \(Int64.max)",
        #"t_writes_total{kind="a\"b"} 5"#, "# TYPE t_share counter", "t_share_total 0.5",
      ]
    )
  }

  @Test func gaugesAndSummaries() {
    let meter = register.makeMeter(label: "t_level", dimensions: [])
    meter.set(Int64(4))
    meter.increment(by: 1.5)
    meter.decrement(by: 0.5)
    register.makeRecorder(label: "t_last", dimensions: [], aggregate: false).record(Int64(7))
    register.makeMeter(label: "t_none", dimensions: []).set(Double.nan)
    let sizes = register.makeRecorder(label: "t_sizes", dimensions: [], aggregate: true)
    for size in [1, 2, 6] as [Int64] { sizes.record(size) }
    #expect(
      lines == [
        "# TYPE t_last gauge", "t_last 7.0", "# TYPE t_level gauge", "t_level 5.0",
        "# TYPE t_none gauge", "t_none NaN", "# TYPE t_sizes summary", "t_sizes_count 3",
        "t_sizes_sum 9.0",
      ]
    )
  }

  @Test func timersAreHistograms() {
    let timer = register.makeTimer(label: "t_seconds", dimensions: [("of", "x")])
    for nanoseconds in [1_000, 20_000, 3_000_000, -1] {
      timer.recordNanoseconds(Int64(nanoseconds))
    }
    let found = lines
    #expect(found.first == "# TYPE t_seconds histogram" && found.count == 28, "\(found)")
    #expect(found.contains(#"t_seconds_bucket{of="x",le="0.000008"} 2"#), "\(found)")
    #expect(found.contains(#"t_seconds_bucket{of="x",le="0.000032"} 3"#))
    #expect(found.contains(#"t_seconds_bucket{of="x",le="+Inf"} 4"#))
    #expect(found.contains(#"t_seconds_sum{of="x"} 0.003021"#))
  }

  /// Two kinds under one name, and a name of the server's own, would make the page unreadable.
  @Test func aNameStandsForOneKind() {
    register.makeCounter(label: "t_name", dimensions: []).increment(by: 1)
    register.makeTimer(label: "t_name", dimensions: []).recordNanoseconds(1)
    register.makeMeter(label: "t_name", dimensions: [("a", "b")]).set(Int64(1))
    register.makeCounter(label: "registry_held_bytes", dimensions: []).increment(by: 77)
    #expect(lines == ["# TYPE t_name counter", "t_name_total 1"])
    let page = OpenMetrics(ServerSnapshot(), process: ProcessUse(), counts: register).text
    #expect(page.contains("registry_held_bytes 0\n") && !page.contains("77"))
  }
}

import Foundation
import TestCertificates
import Testing

private let browser = ProcessInfo.processInfo.environment["REGISTRY_TEST_BROWSER"]

/// The report's page in a real browser: what it measures of its own layout, and what it prints.
@Suite(.enabled(if: browser != nil, "tools/test finds a browser"))
struct ReportPageTests {
  /// Runs the browser without a window, on a profile of its own.
  private func browse(_ desk: AloneDesk, _ words: String...) async throws -> String {
    let run = try await DaemonProcess.run(
      [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--no-first-run", "--disable-extensions", "--disable-background-networking",
        "--hide-scrollbars", "--window-size=794,1123", "--user-data-dir=\(desk.path("profile"))",
      ] + words,
      environment: ["HOME": desk.path("home"), "LC_ALL": "C.UTF-8"],
      program: URL(fileURLWithPath: try #require(browser))
    )
    return run.output
  }

  /// The page of a county with files, work and money.
  private func page(_ desk: AloneDesk) async throws -> String {
    try await desk.create("county.db", "421224")
    let people = try await desk.people(300, seed: 9)
    try await desk.done(desk.county, "county.db", "import", people)
    for words in [
      ["rural-population", "--title", "农村人口", "--figure", "people.rural=400"],
      ["training", "--title", "培训", "--figure", "courses=4", "--figure", "people.trained=816"],
      ["budget", "--title", "预算", "--figure", "yuan=1200.50", "--level", "county"],
      ["budget", "--title", "捐赠", "--figure", "yuan=987654321.09", "--level", "society"],
      ["publicity", "--title", "宣传", "--figure", "people.mobilised=219000"],
    ] {
      let run = try await desk.run(
        ["pilot", "record"] + words + [
          "--database", desk.path("county.db"), "--ca", desk.county.authority, "--cert",
          desk.county.chain, "--key", desk.county.key,
        ]
      )
      try #require(run.code == 0, "\(words): \(run.error)")
    }
    let run = try await desk.run(
      desk.county,
      "county.db",
      "report",
      "--output",
      "html"
    )
    try #require(run.code == 0 && run.output.hasPrefix("<!DOCTYPE html>"), "\(run.error)")
    return run.output
  }

  /// What the page measures: written by a script that the test alone puts into it.
  private static let measuring = """
    <script>
    const found = {wide: document.documentElement.scrollWidth > window.innerWidth, out: [], over: [],
      texts: 0, bars: 0, charts: document.querySelectorAll('figure svg').length, blank: 0};
    for (const svg of document.querySelectorAll('figure svg')) {
      const frame = svg.getBoundingClientRect();
      const boxes = [];
      found.bars += svg.querySelectorAll('rect').length;
      for (const text of svg.querySelectorAll('text')) {
        const box = text.getBoundingClientRect();
        found.texts += 1;
        if (box.width < 1) found.blank += 1;
        if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 2
          || box.bottom > frame.bottom + 2) found.out.push(text.textContent);
        for (const [other, words] of boxes)
          if (box.left < other.right - 1 && other.left < box.right - 1 && box.top < other.bottom - 3
            && other.top < box.bottom - 3) found.over.push(words + ' / ' + text.textContent);
        boxes.push([box, text.textContent]);
      }
    }
    for (const cell of document.querySelectorAll('td, th'))
      if (cell.scrollWidth > cell.clientWidth + 1) found.out.push(cell.textContent);
    const said = document.createElement('pre');
    said.id = 'measured';
    said.textContent = 'MEASURED' + JSON.stringify(found) + 'END';
    document.body.replaceChildren(said);
    </script>
    """

  private struct Measured: Decodable {
    let wide: Bool
    let out: [String]
    let over: [String]
    let texts: Int
    let bars: Int
    let charts: Int
    let blank: Int
  }

  @Test("It lays out within A4's width, its charts within their frames")
  func laysOut() async throws {
    let desk = try AloneDesk()
    let html = try await page(desk)
    let measured = desk.path("measured.html")
    try html.replacingOccurrences(of: "</body>", with: Self.measuring + "</body>")
      .write(toFile: measured, atomically: true, encoding: .utf8)
    let shown = try await browse(desk, "--dump-dom", "file://\(measured)")
    let start = try #require(shown.range(of: "MEASURED{"), "\(shown.prefix(2000))")
    let end = try #require(shown.range(of: "}END"))
    let json = "{" + shown[start.upperBound..<end.lowerBound] + "}"
    let found = try JSONDecoder().decode(Measured.self, from: Data(json.utf8))
    #expect(!found.wide && found.out == [] && found.over == [] && found.blank == 0, "\(json)")
    #expect(found.charts >= 3 && found.texts > 15 && found.bars > 8, "\(json)")
  }

  @Test("It prints on A4 pages")
  func prints() async throws {
    let desk = try AloneDesk()
    let path = desk.path("report.html")
    try await page(desk).write(toFile: path, atomically: true, encoding: .utf8)
    let paper = desk.path("report.pdf")
    _ = try await browse(
      desk,
      "--no-pdf-header-footer",
      "--print-to-pdf=\(paper)",
      "file://\(path)"
    )
    let octets = try Data(contentsOf: URL(fileURLWithPath: paper))
    let text = String(decoding: octets, as: UTF8.self)
    #expect(text.hasPrefix("%PDF-"))
    let boxes = text.components(separatedBy: "/MediaBox").dropFirst()
    #expect((1...12).contains(boxes.count))
    for box in boxes {
      let numbers = box.prefix(60).split { !"0123456789.".contains($0) }.compactMap { Double($0) }
      // 210 by 297 mm in points.
      try #require(numbers.count >= 4)
      #expect(abs(numbers[2] - 595) < 2 && abs(numbers[3] - 842) < 2, "\(numbers)")
    }
    // A font with Chinese is in it, and no question marks of a missing one.
    #expect(text.contains("Noto") || text.contains("CJK"))
    let picture = desk.path("report.png")
    _ = try await browse(desk, "--screenshot=\(picture)", "file://\(path)")
    let image = try Data(contentsOf: URL(fileURLWithPath: picture))
    #expect(image.starts(with: [0x89, 0x50, 0x4E, 0x47]) && image.count > 20_000)
    if let keep = ProcessInfo.processInfo.environment["REGISTRY_TEST_KEEP_PAGE"] {
      try image.write(to: URL(fileURLWithPath: keep))
    }
  }
}

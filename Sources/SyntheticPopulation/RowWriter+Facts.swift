internal import CSV
internal import RegistryModel

/// The household's own cells, in the order of the columns.
extension RowWriter {
  func writeFacts(
    _ fault: FaultKind?,
    _ writer: inout CSVWriter,
    _ random: inout SplitMix64
  ) {
    let group = RowWriter.numerals[facts.group - 1] + "组"
    writer.field(group)
    // 100… is no mobile number: nobody can be called by mistake.
    let telephone = random.chance(800) ? "1000" + digits(7, &random) : ""
    writer.field(fault == .telephone ? "无电话123" : telephone)
    writer.field(group + String(random.within(1...60)) + "号")
    let banked = random.chance(700)
    writer.field(banked ? "农村信用社" : "")
    writer.field(banked ? "9999" + digits(15, &random) : "")
    writer.field(random.chance(900) ? "国家标准" : "省定标准")
    writeClassification(fault, &writer)
    writeIncome(fault, &writer)
    writeDwelling(&writer, &random)
    writeProduction(&writer, &random)
    writeSupport(&writer, &random)
  }

  private func writeClassification(_ fault: FaultKind?, _ writer: inout CSVWriter) {
    let (object, affairs) = facts.category.decisions
    let both = fault == .fiveGuaranteeToo
    writer.field(object || both ? "是" : "否")
    writer.field(
      both || affairs == .fiveGuarantee ? "五保" : affairs == .dibao ? "低保" : "无"
    )
    let cause = HouseholdFacts.words(facts.cause)
    writer.field(fault == .noMainCause ? "" : cause)
    let others = facts.otherCauses.map(HouseholdFacts.words).joined(separator: "、")
    writer.field(fault == .causeTwice ? cause : others)
    let year = day.components.year
    writer.field(fault == .identifiedLater ? "\(year + 1)-01-01" : facts.identifiedOn.text)
  }

  private func writeIncome(_ fault: FaultKind?, _ writer: inout CSVWriter) {
    writer.field(String(day.components.year))
    writer.field(fault == .incomeWords ? "约一千元" : String(facts.net))
    writer.field(String(facts.wages))
    writer.field(String(facts.business))
    writer.field(String(facts.transfers))
    writer.field(String(facts.property))
    writer.field(String(facts.cost))
  }

  private func writeDwelling(_ writer: inout CSVWriter, _ random: inout SplitMix64) {
    if random.chance(6) {
      writer.field("0")
      for _ in 0..<3 { writer.field("") }
    } else {
      writer.field(String(random.within(18...30) * min(family.count + 1, 6)))
      writer.field(random.pick(RowWriter.structures))
      writer.field(random.chance(720) ? "否" : random.chance(600) ? "C级" : "D级")
      writer.field(String(day.components.year - random.within(1...45)))
    }
    writer.field(random.pick(RowWriter.waters))
    writer.field(random.chance(988) ? "已通电" : "未通电")
    writer.field(random.pick(["卫星", "卫星", "地面无线", "有线", "无信号"]))
    writer.field(random.pick(["柴草（农作物秸秆，干畜粪）", "柴草、电", "电、罐装液化石油气", "煤炭", "沼气、电"]))
    writer.field(random.pick(["土路", "土路", "砂石路", "砂石路", "水泥或沥青路", "无路"]))
    writer.field("\(random.within(0...24)).\(random.below(10))")
  }

  private func writeProduction(_ writer: inout CSVWriter, _ random: inout SplitMix64) {
    let land = random.within(0...9)
    writer.field("\(land).\(random.below(10))")
    writer.field(String(land / 2))
    writer.field(random.chance(600) ? String(random.within(1...30)) : "")
    writer.field(random.chance(70) ? "合作社" : "")
  }

  private func writeSupport(_ writer: inout CSVWriter, _ random: inout SplitMix64) {
    let need = HouseholdFacts.need(for: facts.cause)
    let scale = random.within(need.scale)
    writer.field(need.kind)
    writer.field(String(scale))
    writer.field(need.unit)
    writer.field(String(scale * need.price))
    writer.field(facts.cadre)
    writer.field(facts.village.townshipName + "扶贫站")
    writer.field(random.pick(["干事", "副站长", "站长", "驻村干部"]))
    writer.field("1000" + digits(7, &random))
    writer.field(need.kind + "，一年内见效")
    writer.field(facts.identifiedOn.text)
  }

  private func digits(_ count: Int, _ random: inout SplitMix64) -> String {
    String(unsafeUninitializedCapacity: count) { buffer in
      for place in 0..<count { buffer[place] = 0x30 + UInt8(random.below(10)) }
      return count
    }
  }

  private static let numerals = ["一", "二", "三", "四", "五", "六", "七", "八"]
  private static let structures = ["砖瓦砖木", "砖瓦砖木", "砖混材料", "竹草土坯", "竹草土坯", "钢筋混凝土"]
  private static let waters = [
    "经过净化处理的自来水", "受保护的井水和泉水", "受保护的井水和泉水", "不受保护的井水和泉水", "江河湖泊水", "收集雨水",
  ]
}

internal import RegistryModel

/// Makes families: who lives together, of which ages, with what schooling, health and work.
struct FamilyMaker: Sendable {
  let names: NameTables

  /// Makes the people of a household, the head first; relations fit sex and age.
  func family(
    category: HouseholdCategory,
    cause: PovertyCause,
    _ random: inout SplitMix64
  ) -> [Person] {
    var people =
      category == .fiveGuarantee
      ? elderly(&random) : household(needsPupil: cause == .schooling, &random)
    for index in people.indices { complete(&people[index], &random) }
    fit(cause, &people, &random)
    for index in people.indices { settle(&people[index], &random) }
    return people
  }

  /// Five-guarantee people: old and alone, seldom with a brother or sister.
  private func elderly(_ random: inout SplitMix64) -> [Person] {
    let surname = names.surname(&random)
    let head = Person(
      .head,
      random.chance(750) ? .male : .female,
      age: random.within(60...88),
      surname: surname
    )
    guard random.chance(150) else { return [head] }
    let sex: Sex = random.chance(600) ? .male : .female
    return [head, Person(.sibling, sex, age: random.within(60...80), surname: surname)]
  }

  private func household(needsPupil: Bool, _ random: inout SplitMix64) -> [Person] {
    let surname = names.surname(&random)
    let sex: Sex = random.chance(860) ? .male : .female
    let age = needsPupil ? random.within(34...50) : random.within(26...70)
    var people = [Person(.head, sex, age: age, surname: surname)]
    let couple = random.chance(needsPupil ? 900 : 840)
    if couple { addSpouse(&people, &random) }
    let father = people.first { $0.sex == .male } ?? people[0]
    let mother = people.last?.age ?? age
    addChildren(&people, surname: father.surname, mother: min(age, mother), needsPupil, &random)
    if age < 62, random.chance(330) { addParents(&people, &random) }
    return people
  }

  private func addSpouse(_ people: inout [Person], _ random: inout SplitMix64) {
    let head = people[0]
    let sex: Sex = head.sex == .male ? .female : .male
    let difference = head.sex == .male ? random.within(-2...5) : random.within(-5...2)
    var spouse = Person(
      .spouse,
      sex,
      age: max(22, head.age - difference),
      surname: names.surname(&random)
    )
    spouse.isMarried = true
    people[0].isMarried = true
    people.append(spouse)
  }

  private func addChildren(
    _ people: inout [Person],
    surname: String,
    mother: Int,
    _ needsPupil: Bool,
    _ random: inout SplitMix64
  ) {
    let oldest = mother - 20
    let youngest = max(0, mother - 40)
    guard oldest >= youngest else { return }
    let wanted = random.chance(80) ? 0 : random.chance(280) ? 1 : random.chance(700) ? 2 : 3
    var age =
      needsPupil
      ? min(oldest, random.within(8...13)) : random.within(youngest...min(oldest, youngest + 16))
    for _ in 0..<(needsPupil ? max(1, wanted) : wanted) {
      let sex: Sex = random.chance(540) ? .male : .female
      // Grown daughters have mostly married out, grown sons mostly stay.
      let stays = age < 22 || random.chance(sex == .male ? 700 : 150)
      if stays, age <= oldest {
        people.append(Person(.child, sex, age: age, surname: surname))
        if age > 30, mother > 52, random.chance(500) {
          let grandchild: Sex = random.chance(540) ? .male : .female
          people.append(
            Person(.grandchild, grandchild, age: random.within(0...age - 23), surname: surname)
          )
        }
      }
      age += random.within(1...5)
    }
  }

  private func addParents(_ people: inout [Person], _ random: inout SplitMix64) {
    let head = people[0]
    let age = min(92, head.age + random.within(21...32))
    if random.chance(650) {
      var mother = Person(
        .parent,
        .female,
        age: max(head.age + 18, age - random.within(0...3)),
        surname: names.surname(&random)
      )
      mother.isMarried = true
      people.append(mother)
    }
    if random.chance(450) {
      var father = Person(
        .parent,
        .male,
        age: age,
        surname: head.sex == .male ? head.surname : head.surname
      )
      father.isMarried = true
      people.append(father)
    }
  }

  /// Gives a name and, by age, health.
  private func complete(_ person: inout Person, _ random: inout SplitMix64) {
    person.given = names.given(person.sex, &random)
    person.isChronic = random.chance(person.age < 16 ? 8 : person.age < 45 ? 35 : 140)
    person.isSerious = random.chance(person.age < 16 ? 3 : person.age < 45 ? 8 : 30)
    person.isDisabled = random.chance(person.age < 16 ? 10 : 40)
    if person.isDisabled { disable(&person, &random) }
  }

  private func disable(_ person: inout Person, _ random: inout SplitMix64) {
    person.isDisabled = true
    person.disability = (random.pick([1, 1, 2, 3, 4, 4, 4, 5, 6, 7]), random.within(1...4))
  }

  /// Makes the household such that its main cause shows in it.
  private func fit(_ cause: PovertyCause, _ people: inout [Person], _ random: inout SplitMix64) {
    let place = random.below(people.count)
    switch cause {
    case .illness where !people.contains { $0.isChronic || $0.isSerious }:
      people[place].isChronic = true
      people[place].isSerious = random.chance(350)
    case .disability where !people.contains(where: \.isDisabled):
      disable(&people[place], &random)
    default: break
    }
  }

  /// Gives schooling or education, labour capacity and work away: what follows from the rest.
  private func settle(_ person: inout Person, _ random: inout SplitMix64) {
    person.atSchool = schooling(person, &random)
    if person.atSchool.isEmpty { person.education = education(person, &random) }
    person.labour = labour(person, &random)
    let works = person.canWork && person.atSchool.isEmpty && (18...52).contains(person.age)
    if works, random.chance(person.role == .head ? 250 : 400) {
      person.awayPlace = random.pick(FamilyMaker.places)
      person.awayMonths = random.within(2...11)
    }
  }

  private func schooling(_ person: Person, _ random: inout SplitMix64) -> String {
    switch person.age {
    case ..<3: return "学龄前儿童"
    case 3..<6: return random.chance(600) ? "学前教育" : "学龄前儿童"
    case 6..<12: return "小学"
    case 12: return "七年级"
    case 13: return "八年级"
    case 14: return "九年级"
    case 15...17:
      if random.chance(250) { return "" }
      let year = ["一", "二", "三"][person.age - 15]
      return random.chance(600) ? "普通高中\(year)年级" : "中职\(year)年级"
    case 18...21 where person.role != .head && person.role != .spouse && random.chance(220):
      if person.age < 21, random.chance(500) {
        return "高职高专\(["一", "二", "三"][person.age - 18])年级"
      }
      return "本科\(["一", "二", "三", "四"][person.age - 18])年级"
    default: return ""
    }
  }

  private func education(_ person: Person, _ random: inout SplitMix64) -> String {
    let draw = random.below(100)
    switch person.age {
    case ..<35:
      return draw < 2 ? "文盲或半文盲" : draw < 22 ? "小学" : draw < 84 ? "初中" : draw < 97 ? "高中" : "大专"
    case 35..<60: return draw < 10 ? "文盲或半文盲" : draw < 48 ? "小学" : draw < 92 ? "初中" : "高中"
    default: return draw < 45 ? "文盲或半文盲" : draw < 88 ? "小学" : "初中"
    }
  }

  private func labour(_ person: Person, _ random: inout SplitMix64) -> String {
    if person.age < 16 || !person.atSchool.isEmpty { return "无劳动力" }
    if !person.canWork {
      return person.age >= 65 && person.isHealthy && random.chance(300)
        ? "弱劳动力或半劳动力" : person.age >= 65 ? "无劳动力" : "丧失劳动力"
    }
    if person.isDisabled || person.isChronic || person.age >= 60 { return "弱劳动力或半劳动力" }
    return random.chance(80) ? "技能劳动力" : "普通劳动力"
  }

  private static let places = [
    "广东省东莞市", "广东省深圳市", "浙江省宁波市", "浙江省温州市", "江苏省苏州市", "福建省晋江市", "上海市松江区", "北京市大兴区", "湖北省武汉市",
    "山东省青岛市",
  ]
}

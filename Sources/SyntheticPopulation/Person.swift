internal import RegistryModel

/// A generated person, as far as the file tells.
struct Person: Sendable {
  enum Role: Sendable { case head, spouse, child, parent, grandchild, sibling }

  var role: Role
  var sex: Sex
  var age: Int
  var surname: String
  var given = ""
  var birth = Day(daysSince1970: 0)
  /// Nil for a newborn who has no number yet.
  var number: CitizenIDNumber?
  var isMarried = false
  var isDisabled = false
  var disability = (kind: 4, grade: 2)
  var isChronic = false
  var isSerious = false
  var atSchool = ""
  var education = ""
  var labour = ""
  var awayPlace = ""
  var awayMonths = 0

  init(_ role: Role, _ sex: Sex, age: Int, surname: String) {
    self.role = role
    self.sex = sex
    self.age = age
    self.surname = surname
  }

  /// The relation to the head in the words of the form.
  var relation: String {
    switch role {
    case .head: "户主"
    case .spouse: "配偶"
    case .child: sex == .male ? "之子" : "之女"
    case .parent: sex == .male ? "之父" : "之母"
    case .grandchild: sex == .male ? "之孙子" : "之孙女"
    case .sibling: "之兄弟姐妹"
    }
  }

  var isHealthy: Bool { !isDisabled && !isChronic && !isSerious }

  /// The states of health in the words of the form.
  var health: String {
    if isHealthy { return "健康" }
    var states: [String] = []
    if isChronic { states.append("长期慢性病") }
    if isSerious { states.append("患有大病") }
    if isDisabled { states.append("残疾") }
    return states.joined(separator: "、")
  }

  var canWork: Bool {
    (16..<65).contains(age) && !isSerious && (!isDisabled || disability.grade > 2)
  }
}

extension ChangeRule {
  var words: (String, String) {
    switch self {
    case .kindMissing: ("a change says what happens", "变更未说明事项")
    case .baseMissing: ("a change names the version it was made from", "变更须注明所依据的版本")
    case .dayInvalid: ("the effective day does not exist", "生效日期不存在")
    case .dayFuture: ("a change is not effective in the future", "生效日期不得晚于今天")
    case .reasonMissing: ("this change needs a reason", "此项变更须说明理由")
    case .exited:
      (
        "an exited household takes corrections only; it comes back by a new application",
        "已退出的户只能更正；返贫须重新申请"
      )
    case .office: ("this change belongs to another office", "此项变更应由其他机构办理")
    case .ownList: ("each office decides for its own list only", "各部门只能对本部门名单作出决定")
    case .oneList: ("a category change is of one list", "属性变更每次只涉及一个名单")
    case .sameDecision: ("the decision is the one on record", "该决定与在册决定相同")
    case .exitNeeded:
      ("the household would stand on no list: it needs an exit", "变更后该户不在任何名单，应办理退出")
    case .decisionInMask:
      ("the offices' decisions change by a category change", "两部门的决定应通过属性变更修改")
    case .dayInMask:
      ("the effective day is the change's own", "生效日期应由变更本身给出")
    case .incomeInMask: ("a review gives the income of its year alone", "年度复核只填写当年收入")
    case .nothingChanges: ("the change changes nothing", "该变更没有改变任何内容")
    case .reviewYear:
      (
        "the year reviewed is not before the last one, nor in the future",
        "复核年度不得早于上次复核，也不得晚于今年"
      )
    case .reviewIncome:
      ("a review gives net income per person of its year", "年度复核须填写当年人均纯收入")
    case .memberUnknown: ("no member of the household has this id", "户内没有此人口编号")
    case .memberMissing: ("the member who joins is missing", "未填写新增成员")
    case .memberTwice: ("a member is named twice", "同一成员重复列出")
    case .lastMember:
      ("nobody would be left: the household needs an exit", "户内将无成员，应办理退出")
    case .newHead:
      ("where the head leaves, a remaining member is named new head", "户主离开时须指定留下成员为新户主")
    case .headStays:
      (
        "a new head and relations to one are named only where the head leaves",
        "户主未离开时不得指定新户主及与新户主关系"
      )
    case .relationMissing:
      ("this member's relation to the head is missing", "未填写该成员与户主的关系")
    case .birthDay: ("the child is born on or before the effective day", "出生日期不得晚于生效日期")
    case .marriageSides: ("somebody marries in, or somebody out: exactly one", "婚入与婚出必须且只能填一项")
    case .headMarriesOut:
      (
        "a head who marries out hands over first: a split, or a correction of relations",
        "户主婚出前应先分户或更换户主"
      )
    case .splitEmpty: ("a split names who leaves, the new head first", "分户须列出分出的成员，新户主在前")
    case .splitAll: ("somebody stays behind in a split", "分户后原户须有成员留下")
    case .mergeSelf: ("a household joins another one", "不能与本户合并")
    case .mergeExited: ("the household that joins has exited", "并入的户已退出")
    case .mergeBase: ("the household that joins changed since", "并入的户已有新的变动")
    case .moveSame: ("the household lives in this village already", "该户已在此村")
    case .destination:
      ("the destination is the code of a county, township or village", "迁入地应为县、乡镇或村的代码")
    case .destinationInside:
      ("the destination lies in this node's area: that is a move", "迁入地在本节点辖区内，应办理县内迁移")
    case .exitReason: ("the reason of the exit is none of the list", "退出原因不在代码表内")
    case .exitByMerge: ("a household exits as merged by a merger only", "因并户退出只能通过并户办理")
    case .proposalState:
      ("the proposal is not in a state that allows this", "提议当前状态不允许此操作")
    case .proposalOffice: ("another office settles this proposal", "该提议应由其他机构处理")
    case .proposalReason: ("settling it so needs a reason", "如此处理须说明理由")
    case .proposalVerdict: ("the verdict is none of the list", "处理方式不在代码表内")
    }
  }
}

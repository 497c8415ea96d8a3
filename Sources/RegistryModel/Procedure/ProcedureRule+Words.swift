extension ProcedureRule {
  var words: (String, String) {
    switch self {
    case .unknown: ("no such application in the office's area", "辖区内没有该申请")
    case .moveMissing: ("a step says what is done", "步骤未说明办理事项")
    case .state: ("the application is not in a state that allows this step", "申请当前状态不允许此步骤")
    case .office: ("this step belongs to another office", "此步骤应由其他机构办理")
    case .area: ("the village lies outside the office's area", "该村不在本机构辖区内")
    case .stale: ("the application changed since: look at it again", "申请已有新的变动，请重新查看")
    case .samePerson:
      (
        "this person decided on the application for another office already",
        "同一人已代表其他机构对该申请作过决定"
      )
    case .reasonMissing: ("this step needs a reason", "此步骤须说明理由")
    case .dayOrder: ("a step is not before the step it follows", "步骤日期不得早于上一步骤")
    case .dayLate: ("the step lies too long ago to be entered", "步骤日期超出可补录期限")
    case .dayFuture: ("a step is not in the future", "步骤日期不得晚于今天")
    case .tooManySteps:
      ("an application has at most 200 steps and 512 KiB of them", "每份申请最多200个步骤，合计不超过512KiB")
    case .stepSize:
      (
        "a step's encoding is at most 4 KiB, an amendment's 128 KiB",
        "步骤编码不超过4KiB，更正申请不超过128KiB"
      )
    case .signatureMissing:
      ("a decision carries the deciding person's signature", "决定须由作出决定的人签名")
    case .signatureWrong:
      ("the signature is not that of the caller's certificate", "签名与调用者证书不符")
    case .appraisalVotes:
      (
        "the votes for, against and abstained add up to those present",
        "赞成、反对、弃权之和应等于到会人数"
      )
    case .appraisalQuorum: ("too few were present at the appraisal", "评议到会人数不足")
    case .appraisalMajority:
      ("the appraisal did not find the majority", "民主评议未获规定多数")
    case .minutesMissing: ("an appraisal needs its minutes", "民主评议须附会议记录")
    case .minutesUnknown:
      ("no minutes with this digest are kept for the village", "该村没有此摘要的会议记录")
    case .noticeDays: ("the notice has not hung for its days", "公示期未满")
    case .noticeObjection: ("an objection waits for its answer", "尚有异议未答复")
    case .noticeAnother: ("the application stands in another notice", "申请在另一公示中")
    case .noticeDivision:
      ("a notice is posted in the office's own division", "公示应在本机构所在区划张贴")
    case .noticeClosed: ("the notice is closed", "公示已结束")
    case .objectionUnknown: ("the application has no such objection", "申请没有该项异议")
    case .objectionAnswered: ("the objection has its answer", "该异议已答复")
    case .incomeMissing: ("the income check gives net income per person", "收入核查须填人均纯收入")
    case .incomeYear: ("the income year is this year or one of the two before", "收入年度应为本年或前两年")
    case .incomeOverLine:
      ("the checked income is not below the poverty line", "核查收入不低于扶贫标准")
    case .incomeOverStandard:
      ("the checked income is not below the dibao standard", "核查收入不低于低保标准")
    case .notAbleToWork:
      ("a poverty object has somebody able and willing to work", "扶贫户须有劳动能力和劳动意愿的成员")
    case .decisionUnknown: ("the decision is none of the list", "决定不在代码表内")
    case .decisionMade: ("this office decided already", "本机构已作决定")
    case .returnLevel:
      ("an application goes back to where this level or one below decides", "只能退回本级或下级的待办环节")
    case .appealUsed: ("an appeal was dismissed already", "申诉已被驳回，不能再次申诉")
    case .appealDays: ("the time for an appeal is over", "申诉期已过")
    case .appealLevel: ("the level above the refusal decides the appeal", "申诉应由否决机构的上一级裁定")
    case .quotaExceeded:
      ("the quota is passed: it needs a reason for that", "超出规模控制数，须说明超出理由")
    case .duplicateApplied:
      ("a person with this ID number stands in another application", "该公民身份号码已在其他申请中")
    case .duplicateOnFile:
      ("a person with this ID number stands in a registered file", "该公民身份号码已在其他户建档")
    case .duplicateOpen: ("a possible duplicate waits to be settled", "尚有疑似重复未处理")
    case .duplicateUnknown: ("the application has no such possible duplicate", "申请没有该项疑似重复")
    case .duplicateSettled: ("the possible duplicate is settled", "该疑似重复已处理")
    case .previousUnknown: ("no household in the area has this number", "辖区内没有该户编号")
    case .previousNotExited: ("the household that comes back has not exited", "返贫申请所指的户未退出")
    case .previousPeople:
      ("nobody of the household that comes back is in the application", "申请中没有原户的成员")
    case .period: ("the period is this year or the one before or after", "年度应为本年或相邻年度")
    case .numberReview:
      (
        "a member without an ID number needs one, or a correction of the reason, before registration",
        "登记前须补录成员的公民身份号码或核实无号码原因"
      )
    }
  }
}

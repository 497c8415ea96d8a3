package import RPCCore
internal import RPCServices
internal import RegistryAPI
package import RegistryModel

/// Which operation of the authorisation table each method of the services is.
package enum MethodOperations {
  /// Every method of every service.
  package static let methods: [MethodDescriptor] =
    DivisionMethods.all + HouseholdMethods.all + ChangeMethods.all + NodeMethods.all
    + PolicyMethods.all + ProcedureMethods.all + StatisticsMethods.all + ExchangeMethods.all
    + LinkMethods.all + JournalMethods.all + BundleMethods.all + InquiryMethods.all
    + PilotMethods.all + RosterMethods.all + HealthMethods.all
    + ServerReflectionMethods.all + [ServerReflectionMethods.earlier]
    + ObserveMethods.all

  /// The operation by method path; a method that does not stand here is refused to everybody.
  package static let byPath: [String: Operation] = [
    DivisionMethods.getDivision.path: .divisionRead,
    DivisionMethods.listDivisions.path: .divisionRead,
    HouseholdMethods.createHousehold.path: .create,
    HouseholdMethods.updateHousehold.path: .update,
    HouseholdMethods.getHousehold.path: .get,
    HouseholdMethods.getHistory.path: .history,
    HouseholdMethods.compareVersions.path: .history,
    HouseholdMethods.searchHouseholds.path: .search,
    HouseholdMethods.sampleHouseholds.path: .sample,
    HouseholdMethods.importHouseholds.path: .importRows,
    HouseholdMethods.getImport.path: .importRows,
    HouseholdMethods.exportHouseholds.path: .export,
    ChangeMethods.submitChange.path: .change,
    ChangeMethods.settleProposal.path: .settle,
    ChangeMethods.listProposals.path: .proposalRead,
    ChangeMethods.getProposal.path: .proposalRead,
    ChangeMethods.listHandOvers.path: .handOverRead,
    ChangeMethods.listArrivals.path: .handOverRead,
    ChangeMethods.settleArrival.path: .arrival,
    ChangeMethods.eraseHousehold.path: .erase,
    PilotMethods.setPilotRecord.path: .setPilot,
    PilotMethods.listPilotRecords.path: .readPilot,
    PilotMethods.summarizePilotWork.path: .readPilot,
    PilotMethods.followPilotRecords.path: .readPilot,
    PilotMethods.getTrialBalance.path: .readPilot,
    RosterMethods.importRoster.path: .setRoster,
    RosterMethods.removeRoster.path: .setRoster,
    RosterMethods.proposeFromRoster.path: .setRoster,
    RosterMethods.settleStarts.path: .setRoster,
    RosterMethods.listStarts.path: .readRoster,
    RosterMethods.listRosters.path: .readRoster,
    RosterMethods.converge.path: .readRoster,
    RosterMethods.listConvergence.path: .readRoster,
    RosterMethods.compareRosters.path: .readRoster,
    InquiryMethods.matchPeople.path: .match,
    InquiryMethods.followHouseholds.path: .follow,
    InquiryMethods.suggestMeasures.path: .get,
    InquiryMethods.listLooks.path: .access,
    StatisticsMethods.getStatistics.path: .statistics,
    StatisticsMethods.getReport.path: .report,
    StatisticsMethods.getPublishedCounts.path: .published,
    StatisticsMethods.checkRegistry.path: .check,
    NodeMethods.getNode.path: .nodeInfo,
    PolicyMethods.setPolicy.path: .setPolicy,
    PolicyMethods.listPolicy.path: .policyRead,
    PolicyMethods.setCodes.path: .setCode,
    PolicyMethods.listCodes.path: .divisionRead,
    PolicyMethods.setPovertyLine.path: .setPovertyLine,
    PolicyMethods.setDibaoStandard.path: .setDibaoStandard,
    PolicyMethods.listLines.path: .policyRead,
    PolicyMethods.setQuotas.path: .setQuota,
    PolicyMethods.listQuotas.path: .quotaRead,
    ProcedureMethods.apply.path: .apply,
    ProcedureMethods.recordSteps.path: .step,
    ProcedureMethods.getApplication.path: .applicationRead,
    ProcedureMethods.listApplications.path: .applicationRead,
    ProcedureMethods.openNotice.path: .notice,
    ProcedureMethods.closeNotice.path: .notice,
    ProcedureMethods.getNotice.path: .applicationRead,
    ProcedureMethods.listNotices.path: .applicationRead,
    ProcedureMethods.attachMinutes.path: .minutes,
    ProcedureMethods.getMinutes.path: .applicationRead,
    ExchangeMethods.hello.path: .link,
    ExchangeMethods.openBatch.path: .link,
    ExchangeMethods.sendBatch.path: .link,
    ExchangeMethods.commitBatch.path: .link,
    ExchangeMethods.fetchBatch.path: .link,
    ExchangeMethods.deliverReceipt.path: .link,
    ExchangeMethods.sendUrgent.path: .link,
    BundleMethods.exportBundle.path: .bundle,
    BundleMethods.importBundle.path: .bundle,
    LinkMethods.getLinks.path: .linkRead,
    JournalMethods.getHead.path: .journalRead,
    JournalMethods.listEntries.path: .journalRead,
    JournalMethods.prove.path: .journalRead,
    LinkMethods.listFindings.path: .linkRead,
    LinkMethods.listAhead.path: .linkRead,
    LinkMethods.setLinkAccess.path: .linkControl,
    HealthMethods.check.path: .nodeInfo,
    HealthMethods.watch.path: .nodeInfo,
    ServerReflectionMethods.serverReflectionInfo.path: .nodeInfo,
    ServerReflectionMethods.earlier.path: .nodeInfo,
    ObserveMethods.getServer.path: .observe,
    ObserveMethods.watchServer.path: .observe,
  ]
}

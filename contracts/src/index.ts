export { contracts } from './all.js';
export { approve, caseOperations, caseOutcome, listApprovals, reject } from './approval/cases.js';
export {
  decisionOperations,
  listDecisions,
  listOwnDecisions,
  reviewDecisions,
  reviewProject,
} from './approval/decisions.js';
export {
  approvalEvents,
  approversChanged,
  caseClosed,
  caseExpired,
  caseGranted,
  caseOpened,
  caseRejected,
  nobodyMayDecide,
  ownRequestRefused,
  policyDefined,
  stageApproved,
  stageOpened,
} from './approval/events.js';
export { approvalForecast, forecastApproval } from './approval/forecast.js';
export {
  definePolicy,
  getPolicyVersion,
  listPolicies,
  type PolicyCondition,
  type PolicyRules,
  type PolicyStage,
  policyCondition,
  policyOperations,
  policyRules,
  policyStage,
} from './approval/policies.js';
export { asyncApiOf } from './generate/asyncapi.js';
export { errorsMd } from './generate/errors-md.js';
export { eventSchema } from './generate/json-schemas.js';
export {
  deliveryFailed,
  deliveryQueued,
  deliveryRetried,
  deliverySent,
  notificationEvents,
  smtpSet,
} from './notification/events.js';
export {
  deliveryState,
  getSmtp,
  listDeliveries,
  type MailKind,
  mailKind,
  notificationOperations,
  setSmtp,
  testSmtp,
} from './notification/operations.js';
export {
  type Addressing,
  addressing,
  catalogueOperations,
  listNetworks,
  listTemplates,
  loginText,
  offerNetwork,
  offerTemplate,
  type PoolFault,
} from './provisioning/catalogue.js';
export {
  held,
  holdReleased,
  networkOffered,
  provisioningEvents,
  runCancelled,
  runCancelling,
  runFailed,
  runGivingUp,
  runResumed,
  runStarted,
  runWaiting,
  stepDone,
  stepIntended,
  stepProgressed,
  templateOffered,
  vcenterCameBack,
  vcenterConnected,
  vcenterWentAway,
  vmDecommissioned,
  vmDecommissionRequested,
  vmNotCustomised,
  vmPowerChanged,
  vmPowerRequested,
  vmReady,
} from './provisioning/events.js';
export { checkVm, holdName, holdOperations, vmCheck } from './provisioning/holds.js';
export { type RunReason, reasonWords, runReasons } from './provisioning/reasons.js';
export { awayVCenters, reportMachines, reportOperations } from './provisioning/reports.js';
export {
  adoptRun,
  listRuns,
  type RunStep,
  removeRun,
  retryRun,
  runOperations,
  runState,
  runStep,
} from './provisioning/runs.js';
export {
  changeVCenter,
  connectVCenter,
  listVCenters,
  testVCenter,
  vcenterCheck,
  vcenterOperations,
} from './provisioning/vcenters.js';
export { decommissionVm, getVm, listVms, powerState, powerVm, vmOperations, vmState } from './provisioning/vms.js';
export {
  type DoorCode,
  detailWords,
  isRefusalCode,
  type RefusalCode,
  type RefusalEntry,
  type RefusalWords,
  refusals,
} from './refusals.js';
export {
  type RequestedVm,
  requestAbandoned,
  requestApproved,
  requestCancelled,
  requestCancelRequested,
  requestCreatedNotCustomised,
  requestEvents,
  requestExpired,
  requestedVm,
  requestFailed,
  requestProvisioningStarted,
  requestReady,
  requestRejected,
  requestSubmitted,
} from './request/events.js';
export {
  cancelRequest,
  getRequest,
  listRequests,
  previewRequest,
  type RequestState,
  requestOperations,
  requestState,
  settleRequest,
  submitRequest,
  timelineEntry,
} from './request/operations.js';
export { auditEntry, auditOperations, listAudit } from './tenant/audit.js';
export {
  memberInvited,
  memberJoined,
  projectCreated,
  projectMemberRemoved,
  projectMemberSet,
  quotaConsumed,
  quotaReleased,
  quotaReserved,
  quotaSet,
  rolesChanged,
  signedIn,
  signedOut,
  sizeDefined,
  tenantCreated,
  tenantEvents,
  tenantResumed,
  tenantSuspended,
} from './tenant/events.js';
export {
  changeRoles,
  closeSession,
  inviteMember,
  listMembers,
  me,
  openSession,
  peopleOperations,
  resolvePeople,
  sealTexts,
  setLanguage,
  whoIs,
} from './tenant/people.js';
export {
  createProject,
  defineSize,
  listProjects,
  listQuota,
  listSizes,
  projectsOperations,
  quotaState,
  removeProjectMember,
  setProjectMember,
  setProjectQuota,
  setTenantQuota,
} from './tenant/projects.js';
export { previewQuota, quotaEffects, reservationsOperations, reserveQuota } from './tenant/reservations.js';
export { createTenant, listTenants, resumeTenant, suspendTenant, tenantsOperations } from './tenant/tenants.js';
export {
  environment,
  type Language,
  language,
  named,
  notFound,
  nothing,
  page,
  pageOf,
  platformTenant,
  type QuotaAmounts,
  quotaAmounts,
  type Role,
  role,
  type Service,
  type SizeSpec,
  seesAll,
  services,
  sizeSpec,
  vmName,
} from './vocabulary.js';

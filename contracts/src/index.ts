export { contracts } from './all.js';
export { approve, listApprovals, reject } from './approval/cases.js';
export { listDecisions, listOwnDecisions, reviewDecisions, reviewProject } from './approval/decisions.js';
export {
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
export { forecastApproval } from './approval/forecast.js';
export {
  definePolicy,
  getPolicyVersion,
  listPolicies,
  type PolicyCondition,
  type PolicyRules,
  type PolicyStage,
} from './approval/policies.js';
export { deliveryFailed, deliveryQueued, deliveryRetried, deliverySent, smtpSet } from './notification/events.js';
export {
  getSmtp,
  listDeliveries,
  listNotifications,
  type MailKind,
  mailKind,
  type NotificationKind,
  readNotifications,
  setSmtp,
  testSmtp,
} from './notification/operations.js';
export {
  type Addressing,
  listNetworks,
  listTemplates,
  offerNetwork,
  offerTemplate,
  type PoolFault,
} from './provisioning/catalogue.js';
export {
  held,
  holdReleased,
  namingRuleSet,
  networkOffered,
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
  vmDecommissionHeldUp,
  vmDecommissionRequested,
  vmNotCustomised,
  vmPowerChanged,
  vmPowerRequested,
  vmReady,
} from './provisioning/events.js';
export { checkVm, holdName } from './provisioning/holds.js';
export { getNamingRule, setNamingRule } from './provisioning/naming.js';
export { type RunReason, reasonWords } from './provisioning/reasons.js';
export { awayVCenters, countMachines, reportMachines } from './provisioning/reports.js';
export { adoptRun, listRuns, type RunStep, removeRun, retryRun, runStep } from './provisioning/runs.js';
export { changeVCenter, connectVCenter, listVCenters, testVCenter } from './provisioning/vcenters.js';
export { decommissionVm, getVm, listVms, powerVm } from './provisioning/vms.js';
export {
  type DoorCode,
  detailWords,
  isRefusalCode,
  type RefusalCode,
  type RefusalEntry,
  refusals,
} from './refusals.js';
export {
  type RequestedVm,
  requestAbandoned,
  requestApproved,
  requestCancelled,
  requestCancelRequested,
  requestCreatedNotCustomised,
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
  discardDraft,
  getDraft,
  getRequest,
  keepDraft,
  listRequests,
  previewRequest,
  type RequestState,
  settleRequest,
  submitRequest,
} from './request/operations.js';
export { auditEntry, listAudit } from './tenant/audit.js';
export { getBrandColours, getBranding, getBrandLogo, previewColour, setBranding } from './tenant/branding.js';
export {
  brandingChanged,
  memberInvited,
  memberJoined,
  projectCreated,
  projectMemberRemoved,
  projectMemberSet,
  quotaConsumed,
  quotaReleased,
  quotaReserved,
  quotaSet,
  removalRequested,
  rolesChanged,
  signedIn,
  signedOut,
  sizeDefined,
  tenantCreated,
  tenantRemoved,
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
  resolvePeople,
  sealTexts,
  setPreferences,
  whoIs,
} from './tenant/people.js';
export {
  createProject,
  defineSize,
  listProjects,
  listQuota,
  listSizes,
  removeProjectMember,
  setProjectMember,
  setProjectQuota,
  setTenantQuota,
} from './tenant/projects.js';
export { certifyRemoval, listRemovals, previewRemoval, removeTenant } from './tenant/removals.js';
export { previewQuota, reserveQuota } from './tenant/reservations.js';
export { createTenant, listTenants, resumeTenant, suspendTenant } from './tenant/tenants.js';
export {
  type Language,
  language,
  pageOf,
  platformTenant,
  type QuotaAmounts,
  type Role,
  role,
  type Service,
  type SizeSpec,
  seesAll,
  services,
} from './vocabulary.js';

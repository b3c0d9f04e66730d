export { findBrowser } from './browser.js';
export { eventually } from './eventually.js';
export { type Keycloak, startKeycloak } from './keycloak.js';
export { findKeycloak, type KeycloakDistribution, NoKeycloak } from './keycloak-distribution.js';
export { freePort, requireFree } from './loopback.js';
export { type MailSinkConfig, type RunningMailSink, startMailSink } from './mail-sink.js';
export type { ReceivedMail } from './mail-store.js';
export { type Nats, type NatsUser, natsConfig, startNats } from './nats.js';
export {
  type OidcPerson,
  type OidcProviderConfig,
  type RunningOidcProvider,
  startOidcProvider,
} from './oidc-provider.js';
export { type Part, type PartOptions, startPart } from './part.js';
export { type Postgres, startPostgres } from './postgres.js';
export { CookieJar, signInByScript } from './sign-in-by-script.js';
export { type ProgramConfigs, spawnProgram } from './spawn-program.js';
export { createTestDatabase, type TestDatabase } from './test-database.js';
export { findTool, type ToolName } from './tools.js';
export { type ReceivedSpan, startTraceReceiver, type TraceReceiver } from './trace-receiver.js';
export { startVcsim, type Vcsim } from './vcsim.js';
export {
  listVcsimVms,
  loginToVcsim,
  setVcsimProperties,
  type VcsimApi,
  type VcsimLogin,
  type VcsimVm,
} from './vcsim-api.js';
export { type GuestNetwork, playGuests } from './vcsim-guests.js';
export { deleteVcsimTemplate, makeVcsimTemplate } from './vcsim-template.js';

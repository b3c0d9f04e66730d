export { type ServiceConfig, serviceConfig } from './config.js';
export { Log } from './log.js';
export { OutboundHosts } from './outbound-hosts.js';
export { type RunningService, runService, type ServiceDeclaration, startService } from './run-service.js';

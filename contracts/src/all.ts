import type { Contracts } from '@eaf/messaging/contract';
import { caseOperations } from './approval/cases.js';
import { decisionOperations } from './approval/decisions.js';
import { approvalEvents } from './approval/events.js';
import { forecastApproval } from './approval/forecast.js';
import { policyOperations } from './approval/policies.js';
import { notificationEvents } from './notification/events.js';
import { notificationOperations } from './notification/operations.js';
import { parkedOperations } from './parked.js';
import { catalogueOperations } from './provisioning/catalogue.js';
import { provisioningEvents } from './provisioning/events.js';
import { holdOperations } from './provisioning/holds.js';
import { namingOperations } from './provisioning/naming.js';
import { reportOperations } from './provisioning/reports.js';
import { runOperations } from './provisioning/runs.js';
import { vcenterOperations } from './provisioning/vcenters.js';
import { vmOperations } from './provisioning/vms.js';
import { requestEvents } from './request/events.js';
import { requestOperations } from './request/operations.js';
import { auditOperations } from './tenant/audit.js';
import { brandingOperations } from './tenant/branding.js';
import { tenantEvents } from './tenant/events.js';
import { peopleOperations } from './tenant/people.js';
import { projectsOperations } from './tenant/projects.js';
import { removalOperations } from './tenant/removals.js';
import { reservationsOperations } from './tenant/reservations.js';
import { tenantsOperations } from './tenant/tenants.js';

/** Everything that DVMM's services say to each other and to the world. */
export const contracts: Contracts = {
  prefix: 'dvmm',
  operations: [
    ...peopleOperations,
    ...tenantsOperations,
    ...removalOperations,
    ...brandingOperations,
    ...projectsOperations,
    ...reservationsOperations,
    ...auditOperations,
    ...requestOperations,
    ...policyOperations,
    forecastApproval,
    ...caseOperations,
    ...decisionOperations,
    ...namingOperations,
    ...holdOperations,
    ...catalogueOperations,
    ...vcenterOperations,
    ...vmOperations,
    ...runOperations,
    ...reportOperations,
    ...notificationOperations,
    ...parkedOperations,
  ],
  events: [...tenantEvents, ...requestEvents, ...approvalEvents, ...provisioningEvents, ...notificationEvents],
  hearsAll: [{ service: 'tenant', purpose: 'audit' }],
};

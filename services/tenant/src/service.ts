import { contracts } from '@dvmm/contracts';
import type { ServiceDeclaration } from '@eaf/service';
import { migrations } from './migrations.js';
import { TenantModule } from './tenant.module.js';

/** What runs, and what tests run. */
export const tenantService: ServiceDeclaration = {
  context: 'tenant',
  contracts,
  module: TenantModule,
  migrations,
};

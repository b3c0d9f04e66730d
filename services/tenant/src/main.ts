import { contracts } from '@dvmm/contracts';
import { runService } from '@eaf/service';
import { migrations } from './migrations.js';
import { TenantModule } from './tenant.module.js';

await runService({ context: 'tenant', contracts, module: TenantModule, migrations });

import { contracts } from '@dvmm/contracts';
import { runService } from '@eaf/service';
import { migrations } from './migrations.js';
import { ProvisioningModule } from './provisioning.module.js';

await runService({ context: 'provisioning', contracts, module: ProvisioningModule, migrations });

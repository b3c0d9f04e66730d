import { contracts, sealTexts } from '@dvmm/contracts';
import { runService } from '@eaf/service';
import { ApprovalModule } from './approval.module.js';
import { migrations } from './migrations.js';

await runService({ context: 'approval', contracts, module: ApprovalModule, migrations, seal: sealTexts });

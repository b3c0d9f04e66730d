import { contracts, sealTexts } from '@dvmm/contracts';
import { runService } from '@eaf/service';
import { migrations } from './migrations.js';
import { RequestModule } from './request.module.js';

await runService({ context: 'request', contracts, module: RequestModule, migrations, seal: sealTexts });

import { contracts } from '@dvmm/contracts';
import { runService } from '@eaf/service';
import { migrations } from './migrations.js';
import { NotificationModule } from './notification.module.js';

await runService({ context: 'notification', contracts, module: NotificationModule, migrations });

import { runService } from '@eaf/service';
import { tenantService } from './service.js';

await runService(tenantService);

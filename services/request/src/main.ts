import { runService } from '@eaf/service';
import { requestService } from './service.js';

await runService(requestService);

import { runService } from '@eaf/service';
import { notificationService } from './service.js';

await runService(notificationService);

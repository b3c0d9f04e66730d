import { runService } from '@eaf/service';
import { approvalService } from './service.js';

await runService(approvalService);

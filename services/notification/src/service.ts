import { contracts } from '@dvmm/contracts';
import type { ServiceDeclaration } from '@eaf/service';
import { migrations } from './migrations.js';
import { NotificationModule } from './notification.module.js';

/** What runs, and what tests run. */
export const notificationService: ServiceDeclaration = {
  context: 'notification',
  contracts,
  module: NotificationModule,
  migrations,
};

import { contracts, sealTexts } from '@dvmm/contracts';
import type { ServiceDeclaration } from '@eaf/service';
import { ApprovalModule } from './approval.module.js';
import { migrations } from './migrations.js';

/** What runs, and what tests run. */
export const approvalService: ServiceDeclaration = {
  context: 'approval',
  contracts,
  module: ApprovalModule,
  migrations,
  seal: sealTexts,
};

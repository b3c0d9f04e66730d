import { contracts, sealTexts } from '@dvmm/contracts';
import type { ServiceDeclaration } from '@eaf/service';
import { migrations } from './migrations.js';
import { RequestModule } from './request.module.js';

/** What runs, and what tests run. */
export const requestService: ServiceDeclaration = {
  context: 'request',
  contracts,
  module: RequestModule,
  migrations,
  seal: sealTexts,
};

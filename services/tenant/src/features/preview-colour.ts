import { previewColour } from '@dvmm/contracts';
import { Handles } from '@eaf/messaging';
import type { Input, Reply } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { fitBrandColour } from '../domain/brand-colour.js';

@Controller()
export class PreviewColour {
  @Handles(previewColour)
  async handle({ colour }: Input<typeof previewColour>): Promise<Reply<typeof previewColour>> {
    return fitBrandColour(colour);
  }
}

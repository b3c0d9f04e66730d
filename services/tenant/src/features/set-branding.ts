import { createHash } from 'node:crypto';
import { setBranding } from '@dvmm/contracts';
import { retryOnConflict } from '@eaf/event-store';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Brandings } from '../branding/brandings.js';
import { fitBrandColour } from '../domain/brand-colour.js';
import { logoIn } from '../domain/logo.js';
import { Records } from '../records.js';

@Controller()
export class SetBranding {
  constructor(
    private readonly brandings: Brandings,
    private readonly records: Records,
  ) {}

  @Handles(setBranding)
  async handle(input: Input<typeof setBranding>, context: OperationContext): Promise<Reply<typeof setBranding>> {
    const image = imageIn(input.logo);
    if (image === 'unfit') return refuse('branding.logo-unfit');
    const entered = input.colour?.toLowerCase();
    const colours = entered && fitBrandColour(entered);
    const colour = entered && colours ? { entered, colours, version: sha256(JSON.stringify(colours)) } : null;
    return retryOnConflict(async () => {
      const loaded = await this.records.load(context, 'branding');
      if (loaded.replay) return loaded.replay.reply as Reply<typeof setBranding>;
      // Read after the stream: whoever changes it meanwhile makes this append fail.
      const logo = image === undefined ? (await this.brandings.of(context.tenant)).logo : image;
      const fact = {
        type: 'tenant.branding-changed' as const,
        data: {
          colour: colour?.entered ?? null,
          light: colour?.colours.light.primary ?? null,
          dark: colour?.colours.dark.primary ?? null,
          logoSha256: logo?.version ?? null,
        },
      };
      return this.records.commit(context, loaded, [fact], {
        reply: () => ({
          colour: fact.data.colour,
          logo: logo && { version: logo.version, width: logo.width, height: logo.height },
        }),
        also: () => [this.brandings.keep(context.tenant, colour, image)],
      });
    });
  }
}

/** @returns undefined: stays as it is; null: there shall be none */
function imageIn(base64: string | null | undefined) {
  if (base64 === undefined || base64 === null) return base64;
  const png = Buffer.from(base64, 'base64');
  const size = logoIn(png);
  return size ? { png, version: sha256(png), ...size } : 'unfit';
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

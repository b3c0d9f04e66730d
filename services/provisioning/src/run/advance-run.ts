import { type Claim, ClaimLost, type Loaded, release, Timers, VersionConflict } from '@eaf/event-store';
import { inSpan, SpanKind } from '@eaf/observability';
import type { SqlStatement } from '@eaf/tenancy';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Hypervisors } from '../connections/hypervisors.js';
import { hasEnded, type Run } from '../domain/run-state.js';
import { nudge, timer } from '../own-timers.js';
import { DoStep } from './do-step.js';
import { Runs } from './runs.js';
import { TakeBack } from './take-back.js';

/** More than any one vCenter clones at once: steps mostly wait. */
const runsAtOnce = 32;

/** Moves runs on, as many steps at each ring of their timer as nothing is in the way of. Any replica may go on where another one died. */
@Injectable()
export class AdvanceRun implements OnModuleInit {
  constructor(
    private readonly timers: Timers,
    private readonly runs: Runs,
    private readonly doStep: DoStep,
    private readonly takeBack: TakeBack,
    private readonly hypervisors: Hypervisors,
  ) {}

  onModuleInit(): void {
    this.timers.on(timer.run, (claim) => this.advance(claim), runsAtOnce);
  }

  async advance(claim: Claim): Promise<void> {
    const loaded = await this.runs.load(claim.origin, claim.id);
    const { phase, traceparent } = loaded.state;
    const about = { name: `run ${phase}`, kind: SpanKind.INTERNAL, traceparent };
    try {
      await inSpan(about, () => this.#advance(claim, loaded));
    } catch (error) {
      if (this.hypervisors.closing) return this.#rings(claim, [release(claim, loaded.now)]);
      // A person cancelled, retried or adopted meanwhile: look again with what is true now.
      if (error instanceof VersionConflict) return this.#rings(claim, [release(claim, loaded.now)]);
      // We slept through our claim. Whoever has the run now may have finished it before our last call reached vCenter.
      if (error instanceof ClaimLost) await this.#rings(claim, [nudge(timer.run, claim.id)]);
      throw error;
    }
  }

  async #advance(claim: Claim, loaded: Loaded<Run>): Promise<void> {
    const { phase, spec } = loaded.state;
    if (!spec) return this.#rings(claim, [release(claim)]); // Cancelled before it began.
    if (phase === 'working') return this.doStep.goOn(claim, loaded, spec);
    if (hasEnded(loaded.state)) return this.takeBack.sweep(claim, loaded, spec);
    return this.takeBack.once(claim, loaded, spec);
  }

  async #rings(claim: Claim, statements: readonly SqlStatement[]): Promise<void> {
    await this.runs.store.commit(claim.origin, [], { statements });
  }
}

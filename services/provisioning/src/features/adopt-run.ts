import { adoptRun } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { Hypervisors } from '../connections/hypervisors.js';
import { refuseIfEnded } from '../domain/decide-run.js';
import type { RunSpec } from '../domain/run-state.js';
import { vmIdOf } from '../domain/vm-id.js';
import { ActOnRun } from '../run/act-on-run.js';
import { Runs } from '../run/runs.js';

/** An administrator waits for the answer. */
const deadlineMs = 3_000;

/** Only what is really there can be adopted: looked up at vCenter, with our marker on it. */
@Controller()
export class AdoptRun {
  constructor(
    private readonly runs: Runs,
    private readonly act: ActOnRun,
    private readonly hypervisors: Hypervisors,
  ) {}

  @Handles(adoptRun)
  async handle({ id }: Input<typeof adoptRun>, context: OperationContext): Promise<Reply<typeof adoptRun>> {
    const { state, replay } = await this.runs.load(context, id);
    if (replay) return replay.reply as Reply<typeof adoptRun>;
    const ended = refuseIfEnded(state);
    if (ended) return ended;
    if (!state.spec) return refuse('not-found');
    const moref = await this.#ours(context.tenant, state.spec);
    if (!moref) return refuse('run.no-vm', { name: state.spec.vmName });
    return this.act.decide(context, id, { type: 'adopt', vmId: vmIdOf(id), moref });
  }

  async #ours(tenant: string, spec: RunSpec): Promise<string | undefined> {
    const connected = await this.hypervisors.of(tenant, spec.vcenterId);
    const vm = await connected?.hypervisor.findByName(spec.vmName, deadlineMs);
    return vm?.marker === spec.requestId && vm.instanceUuid === spec.instanceUuid ? vm.vm : undefined;
  }
}

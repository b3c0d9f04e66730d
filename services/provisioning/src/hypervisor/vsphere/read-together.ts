import { setTimeout as pause } from 'node:timers/promises';
import { NotFoundInVCenter } from '../faults.js';
import { propertySpec, type Read, retrieve } from './properties.js';
import type { VSphereSession } from './session.js';
import { kindOf } from './soap-faults.js';
import { type ManagedObject, moref } from './xml-values.js';

/** Steps of many VMs come close together; so long a reading waits for others to go with. */
const GATHER_MS = 20;
const READ_LIMIT_MS = 10_000;

type Asked = { object: ManagedObject; resolve: (read: Read) => void; reject: (fault: unknown) => void };
type Gathering = { asked: Asked[]; sending: boolean };

/**
 * Readings of single objects that are asked for at about the same time go in one RetrievePropertiesEx, and while one is
 * under way the next is gathered: a slow vCenter is asked the less. Each is sent after it was asked for, so nobody gets
 * what was read before.
 */
export class ReadTogether {
  /** By type and paths. */
  readonly #gathering = new Map<string, Gathering>();

  constructor(private readonly session: VSphereSession) {}

  /** @throws NotFoundInVCenter the object is gone */
  async read(object: ManagedObject, paths: string[], signal: AbortSignal): Promise<Read> {
    const read = new Promise<Read>((resolve, reject) => this.#gather({ object, resolve, reject }, paths));
    return this.session.inTime(read, signal);
  }

  #gather(asked: Asked, paths: string[]): void {
    const key = [asked.object.type, ...paths].join();
    const gathering = this.#gathering.get(key) ?? { asked: [], sending: false };
    this.#gathering.set(key, gathering);
    gathering.asked.push(asked);
    if (!gathering.sending) void this.#sendAll(key, gathering, paths);
  }

  async #sendAll(key: string, gathering: Gathering, paths: string[]): Promise<void> {
    gathering.sending = true;
    while (gathering.asked.length > 0) {
      await pause(GATHER_MS);
      await this.#send(gathering.asked.splice(0), paths);
    }
    this.#gathering.delete(key);
  }

  async #send(together: Asked[], paths: string[]): Promise<void> {
    const [first] = together;
    if (!first) return;
    const objects = new Map(together.map(({ object }) => [object.value, object]));
    const specSet = {
      propSet: propertySpec(first.object.type, paths),
      objectSet: [...objects.values()].map((object) => ({ obj: moref(object) })),
    };
    try {
      const reads = await retrieve(this.session, specSet, AbortSignal.timeout(READ_LIMIT_MS));
      const found = new Map(reads.map((read) => [read.object.value, read]));
      for (const { object, resolve, reject } of together) {
        const read = found.get(object.value);
        if (read) resolve(read);
        else reject(new NotFoundInVCenter(kindOf(object.type), object.value));
      }
    } catch (error) {
      // vSphere refuses a reading as a whole when one of its objects is gone; the others are none the worse for it.
      const alone = error instanceof NotFoundInVCenter && objects.size > 1;
      if (alone) await Promise.all(together.map((asked) => this.#send([asked], paths)));
      else for (const { reject } of together) reject(error);
    }
  }
}

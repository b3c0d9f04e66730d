import { outsideOfTrace } from '@eaf/observability';
import { HypervisorFault, NotFoundInVCenter } from '../faults.js';
import type { TaskProgress, TaskRef, TaskResult } from '../hypervisor.js';
import { listedBy, propertySpec } from './properties.js';
import type { VSphereSession } from './session.js';
import { faultOfTask } from './soap-faults.js';
import {
  child,
  children,
  integer,
  type ManagedObject,
  moref,
  reference,
  references,
  text,
  type Xml,
} from './xml-values.js';

const POLL_SECONDS = 60;
/** vCenter answers by itself after the poll's time; what comes later than this is lost. */
const POLL_LIMIT_MS = (POLL_SECONDS + 15) * 1000;
const PATHS = ['info.state', 'info.progress', 'info.error', 'info.result'];

type Waiter = {
  onProgress: (progress: TaskProgress) => void;
  resolve: (result: TaskResult) => void;
  reject: (fault: unknown) => void;
};
type Followed = { waiters: Set<Waiter>; values: Map<string, Xml> };
/** Both live as long as vCenter's session: a new login needs new ones. */
type Watch = { collector: ManagedObject; view: ManagedObject };

/**
 * Follows all tasks of one vCenter in one long poll: a property collector of our own watches one list view, to which
 * tasks are added. The poll runs while somebody waits.
 * @see vSphere Web Services API, PropertyCollector.WaitForUpdatesEx and ViewManager.CreateListView
 */
export class TaskFollower {
  readonly #followed = new Map<TaskRef, Followed>();
  #watch: Promise<Watch> | undefined;
  #polling = false;
  #closing = new AbortController();

  constructor(private readonly session: VSphereSession) {}

  async wait(task: TaskRef, onProgress: Waiter['onProgress'], signal: AbortSignal): Promise<TaskResult> {
    const ended = new Promise<TaskResult>((resolve, reject) => {
      const waiter = { onProgress, resolve, reject };
      this.#add(task, waiter);
      const abort = () => {
        this.#remove(task, waiter);
        reject(this.session.away(signal.reason));
      };
      if (signal.aborted) abort();
      signal.addEventListener('abort', abort, { once: true });
    });
    ended.catch(() => undefined); // It may fail while the view is still being told; the caller gets it below.
    try {
      await this.#show([task], signal);
      this.#poll();
    } catch (error) {
      this.#fail(task, error);
    }
    return await ended;
  }

  close(): void {
    this.#closing.abort(new Error('connection closed'));
    this.#closing = new AbortController();
    this.#watch = undefined;
    this.#failAll(this.session.away(new Error('connection closed')));
  }

  /** Adds tasks to the view; those that vCenter has forgotten fail. A view lost with its session is made anew, once. */
  async #show(tasks: TaskRef[], signal: AbortSignal, again = true): Promise<void> {
    const watch = this.#watched();
    try {
      const { view } = await watch;
      const answer = await this.session.call('ModifyListView', view, { add: tasks.map(taskMoref) }, signal);
      for (const { value } of references(answer, 'returnval')) this.#fail(value, new NotFoundInVCenter('task', value));
    } catch (error) {
      if (this.#watch === watch) this.#watch = undefined;
      if (!(again && error instanceof NotFoundInVCenter)) throw error;
      await this.#show([...this.#followed.keys()], signal, false);
    }
  }

  #watched(): Promise<Watch> {
    this.#watch ??= openWatch(
      this.session,
      AbortSignal.any([this.#closing.signal, AbortSignal.timeout(POLL_LIMIT_MS)]),
    );
    return this.#watch;
  }

  #poll(): void {
    if (this.#polling) return;
    this.#polling = true;
    // It serves whoever waits, not only the run that came first.
    outsideOfTrace(() => this.#pollWhileAwaited())
      .catch((error) => {
        this.#watch = undefined;
        this.#failAll(error);
      })
      .finally(() => {
        this.#polling = false;
        if (this.#followed.size > 0) this.#poll(); // Somebody came between the last answer and this line.
      });
  }

  async #pollWhileAwaited(): Promise<void> {
    let polled: Promise<Watch> | undefined;
    let version = '';
    while (this.#followed.size > 0) {
      const watch = this.#watched();
      if (watch !== polled) version = ''; // A new collector counts its versions from the start.
      polled = watch;
      const { collector } = await watch;
      const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(POLL_LIMIT_MS)]);
      try {
        const args = { version, options: { maxWaitSeconds: POLL_SECONDS } };
        const update = child(await this.session.call('WaitForUpdatesEx', collector, args, signal), 'returnval');
        version = text(update, 'version') ?? version;
        for (const filter of children(update, 'filterSet')) this.#take(filter);
      } catch (error) {
        // A collector that is lost before its first answer was not lost with an old session: no use making another.
        if (!isLostCollector(error) || version === '') throw error;
        if (this.#watch === watch) this.#watch = undefined;
        await this.#show([...this.#followed.keys()], signal);
      }
    }
  }

  #take(filter: Xml): void {
    const done: TaskRef[] = [];
    for (const update of children(filter, 'objectSet')) {
      const task = reference(child(update, 'obj'))?.value;
      const followed = task === undefined ? undefined : this.#followed.get(task);
      if (task === undefined || !followed) continue;
      for (const change of children(update, 'changeSet'))
        followed.values.set(text(change, 'name') ?? '', child(change, 'val'));
      if (this.#settle(task, followed, text(update, 'kind') === 'leave')) done.push(task);
    }
    if (done.length > 0) this.#hide(done);
  }

  /** True once the task has ended, in whichever way. */
  #settle(task: TaskRef, { waiters, values }: Followed, gone: boolean): boolean {
    const state = text(values.get('info.state'));
    if (state === 'error') this.#fail(task, faultOfTask(values.get('info.error')));
    else if (state === 'success') {
      const made = reference(values.get('info.result'));
      this.#followed.delete(task);
      for (const waiter of waiters) waiter.resolve({ vm: made?.type === 'VirtualMachine' ? made.value : undefined });
    } else if (gone) this.#fail(task, new NotFoundInVCenter('task', task));
    else if (state === 'queued' || state === 'running') {
      for (const waiter of waiters) waiter.onProgress({ state, percent: integer(values.get('info.progress')) });
      return false;
    } else return false;
    return true;
  }

  /** Ended tasks leave the view, so that it stays small. One that stays harms nothing. */
  #hide(tasks: TaskRef[]): void {
    const remove = tasks.map(taskMoref);
    const signal = AbortSignal.timeout(POLL_LIMIT_MS);
    this.#watch
      ?.then(({ view }) => this.session.call('ModifyListView', view, { remove }, signal))
      .catch(() => undefined);
  }

  #add(task: TaskRef, waiter: Waiter): void {
    const followed = this.#followed.get(task) ?? { waiters: new Set(), values: new Map() };
    followed.waiters.add(waiter);
    this.#followed.set(task, followed);
  }

  #remove(task: TaskRef, waiter: Waiter): void {
    const followed = this.#followed.get(task);
    followed?.waiters.delete(waiter);
    if (followed?.waiters.size === 0) {
      this.#followed.delete(task);
      this.#hide([task]);
    }
  }

  #fail(task: TaskRef, fault: unknown): void {
    const followed = this.#followed.get(task);
    this.#followed.delete(task);
    for (const waiter of followed?.waiters ?? []) waiter.reject(fault);
  }

  #failAll(fault: unknown): void {
    for (const task of [...this.#followed.keys()]) this.#fail(task, fault);
  }
}

async function openWatch(session: VSphereSession, signal: AbortSignal): Promise<Watch> {
  const [singleton, viewManager] = await Promise.all([
    session.singleton('propertyCollector', signal),
    session.singleton('viewManager', signal),
  ]);
  const collector = reference(child(await session.call('CreatePropertyCollector', singleton, {}, signal), 'returnval'));
  const view = reference(child(await session.call('CreateListView', viewManager, {}, signal), 'returnval'));
  if (!collector || !view) throw new HypervisorFault('UnexpectedAnswer', 'no collector or view in the answer');
  const spec = { propSet: propertySpec('Task', PATHS), objectSet: listedBy(view, { type: 'ListView', path: 'view' }) };
  await session.call('CreateFilter', collector, { spec, partialUpdates: false }, signal);
  return { collector, view };
}

/** The session that owned collector and view has ended. */
function isLostCollector(error: unknown): boolean {
  return (
    error instanceof NotFoundInVCenter ||
    (error instanceof HypervisorFault && error.faultName === 'InvalidCollectorVersion')
  );
}

function taskMoref(task: TaskRef): Xml {
  return moref({ type: 'Task', value: task });
}

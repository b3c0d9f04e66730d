import { setTimeout as pause } from 'node:timers/promises';
import { outsideOfTrace } from '@eaf/observability';
import { HypervisorFault, NotFoundInVCenter } from '../faults.js';
import { GUEST_PATHS } from './own-vm.js';
import { listedBy, propertySpec } from './properties.js';
import type { VSphereSession } from './session.js';
import { kindOf } from './soap-faults.js';
import { child, children, type ManagedObject, moref, reference, references, text, type Xml } from './xml-values.js';

const POLL_SECONDS = 60;
/** vCenter answers by itself after the poll's time; what comes later than this is lost. */
const POLL_LIMIT_MS = (POLL_SECONDS + 15) * 1000;
const CHANGE_LIMIT_MS = 15_000;
/** What comes close together goes in one change of the view, and is told in one answer. */
const GATHER_MS = 40;
const FORESEEN_MS = 60_000;
const TASK_PATHS = ['info.state', 'info.progress', 'info.error', 'info.result'];

type Values = ReadonlyMap<string, Xml>;
type Watcher = { changed: (values: Values) => void; ended: (fault: unknown) => void };
type Watched = { object: ManagedObject; watchers: Set<Watcher>; values: Map<string, Xml>; foreseenUntil?: number };
/** Both live as long as vCenter's session: a new login needs new ones. */
type View = { collector: ManagedObject; view: ManagedObject };

/**
 * Watches tasks and VMs of one vCenter in one long poll: a property collector of our own watches one list view, to
 * which they are added. The poll runs while somebody watches.
 * @see vSphere Web Services API, PropertyCollector.WaitForUpdatesEx and ViewManager.CreateListView
 */
export class ObjectWatch {
  /** Those in the view or on their way there; who is watched no more leaves it with the next who come. */
  readonly #watched = new Map<string, Watched>();
  #coming: Watched[] = [];
  #view: Promise<View> | undefined;
  #showing = false;
  #polling = false;
  #closing = new AbortController();

  constructor(private readonly session: VSphereSession) {}

  /**
   * Waits until the properties of a task or VM show what `look` is after. It is called with them as they are now, and
   * after each change, until it gives something else than undefined or throws.
   * @throws NotFoundInVCenter the object is gone
   * @throws HypervisorAway the signal came first, or vCenter went away
   */
  until<T>(object: ManagedObject, look: (values: Values) => T | undefined, signal: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const abort = () => end(() => reject(this.session.away(signal.reason)));
      const watcher: Watcher = {
        changed: (values) => {
          try {
            const found = look(values);
            if (found !== undefined) end(() => resolve(found));
          } catch (fault) {
            end(() => reject(fault));
          }
        },
        ended: (fault) => end(() => reject(fault)),
      };
      const end = (settle: () => void) => {
        signal.removeEventListener('abort', abort);
        this.#watched.get(object.value)?.watchers.delete(watcher);
        settle();
      };
      if (signal.aborted) return abort();
      signal.addEventListener('abort', abort, { once: true });
      this.#watch(object, watcher);
    });
  }

  /** It will be waited for soon: it comes into the view together with what is waited for now. */
  foresee(object: ManagedObject): void {
    if (this.#watched.has(object.value)) return;
    this.#come({ object, watchers: new Set(), values: new Map(), foreseenUntil: Date.now() + FORESEEN_MS });
  }

  close(): void {
    this.#closing.abort(new Error('connection closed'));
    this.#closing = new AbortController();
    this.#view = undefined;
    this.#endAll(this.session.away(new Error('connection closed')));
  }

  #watch(object: ManagedObject, watcher: Watcher): void {
    const known = this.#watched.get(object.value);
    if (known) {
      known.watchers.add(watcher);
      known.foreseenUntil = 0;
      queueMicrotask(() => this.#tellWhatIsKnown(known, watcher));
    } else this.#come({ object, watchers: new Set([watcher]), values: new Map() });
  }

  #tellWhatIsKnown(watched: Watched, watcher: Watcher): void {
    if (watched.values.size > 0 && watched.watchers.has(watcher)) watcher.changed(watched.values);
    this.#poll();
  }

  #come(watched: Watched): void {
    this.#watched.set(watched.object.value, watched);
    this.#coming.push(watched);
    if (!this.#showing) void this.#showComing();
  }

  /** One change of the view at a time: while one is under way the next is gathered. */
  async #showComing(): Promise<void> {
    this.#showing = true;
    while (this.#coming.length > 0) {
      await pause(GATHER_MS);
      const coming = this.#coming.splice(0).filter((one) => this.#watched.get(one.object.value) === one);
      if (coming.length === 0) continue;
      try {
        await this.#show(coming);
        this.#poll();
      } catch (error) {
        for (const { object } of coming) this.#end(object.value, error);
      }
    }
    this.#showing = false;
  }

  /** Those that vCenter has forgotten end. A view lost with its session is made anew, once. */
  async #show(coming: Watched[], again = true): Promise<void> {
    const opened = this.#opened();
    try {
      await this.#change(await opened, coming);
    } catch (error) {
      if (this.#view === opened) this.#view = undefined;
      if (!(again && error instanceof NotFoundInVCenter)) throw error;
      await this.#show([...this.#watched.values()], false);
    }
  }

  async #change({ view }: View, coming: Watched[]): Promise<void> {
    const now = Date.now();
    const left = [...this.#watched.values()].filter(
      (one) => one.watchers.size === 0 && (one.foreseenUntil ?? 0) < now && !coming.includes(one),
    );
    for (const { object } of left) this.#watched.delete(object.value);
    const args = { add: coming.map(asMoref), remove: left.map(asMoref) };
    const answer = await this.session.call('ModifyListView', view, args, AbortSignal.timeout(CHANGE_LIMIT_MS));
    for (const { type, value } of references(answer, 'returnval'))
      this.#end(value, new NotFoundInVCenter(kindOf(type), value));
  }

  #opened(): Promise<View> {
    this.#view ??= openView(this.session, AbortSignal.any([this.#closing.signal, AbortSignal.timeout(POLL_LIMIT_MS)]));
    return this.#view;
  }

  #poll(): void {
    if (this.#polling || !this.#isWatched()) return;
    this.#polling = true;
    // It serves whoever waits, not only the run that came first.
    outsideOfTrace(() => this.#pollWhileWatched())
      .catch((error) => {
        this.#view = undefined;
        this.#endAll(error);
      })
      .finally(() => {
        this.#polling = false;
        this.#poll(); // Somebody came between the last answer and this line.
      });
  }

  async #pollWhileWatched(): Promise<void> {
    let polled: Promise<View> | undefined;
    let version = '';
    while (this.#isWatched()) {
      const opened = this.#opened();
      if (opened !== polled) version = ''; // A new collector counts its versions from the start.
      polled = opened;
      const { collector } = await opened;
      const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(POLL_LIMIT_MS)]);
      try {
        const args = { version, options: { maxWaitSeconds: POLL_SECONDS } };
        const update = child(await this.session.call('WaitForUpdatesEx', collector, args, signal), 'returnval');
        version = text(update, 'version') ?? version;
        for (const filter of children(update, 'filterSet')) this.#take(filter);
        if (this.#isWatched()) await pause(GATHER_MS);
      } catch (error) {
        // A collector that is lost before its first answer was not lost with an old session: no use making another.
        if (!isLostCollector(error) || version === '') throw error;
        if (this.#view === opened) this.#view = undefined;
        await this.#show([...this.#watched.values()]);
      }
    }
  }

  #take(filter: Xml): void {
    for (const update of children(filter, 'objectSet')) {
      const watched = this.#watched.get(reference(child(update, 'obj'))?.value ?? '');
      if (!watched) continue;
      for (const change of children(update, 'changeSet'))
        watched.values.set(text(change, 'name') ?? '', child(change, 'val'));
      for (const watcher of [...watched.watchers]) watcher.changed(watched.values);
      const { type, value } = watched.object;
      if (text(update, 'kind') === 'leave') this.#end(value, new NotFoundInVCenter(kindOf(type), value));
    }
  }

  #isWatched(): boolean {
    return [...this.#watched.values()].some(({ watchers }) => watchers.size > 0);
  }

  #end(value: string, fault: unknown): void {
    const watched = this.#watched.get(value);
    this.#watched.delete(value);
    for (const watcher of watched?.watchers ?? []) watcher.ended(fault);
  }

  #endAll(fault: unknown): void {
    for (const value of [...this.#watched.keys()]) this.#end(value, fault);
  }
}

async function openView(session: VSphereSession, signal: AbortSignal): Promise<View> {
  const [singleton, viewManager] = await Promise.all([
    session.singleton('propertyCollector', signal),
    session.singleton('viewManager', signal),
  ]);
  const collector = reference(child(await session.call('CreatePropertyCollector', singleton, {}, signal), 'returnval'));
  const view = reference(child(await session.call('CreateListView', viewManager, {}, signal), 'returnval'));
  if (!collector || !view) throw new HypervisorFault('UnexpectedAnswer', 'no collector or view in the answer');
  const spec = {
    propSet: [propertySpec('Task', TASK_PATHS), propertySpec('VirtualMachine', GUEST_PATHS)],
    objectSet: listedBy(view, { type: 'ListView', path: 'view' }),
  };
  await session.call('CreateFilter', collector, { spec, partialUpdates: false }, signal);
  return { collector, view };
}

function asMoref({ object }: Watched): Xml {
  return moref(object);
}

/** The session that owned collector and view has ended. */
function isLostCollector(error: unknown): boolean {
  return (
    error instanceof NotFoundInVCenter ||
    (error instanceof HypervisorFault && error.faultName === 'InvalidCollectorVersion')
  );
}

import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { QuotaAmounts } from '@dvmm/contracts';
import { deleteVcsimTemplate, makeVcsimTemplate, type Vcsim } from '@eaf/testing';
import { addressesOf } from '../addresses.js';
import type { LocalSettings } from '../local-settings.js';
import { personNamed } from '../people.js';
import { type Change, type Chronicle, chronicles } from './history-stories.js';
import { login, ubuntu } from './seed.js';
import { Refused, Session } from './session.js';
import { type Story, storiesOf, type Turn, timeAfter, timeOf } from './story.js';
import { until } from './until.js';

interface Named {
  readonly id: string;
  readonly name: string;
}
type Page<T> = { readonly items: T[] };
type Case = { readonly id: string; readonly mayDecide: boolean; readonly stage: { readonly number: number } };
type Request = { readonly state: string; readonly result: { readonly vmId: string } | null };

export interface Telling {
  /** When the telling began: what plays today plays before that. */
  readonly anchor: Date;
  /** Told after each request how many there have been, of how many. */
  readonly onTold?: (told: number, of: number) => void;
  readonly chronicles?: readonly Chronicle[];
}

/** As many runs as a vCenter clones at once by default, shared by two tenants. */
const atOnce = 4;
const patienceMs = 60_000;
const lookAgainMs = 400;
/** Was offered, and is deleted in vCenter before the first VM is made of it: what is asked for with it fails. */
const lostTemplate = 'ubuntu-24.04-docker';

/**
 * Tells a month in both tenants: every act by the person whose it is, through the API, at the time it plays at. Told
 * again it doubles nothing, as every act has its key, so what was broken off is told to its end.
 * @throws AggregateError with what went another way than the story; the rest is told all the same
 */
export async function tellHistory(settings: LocalSettings, vcsim: Vcsim, telling: Telling): Promise<void> {
  const { anchor, onTold = () => {}, chronicles: told = chronicles } = telling;
  await makeVcsimTemplate(vcsim, lostTemplate);
  const tellers = told.map((chronicle) => new Teller(settings, chronicle, anchor));
  const of = tellers.reduce((sum, { stories }) => sum + stories.length, 0);
  let count = 0;
  await Promise.all(tellers.map((teller) => teller.prepare()));
  await deleteVcsimTemplate(vcsim, lostTemplate);
  const faults = await Promise.all(tellers.map((teller) => teller.tell(() => onTold(++count, of))));
  if (faults.flat().length > 0) throw new AggregateError(faults.flat(), faults.flat().map(String).join('\n'));
}

const templates = { ubuntu, docker: `${ubuntu} mit Docker` };

class Teller {
  readonly stories: readonly Story[];
  readonly #people = new Map<string, Promise<Session>>();
  readonly #ids = new Map<string, string>();

  constructor(
    private readonly settings: LocalSettings,
    private readonly chronicle: Chronicle,
    private readonly anchor: Date,
  ) {
    this.stories = storiesOf(chronicle.requests);
  }

  /** @returns what went wrong */
  async tell(onTold: () => void): Promise<unknown[]> {
    const faults: unknown[] = [];
    const underWay = new Set<Promise<void>>();
    for (const { entry } of this.#inOrder()) {
      if (!('then' in entry)) {
        // Whoever asked before it met what was in force before it.
        await Promise.all(underWay);
        await this.#change(entry);
        continue;
      }
      while (underWay.size >= atOnce) await Promise.race(underWay);
      const told = this.#request(entry)
        .catch((fault: unknown) => void faults.push(new Error(`${entry.name}: ${fault}`, { cause: fault })))
        .finally(() => {
          underWay.delete(told);
          onTold();
        });
      underWay.add(told);
    }
    await Promise.all(underWay);
    return faults;
  }

  #inOrder(): { time: Date; entry: Story | Change }[] {
    return [...this.chronicle.changes, ...this.stories]
      .map((entry) => ({ time: timeOf(entry.at, this.anchor), entry }))
      .sort((one, other) => one.time.getTime() - other.time.getTime());
  }

  /** Projects, and who is in them. */
  async prepare(): Promise<void> {
    const { projects, administrator } = this.chronicle;
    const admin = await this.#person(administrator, timeOf('22 08:15', this.anchor));
    const { items: members } = await admin.get<Page<{ person: Named; projects: Named[] }>>('/admin/members?limit=200');
    for (const { person } of members) this.#ids.set(`person ${person.name}`, person.id);
    const isIn = (user: string, project: string) =>
      members.some(({ person, projects: of }) => person.id === this.#idOf(user) && of.some(({ id }) => id === project));
    for (const { name, lead, members: others, limits } of projects) {
      const { id } = await admin.post<Named>('/admin/projects', { name }, this.#key(`project ${name}`));
      for (const user of [lead, ...others].filter((one) => !isIn(one, id)))
        await admin.put(`/admin/projects/${id}/members/${this.#idOf(user)}`, { lead: user === lead });
      if (!(await this.#limitsOf(admin, id))) await admin.put(`/admin/projects/${id}/quota`, { limits });
    }
    const [vcenter] = (await admin.get<Page<Named>>('/admin/vcenters')).items;
    const docker = {
      name: templates.docker,
      vcenterId: vcenter?.id,
      vcenterName: lostTemplate,
      guest: 'linux',
      loginText: {
        de: 'Melden Sie sich mit Ihrem SSH-Schlüssel als Benutzer „ubuntu“ an.',
        en: 'Sign in as user “ubuntu” with your SSH key.',
      },
    };
    await this.#untilOffered(() => admin.post('/admin/templates', docker, this.#key('template docker')));
    for (const kind of ['projects', 'templates', 'networks'])
      for (const { id, name } of (await admin.get<Page<Named>>(`/${kind}?limit=200`)).items)
        this.#ids.set(`${kind} ${name}`, id);
  }

  /** The inventory is read every few seconds, and a new template seen then. */
  async #untilOffered(offer: () => Promise<unknown>): Promise<void> {
    await until('the template being seen in vCenter', async () => {
      try {
        await offer();
        return true;
      } catch (error) {
        if (error instanceof Refused && error.problem.code === 'template.missing-in-vcenter') return undefined;
        throw error;
      }
    });
  }

  async #limitsOf(admin: Session, projectId: string | null): Promise<QuotaAmounts | null | undefined> {
    type Quota = { projectId: string | null; limits: QuotaAmounts | null };
    const { items } = await admin.get<Page<Quota>>('/admin/quota?limit=200');
    return items.find((quota) => quota.projectId === projectId)?.limits;
  }

  async #change(change: Change): Promise<void> {
    const admin = await this.#person(this.chronicle.administrator, timeOf(change.at, this.anchor));
    const key = this.#key(`change ${change.at} ${'size' in change ? change.size.key : ''}`);
    if ('policy' in change) {
      const projectId = change.project ? this.#id(`projects ${change.project}`) : null;
      await admin.put('/admin/policies', { ...change.policy, projectId }, key);
    } else if ('limits' in change) {
      const projectId = change.project ? this.#id(`projects ${change.project}`) : null;
      const path = projectId ? `/admin/projects/${projectId}/quota` : '/admin/quota';
      // Limits are set anew under any key, and that is a fact each time.
      if (!isDeepStrictEqual(await this.#limitsOf(admin, projectId), change.limits))
        await admin.put(path, { limits: change.limits });
    } else if ('size' in change) {
      await admin.put(`/admin/sizes/${change.size.key}`, change.size, key);
    } else {
      await admin.put(`/admin/members/${this.#idOf(change.person)}/roles`, { roles: change.roles }, key);
    }
  }

  async #request(story: Story): Promise<void> {
    const submitted = timeOf(story.at, this.anchor);
    const requester = await this.#person(story.by, submitted);
    const { id } = await requester.post<Named>(
      '/requests',
      {
        projectId: this.#id(`projects ${story.project}`),
        templateId: this.#id(`templates ${templates[story.template]}`),
        networkId: this.#id(`networks ${story.environment === 'production' ? 'Produktion' : 'Büro (DHCP)'}`),
        name: story.name,
        size: story.size,
        environment: story.environment,
        justification: story.why,
      },
      this.#key(story.name),
    );
    let time = submitted;
    for (const turn of story.then) {
      time = 'at' in turn ? timeOf(turn.at, this.anchor) : timeAfter(turn.after, time);
      await this.#turn(story, turn, id, requester, time);
    }
    const [last] = story.then.slice(-1);
    const fails = story.template === 'docker' || story.size === 'Archiv';
    // So that no more runs are under way than vCenter takes. One that fails is tried for half a minute, and bars nobody.
    if (last?.what === 'granted' && !fails) await this.#ended(requester, id);
  }

  async #turn(story: Story, turn: Turn, id: string, requester: Session, time: Date): Promise<void> {
    switch (turn.what) {
      case 'open':
        return;
      case 'withdrawn':
        return unlessDone(requester.at(time).post(`/requests/${id}/cancel`, {}, this.#key(`${story.name} withdrawn`)));
      case 'granted':
      case 'rejected': {
        const verdict = turn.what === 'granted' ? 'approve' : 'reject';
        const approver = await this.#person(turn.by, time);
        const key = this.#key(`${story.name} ${verdict} ${turn.by}`);
        const reason = turn.what === 'rejected' ? { reason: turn.reason } : {};
        const stage = story.then.indexOf(turn) + 1;
        await until('the case reaching its approver', async () => {
          const { items } = await approver.get<Page<Case>>('/approvals?limit=200');
          const open = items.find((one) => one.id === id);
          if (open) return open.mayDecide || open.stage.number > stage || undefined;
          return (await requester.get<Request>(`/requests/${id}`)).state !== 'submitted' || undefined;
        });
        return unlessDone(approver.post(`/approvals/${id}/${verdict}`, reason, key));
      }
      default: {
        const made = await this.#ended(requester, id);
        // Broken off while its VM was being made, and that went wrong: the simulator forgets what is under way.
        if (!made?.result) return;
        const vm = `/vms/${made.result.vmId}`;
        if (turn.what === 'off')
          await requester.at(time).post(`${vm}/power`, { action: 'off' }, this.#key(`${story.name} off`));
        else await requester.at(time).delete(vm, { confirmName: story.name });
      }
    }
  }

  /** @returns undefined where it takes longer than a story can wait for; it goes on by itself */
  async #ended(requester: Session, id: string): Promise<Request | undefined> {
    for (const end = Date.now() + patienceMs; Date.now() < end; await pause(lookAgainMs)) {
      const request = await requester.get<Request>(`/requests/${id}`);
      if (!['submitted', 'approved', 'provisioning', 'cancelling'].includes(request.state)) return request;
    }
    return undefined;
  }

  /** Somebody at a time: signed in when she first comes up. */
  async #person(user: string, at: Date): Promise<Session> {
    const { gateway } = addressesOf(this.settings);
    const known = this.#people.get(user) ?? Session.open(gateway, login(this.settings, user), { at });
    this.#people.set(user, known);
    return (await known).at(at);
  }

  #idOf(user: string): string {
    return this.#id(`person ${personNamed(user).name}`);
  }

  #id(of: string): string {
    const id = this.#ids.get(of);
    if (!id) throw new Error(`${this.chronicle.tenant} has no ${of}`);
    return id;
  }

  #key(of: string): string {
    return `history-${of}`.replaceAll(/[^\x21-\x7e]/g, '-');
  }
}

/** Decided or ended already: the story was broken off here, and its day has passed since. */
async function unlessDone(act: Promise<unknown>): Promise<void> {
  try {
    await act;
  } catch (error) {
    const { code = '' } = error instanceof Refused ? error.problem : {};
    if (!['approval.already-decided', 'request.already-ended'].includes(code)) throw error;
  }
}

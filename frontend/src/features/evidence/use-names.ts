import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';
import { useQuery } from '@tanstack/react-query';
import { allOf, answerTo } from '../../api/query';
import { listMembers, listProjects, listRequests } from '../../api/routes';
import { eventWords, objectKinds } from './event-words';

export interface Entry {
  readonly number: number;
  readonly time: string;
  readonly type: string;
  readonly stream: string;
  readonly actor: { readonly id: string; readonly name?: string | undefined };
  readonly data?: unknown;
}

const systems: Readonly<Record<string, ReturnType<typeof msg>>> = {
  'system:request': msg`System (requests)`,
  'system:approval': msg`System (approvals)`,
  'system:provisioning': msg`System (provisioning)`,
  'system:notification': msg`System (mail)`,
  'system:tenant': msg`System (tenant)`,
};
export const systemActors = Object.keys(systems);

/** Names behind the ids of the trail: it keeps none itself, so that a person can be erased. */
export function useNames() {
  const { _ } = useLingui();
  const members = useQuery(allOf(listMembers, {})).data ?? [];
  const projects = useQuery(allOf(listProjects, {})).data ?? [];
  const requests = useQuery(answerTo(listRequests, { limit: 200 })).data?.items ?? [];
  const known = new Map<string, string>([
    ...projects.map(({ id, name }) => [id, name] as const),
    ...requests.map(({ id, name }) => [id, name] as const),
    ...members.map(({ person }) => [person.id, person.name ?? _(msg`Deleted person`)] as const),
  ]);
  const actor = ({ id, name }: Entry['actor']) => {
    const system = systems[id];
    return system ? _(system) : (name ?? _(msg`Deleted person`));
  };
  /** What a stream is about: its kind in words, and its name where one is known, else how its id begins. */
  const object = (stream: string, data?: unknown) => {
    const kind = objectKinds.find(([beginning]) => stream.startsWith(beginning));
    const id = stream.slice(stream.lastIndexOf(':') + 1);
    const { personId = '', requestId = '' } = (data ?? {}) as { personId?: string; requestId?: string };
    const name =
      known.get(id) ??
      nameIn(data) ??
      known.get(stream.startsWith('delivery:') ? personId : requestId) ??
      (/^[0-9a-f-]{36}$/.test(id) ? id.slice(0, 8) : id);
    return { kind: kind ? _(kind[1]) : stream.split(':')[0], name: id === 'tenant' ? '' : name };
  };
  return {
    members,
    known,
    actor,
    object,
    what: (type: string) => {
      const word = eventWords[type];
      return word ? _(word) : type;
    },
  };
}
export type Names = ReturnType<typeof useNames>;

/** Many events carry the name of what they are about. */
function nameIn(data: unknown): string | undefined {
  const { vmName, name, vm } = (data ?? {}) as { vmName?: unknown; name?: unknown; vm?: { name?: unknown } };
  return [vmName, vm?.name, name].find((one): one is string => typeof one === 'string');
}

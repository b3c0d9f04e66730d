import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useState } from 'react';
import { answerTo } from '../../api/query';
import { listRequests } from '../../api/routes';
import { Button } from '../../ui/button';
import { DayFilter, Filters, filterBox, SelectFilter } from '../../ui/filters';
import { useRested } from '../../ui/use-rested';
import { eventGroups } from './event-words';
import { type Names, systemActors } from './use-names';

const route = getRouteApi('/evidence/audit');

export function AuditFilters({ names }: { names: Names }) {
  const { t, i18n } = useLingui();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const set = (changed: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...changed, entry: undefined }), replace: true });
  const { who, what, object, from, to } = search;
  return (
    <Filters>
      <SelectFilter label={t`Who`} value={who} onChoose={(value) => set({ who: value })}>
        <option value="">{t`Everybody`}</option>
        {names.members.map(({ person }) => (
          <option key={person.id} value={person.id}>
            {names.actor(person)}
          </option>
        ))}
        {systemActors.map((id) => (
          <option key={id} value={id}>
            {names.actor({ id })}
          </option>
        ))}
      </SelectFilter>
      <SelectFilter label={t`What`} value={what} onChoose={(value) => set({ what: value })}>
        <option value="">{t`Everything`}</option>
        {eventGroups.map(({ prefix, word, events }) => {
          const group = i18n._(word);
          return (
            <optgroup key={prefix} label={group}>
              <option value={prefix}>{t`${group}: everything`}</option>
              {Object.entries(events).map(([type, name]) => (
                <option key={type} value={type}>
                  {i18n._(name)}
                </option>
              ))}
            </optgroup>
          );
        })}
      </SelectFilter>
      <ObjectFilter object={object} names={names} onChoose={(value) => set({ object: value })} />
      <DayFilter label={t`From`} value={from} max={to} onChoose={(value) => set({ from: value })} />
      <DayFilter label={t`To`} value={to} min={from} onChoose={(value) => set({ to: value })} />
      {who || what || object || from || to ? (
        <Button look="quiet" onClick={() => void navigate({ search: {}, replace: true })}>{t`Remove filters`}</Button>
      ) : null}
    </Filters>
  );
}

/** A request is found by its VM's name; any other object is chosen from an entry. */
function ObjectFilter({
  object,
  names,
  onChoose,
}: {
  object: string | undefined;
  names: Names;
  onChoose: (stream: string | undefined) => void;
}) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const name = useRested(typed.trim(), 150);
  const hits = useQuery({ ...answerTo(listRequests, { name, limit: 20 }), enabled: name.length > 1 }).data?.items ?? [];
  if (object) {
    const { kind, name: known } = names.object(object);
    return (
      <div className="flex min-w-0 flex-col text-small">
        {t`Object`}
        <Button onClick={() => onChoose(undefined)} className="max-w-full font-normal" title={object}>
          <span className="truncate">
            {kind} {known}
          </span>
          <X aria-hidden size={16} className="shrink-0" />
          <span className="sr-only">{t`Remove this filter`}</span>
        </Button>
      </div>
    );
  }
  return (
    <label className="flex min-w-0 flex-col text-small max-sm:col-span-2">
      {t`Request, by the name of its VM`}
      <input
        type="search"
        value={typed}
        list="requests-by-name"
        autoComplete="off"
        onChange={(event) => {
          setTyped(event.target.value);
          const chosen = hits.find((hit) => hit.name === event.target.value);
          if (chosen) onChoose(`vm-request:${chosen.id}`);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && hits[0]) onChoose(`vm-request:${hits[0].id}`);
        }}
        className={filterBox}
      />
      <datalist id="requests-by-name">
        {hits.map((hit) => (
          <option key={hit.id} value={hit.name} />
        ))}
      </datalist>
    </label>
  );
}

import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { type LinkProps, useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { allOf, answerTo, useChange } from '../api/query';
import { listProjects, listRequests, listVms, me, setPreferences } from '../api/routes';
import { classNames } from '../ui/class-names';
import { useRested } from '../ui/use-rested';
import { speak } from '../words/language';
import { chooseDensity, type Density, densities, density } from './density';
import { useFirstSteps } from './first-steps';
import { useGroups } from './places';
import { useHasRole } from './session';
import { signOut } from './sign-out';
import { chooseTheme, type ThemeChoice, themeChoice, themeChoices } from './theme';

interface Choice {
  readonly id: string;
  readonly label: string;
  readonly note?: string | undefined;
  /** Words that find it too: those of the other language and of vSphere. */
  readonly also?: string;
  readonly act: () => void;
}

/** Pages, commands, and what the server knows by name, behind one field. */
export function Palette({ onClose, onKeys }: { onClose: () => void; onKeys: () => void }) {
  const { t } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  const pages = usePages();
  const commands = useCommands(onKeys);
  const { hits, asking } = useHits(typed);
  const groups = [
    { heading: t`Pages`, choices: found(pages, typed) },
    { heading: t`Commands`, choices: found(commands, typed) },
    { heading: t`Found`, choices: hits },
  ].filter(({ choices }) => choices.length > 0);
  const all = groups.flatMap(({ choices }) => choices);
  const chosen = all[Math.min(at, all.length - 1)];
  const act = (choice: Choice | undefined) => {
    if (!choice) return;
    dialog.current?.close();
    choice.act();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && all.length > 0) {
      event.preventDefault();
      setAt((Math.min(at, all.length - 1) + step + all.length) % all.length);
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      act(chosen);
    }
  };
  const optionId = (choice: Choice) => `${list}-${choice.id}`;
  useEffect(() => {
    if (chosen) document.getElementById(`${list}-${chosen.id}`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen, list]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes a dialog by itself
    <dialog
      ref={dialog}
      aria-label={t`Search or jump`}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
      className="mx-auto mt-[10dvh] mb-auto w-full max-w-[640px] rounded-panel border border-border bg-popover p-0 text-foreground shadow-floating max-sm:mt-2 max-sm:w-[calc(100%-1rem)]"
    >
      <input
        type="text"
        role="combobox"
        aria-expanded={all.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={chosen ? optionId(chosen) : undefined}
        aria-label={t`Search or jump`}
        placeholder={t`Search or jump …`}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        className="min-h-12 w-full rounded-t-panel border-b border-border bg-popover px-4 -outline-offset-2 placeholder:text-muted-foreground"
      />
      <div id={list} role="listbox" aria-label={t`Choices`} className="max-h-[60dvh] overflow-y-auto p-2">
        {groups.map(({ heading, choices }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of form fields
          <div key={heading} role="group" aria-label={heading}>
            <p aria-hidden="true" className="px-3 py-1 text-caption text-muted-foreground">
              {heading}
            </p>
            {choices.map((choice) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys; options never have the focus
              <div
                key={choice.id}
                id={optionId(choice)}
                role="option"
                tabIndex={-1}
                aria-selected={choice === chosen}
                onClick={() => act(choice)}
                onMouseMove={() => setAt(all.indexOf(choice))}
                className={classNames(
                  'flex min-h-10 cursor-pointer items-center gap-3 border-l-[3px] px-3 pointer-coarse:min-h-11',
                  choice === chosen ? 'border-primary bg-primary-tint' : 'border-transparent',
                )}
              >
                <span className="min-w-0 break-words">{choice.label}</span>
                {choice.note ? (
                  <span className="ml-auto shrink-0 text-small text-muted-foreground">{choice.note}</span>
                ) : null}
              </div>
            ))}
          </div>
        ))}
      </div>
      <p role="status" className={all.length === 0 ? 'px-5 pb-4 text-muted-foreground' : 'sr-only'}>
        {all.length > 0
          ? t`${plural(all.length, { one: '# choice', other: '# choices' })}`
          : asking
            ? t`Asking …`
            : t`Nothing has this name.`}
      </p>
    </dialog>
  );
}

function found(choices: readonly Choice[], typed: string): readonly Choice[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return choices.filter(({ label, also }) => {
    const text = `${label} ${also ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function usePages(): Choice[] {
  const { i18n } = useLingui();
  const navigate = useNavigate();
  return useGroups().flatMap(({ places }) =>
    places.map(({ to, label, also }) => ({
      id: `page-${String(to).replaceAll('/', '-')}`,
      label: i18n._(label),
      also: also ?? '',
      act: () => void navigate({ to } as LinkProps),
    })),
  );
}

function useCommands(onKeys: () => void): Choice[] {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const asks = useHasRole('user', 'tenant-admin');
  const remember = useChange(setPreferences, [me]);
  const firstSteps = useFirstSteps();
  const other = i18n.locale === 'de' ? 'en' : 'de';
  const appearances: Record<ThemeChoice, string> = {
    light: t`Light appearance`,
    dark: t`Dark appearance`,
    system: t`Appearance as the system`,
  };
  const rows: Record<Density, string> = { comfortable: t`Comfortable rows`, compact: t`Dense rows` };
  return [
    ...(asks
      ? [
          {
            id: 'new-request',
            label: t`Request a VM`,
            also: 'vm beantragen request neu new clone klonen deploy create machine maschine',
            act: () => void navigate({ to: '/requests/new' }),
          },
        ]
      : []),
    ...themeChoices
      .filter((choice) => choice !== themeChoice())
      .map((choice) => ({
        id: `theme-${choice}`,
        label: appearances[choice],
        also: `darstellung hell dunkel wie system appearance theme light dark ${choice}`,
        act: () => chooseTheme(choice),
      })),
    ...densities
      .filter((choice) => choice !== density())
      .map((choice) => ({
        id: `rows-${choice}`,
        label: rows[choice],
        also: `zeilen dicht bequem rows dense density ${choice}`,
        act: () => chooseDensity(choice),
      })),
    {
      id: 'settings',
      label: t`Settings`,
      also: 'einstellungen settings preferences zeitzone time zone sprache language',
      act: () => void navigate({ to: '/settings' }),
    },
    {
      id: 'notifications',
      label: t`Notifications`,
      also: 'mitteilungen posteingang glocke notifications inbox bell',
      act: () => void navigate({ to: '/notifications' }),
    },
    {
      id: 'language',
      label: other === 'de' ? 'Sprache: Deutsch' : 'Language: English',
      also: 'sprache language deutsch german english englisch',
      act: () => {
        void speak(other);
        remember.mutate({ language: other });
      },
    },
    { id: 'first-steps', label: t`First steps`, also: 'erste schritte first steps hilfe help guide', act: firstSteps },
    { id: 'keys', label: t`Keyboard shortcuts`, also: 'tastenkürzel keyboard shortcuts hilfe help ?', act: onKeys },
    { id: 'sign-out', label: t`Sign out`, also: 'abmelden sign out logout', act: () => void signOut() },
  ];
}

/** By name, from the server, once the typing has rested. */
function useHits(typed: string): { hits: Choice[]; asking: boolean } {
  const { t } = useLingui();
  const navigate = useNavigate();
  const name = useRested(typed.trim(), 150);
  const enabled = name.length > 1 && name.length <= 63;
  const requests = useQuery({ ...answerTo(listRequests, { name, limit: 5 }), enabled });
  const machines = useQuery({ ...answerTo(listVms, { name, limit: 5 }), enabled });
  const projects = useQuery({ ...allOf(listProjects, {}), enabled });
  if (!enabled) return { hits: [], asking: name !== typed.trim() };
  const named = (projects.data ?? []).filter((one) => one.name.toLowerCase().includes(name.toLowerCase()));
  return {
    asking: requests.isFetching || machines.isFetching || name !== typed.trim(),
    hits: [
      ...(machines.data?.items ?? []).map((vm) => ({
        id: `vm-${vm.id}`,
        label: vm.name,
        note: t`Machine`,
        act: () => void navigate({ to: '/machines/$id', params: { id: vm.id } }),
      })),
      ...(requests.data?.items ?? []).map((request) => ({
        id: `request-${request.id}`,
        label: request.name,
        note: t`Request`,
        act: () => void navigate({ to: '/requests/$id', params: { id: request.id } }),
      })),
      ...named.slice(0, 5).map((project) => ({
        id: `project-${project.id}`,
        label: project.name,
        note: t`Project`,
        act: () => void navigate({ to: '/requests', search: { project: project.id } }),
      })),
    ],
  };
}

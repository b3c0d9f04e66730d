import { type LinkProps, useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useGroups } from './places';
import { useHasRole } from './session';

const kept = 'one-letter-keys';
/** How long after `g` the second key still belongs to it. */
const sequenceMs = 1_500;

/** WCAG 2.1.4: keys of one letter can be switched off, as speech input may press them unasked. */
export const oneLetterKeys = {
  get on(): boolean {
    return localStorage.getItem(kept) !== 'off';
  },
  set on(on: boolean) {
    localStorage.setItem(kept, on ? 'on' : 'off');
  },
};

/** The row's own link: in its header cell of a table, or directly in a list's item. */
const rows = '#content :is(tbody th, li) > :is(a, button)';
const filter = '#content search :is(input, select)';

const walking = ['j', 'k'];
const ofPages = new Set<{ readonly current: PageKeys }>();
type PageKeys = Readonly<Record<string, (() => void) | undefined>>;

/** Keys of one letter that a page has of its own, before those of everywhere. A key held down counts once, but for walking. */
export function usePageKeys(keys: PageKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    ofPages.add(latest);
    return () => void ofPages.delete(latest);
  }, []);
}

function pressOnPage(key: string, repeated: boolean): boolean {
  for (const { current } of ofPages) {
    const act = current[key];
    if (!act) continue;
    if (!repeated || walking.includes(key)) act();
    return true;
  }
  return false;
}

/** By `event.key`, so that every keyboard layout finds them. Keys of one letter never fire in fields or dialogs. */
export function useKeys(open: { palette: () => void; list: () => void }): void {
  const navigate = useNavigate();
  const asks = useHasRole('user', 'tenant-admin');
  const places = useGroups().flatMap((group) => group.places);
  const go = useEffectEvent((key: string) => {
    const place = places.find(({ afterG }) => afterG === key);
    if (place) void navigate({ to: place.to } as LinkProps);
  });
  const press = useEffectEvent((key: string): boolean => {
    if (key === '?') open.list();
    else if (key === 'n' && asks) void navigate({ to: '/requests/new' });
    else if (key === 's') document.querySelector<HTMLElement>(filter)?.focus();
    else if (key === 'j' || key === 'k') walk(key === 'j' ? 1 : -1);
    else return false;
    return true;
  });
  const openPalette = useEffectEvent(open.palette);
  useEffect(() => {
    let sequenceUntil = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
        event.preventDefault();
        if (!document.querySelector('dialog[open]')) openPalette();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || !oneLetterKeys.on || takesKeys(event.target)) return;
      if (event.timeStamp < sequenceUntil) {
        sequenceUntil = 0;
        event.preventDefault();
        go(event.key);
      } else if (event.key === 'g') sequenceUntil = event.timeStamp + sequenceMs;
      else if (pressOnPage(event.key, event.repeat) || press(event.key)) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

function takesKeys(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]')) return true;
  // A checkbox takes no letters: after a click on it the keys still work.
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox';
  return target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName));
}

function walk(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>(rows)].filter((link) => link.checkVisibility());
  const at = links.findIndex((link) => link.matches(':focus'));
  const next = links[at < 0 ? 0 : at + by];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

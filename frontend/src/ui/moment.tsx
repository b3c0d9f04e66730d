import { useLingui } from '@lingui/react/macro';
import { useSyncExternalStore } from 'react';
import { ago, exactMoment, moment } from '../words/format';

/** A time: the date, with how long ago while that is short. The exact one is in the tooltip. */
export function Moment({ at, relative = true }: { at: string; relative?: boolean }) {
  return (
    <time dateTime={at} title={exactMoment(at)}>
      {relative ? <Ago at={at} /> : moment(at)}
    </time>
  );
}

/** Stays true while it is looked at. Below a minute there is nothing to count: a figure that moves each second disturbs. */
function Ago({ at }: { at: string }) {
  const { t } = useLingui();
  const said = useSyncExternalStore(everyFewSeconds, () => ago(at));
  return said === 'now' ? t`just now` : (said ?? moment(at));
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for all times on a page. */
function everyFewSeconds(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, 5_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

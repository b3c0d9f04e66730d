import { ago, exactMoment, moment } from '../words/format';

/** A time: the date, with how long ago while that is short. The exact one is in the tooltip. */
export function Moment({ at, relative = true }: { at: string; relative?: boolean }) {
  const since = relative ? ago(at) : null;
  return (
    <time dateTime={at} title={exactMoment(at)}>
      {since ?? moment(at)}
    </time>
  );
}

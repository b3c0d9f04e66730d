import { useLingui } from '@lingui/react';
import { LoaderCircle } from 'lucide-react';
import type { Status, Tone } from '../words/status';
import { classNames } from './class-names';

const colours: Record<Tone, string> = {
  neutral: 'bg-accent text-foreground',
  info: 'bg-info-tint text-info',
  warn: 'bg-warn-tint text-warn',
  bad: 'bg-bad-tint text-bad',
  ok: 'bg-ok-tint text-ok',
};
const texts: Record<Tone, string> = {
  neutral: 'text-muted-foreground',
  info: 'text-info',
  warn: 'text-warn',
  bad: 'text-bad',
  ok: 'text-ok',
};

/** A state: its own icon, its word, its colour. `plain` for tables, where a coloured field would be noise. */
export function StatusBadge({ status, plain, note }: { status: Status; plain?: boolean; note?: string }) {
  const { _ } = useLingui();
  const Icon = status.icon;
  return (
    <span
      title={_(status.sentence)}
      className={classNames(
        'inline-flex items-center gap-1.5 align-bottom whitespace-nowrap',
        plain ? texts[status.tone] : `rounded-control px-2 py-0.5 text-small font-semibold ${colours[status.tone]}`,
      )}
    >
      <Icon aria-hidden size={16} className={spins(status) ? 'animate-spin' : undefined} />
      {_(status.word)}
      {note ? <span className="font-normal">{note}</span> : null}
    </span>
  );
}

export function StatusIcon({ status, size = 20 }: { status: Status; size?: number }) {
  const Icon = status.icon;
  return (
    <Icon
      aria-hidden
      size={size}
      className={classNames('shrink-0', texts[status.tone], spins(status) && 'animate-spin')}
    />
  );
}

/** Only what moves by itself spins. */
function spins({ icon, tone }: Status): boolean {
  return tone === 'info' && icon === LoaderCircle;
}

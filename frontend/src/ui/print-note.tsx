import { useLingui } from '@lingui/react/macro';
import { Printer } from 'lucide-react';
import { exactMoment } from '../words/format';
import { Button } from './button';

export function PrintButton() {
  const { t } = useLingui();
  return (
    <Button onClick={() => print()}>
      <Printer aria-hidden size={16} />
      {t`Print`}
    </Button>
  );
}

/** On paper alone: what the address said on screen, and when it was printed. */
export function PrintNote({ tenant }: { tenant: string }) {
  const { t } = useLingui();
  const now = exactMoment(new Date().toISOString());
  return (
    <p className="mb-4 hidden text-small print:block">
      {tenant} · {t`printed ${now}`} · {location.href}
    </p>
  );
}

import { useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { Button } from '../../ui/button';
import { Fault } from '../../ui/field';

/** Why not: required, with three starts that can be written on. Ctrl+Enter sends. */
export function ReasonForm({
  deed,
  reason,
  busy,
  onWrite,
  onSend,
  onBack,
}: {
  /** On the button: what is rejected by it. Null once the decision is no longer mine; what was written stays. */
  deed: string | null;
  /** Its owner keeps it, so that going back loses nothing. */
  reason: string;
  busy: boolean;
  onWrite: (reason: string) => void;
  onSend: (reason: string) => void;
  onBack: () => void;
}) {
  const { t } = useLingui();
  const field = useRef<HTMLTextAreaElement>(null);
  const [fault, setFault] = useState<string>();
  const starts = [
    t`A smaller size is enough:`,
    t`Please say more about what the VM is for:`,
    t`The project has a VM for this already:`,
  ];
  const write = (text: string) => {
    onWrite(text);
    setFault(undefined);
  };
  const begin = (start: string) => {
    const untouched = reason.trim() === '' || starts.includes(reason.trim());
    write(untouched ? `${start} ` : `${reason.trimEnd()}\n${start} `);
    field.current?.focus();
  };
  const send = () => {
    if (busy || deed === null) return;
    const given = reason.trim();
    if (given.length < 3) setFault(t`Give a reason of at least three characters.`);
    else if (starts.some((start) => given.endsWith(start))) setFault(t`Finish the sentence.`);
    else return onSend(given);
    field.current?.focus();
  };
  return (
    <form
      noValidate
      className="my-4"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label htmlFor="reason" className="font-semibold">{t`Why not?`}</label>
      <p id="reason-help" className="text-small text-muted-foreground">{t`The requester reads this.`}</p>
      {deed === null ? null : (
        <div className="mt-1 flex flex-wrap gap-2">
          {starts.map((start) => (
            <Button key={start} className="max-w-full text-left whitespace-normal! py-1" onClick={() => begin(start)}>
              {start.replace(/:$/, ' …')}
            </Button>
          ))}
        </div>
      )}
      <textarea
        id="reason"
        ref={field}
        // biome-ignore lint/a11y/noAutofocus: it opens on the approver's own key or click, and is what she wants next
        autoFocus
        rows={4}
        maxLength={2000}
        value={reason}
        aria-required
        aria-invalid={fault !== undefined}
        aria-describedby={fault ? 'reason-help reason-fault' : 'reason-help'}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
          if (event.key === 'Escape') onBack();
        }}
        className="mt-2 w-full max-w-[68ch] rounded-control border border-input bg-card p-3 aria-invalid:border-bad-mark"
      />
      <Fault id="reason" fault={fault} />
      {deed === null ? null : (
        <div className="mt-2 flex flex-wrap gap-4 max-sm:sticky max-sm:bottom-14 max-sm:border-t max-sm:border-border max-sm:bg-background max-sm:py-3">
          <Button onClick={onBack}>{t`Back`}</Button>
          <Button type="submit" look="primary" busy={busy}>
            {deed}
          </Button>
        </div>
      )}
    </form>
  );
}

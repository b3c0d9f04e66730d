import { useLingui } from '@lingui/react/macro';
import type { UseMutationResult } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from './button';
import { ConfirmDialog } from './confirm-dialog';
import { ErrorSummary } from './error-summary';
import { Refused } from './refused';
import { type Faults, type FieldsOfRefusals, type FormOf, faultsOf } from './use-form';

/**
 * A form that sends one change. Missing answers speak at submit, wrong ones when their field is left; a refused submit
 * has its summary on top, with the same words as at the fields. Entries stay whatever happens, and leaving asks first.
 * @param check   what is wrong with the entries as they stand
 * @param input   what is sent, once nothing is wrong
 * @param byCode  the field that a refusal without a pointer speaks of
 */
export function Form<Values extends object, Input, Answer>({
  form,
  change,
  check,
  input,
  byCode,
  onDone,
  submit,
  busy,
  onLeave,
  children,
}: {
  form: FormOf<Values>;
  change: UseMutationResult<Answer, Error, Input>;
  check: () => Faults;
  input: () => Input;
  byCode?: FieldsOfRefusals;
  onDone: (answer: Answer) => void;
  submit: string;
  /** What the button says meanwhile; absent: that it saves. */
  busy?: string;
  /** Closes the form unsent; absent where it is the page's own. */
  onLeave?: () => void;
  children: ReactNode;
}) {
  const { t } = useLingui();
  const element = useRef<HTMLFormElement>(null);
  const [refusals, setRefusals] = useState(0);
  const over = useRef(false); // Sent, or closed unsent on purpose: going is no loss any more.
  const dirty = form.touched;
  const blocker = useBlocker({
    shouldBlockFn: () => dirty && !over.current,
    enableBeforeUnload: () => dirty && !over.current,
    withResolver: true,
  });
  useEffect(() => {
    if (!dirty) over.current = false;
  }, [dirty]);
  const refused = (faults: Faults) => {
    form.setFaults(faults);
    setRefusals((count) => count + 1);
  };
  const send = () => {
    if (change.isPending) return;
    const faults = check();
    if (Object.keys(faults).length > 0) {
      refused(faults);
      return;
    }
    change.mutate(input(), {
      onSuccess: (answer) => {
        over.current = true; // What is done next may already leave the page.
        form.settle();
        onDone(answer);
      },
      onError: (error) => refused(faultsOf(error, byCode)),
    });
  };
  const left = (id: string, content: string) => {
    const fault = content.trim() ? check()[id] : undefined;
    if (fault) form.setFaults({ ...form.faults, [id]: fault });
  };
  const faulty = Object.keys(form.faults).length > 0;
  return (
    <>
      <form
        ref={element}
        noValidate
        className="max-w-[640px] space-y-5"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
        }}
        onBlur={({ target, relatedTarget }) => {
          // A fault that appears while a button is being pressed would move it away from under the pointer.
          if (relatedTarget instanceof HTMLButtonElement) return;
          if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)
            left(target.id, target.value);
        }}
      >
        {refusals > 0 && faulty ? <ErrorSummary key={refusals} faults={form.faults} form={element} /> : null}
        {change.error && !faulty ? <Refused error={change.error} onRetry={send} /> : null}
        {children}
        <div className="flex flex-wrap gap-3">
          <Button type="submit" look="primary" busy={change.isPending}>
            {change.isPending ? (busy ?? t`Saving …`) : submit}
          </Button>
          {onLeave ? (
            <Button
              onClick={() => {
                over.current = true;
                onLeave();
              }}
            >
              {t`Close without saving`}
            </Button>
          ) : null}
        </div>
      </form>
      <ConfirmDialog
        open={blocker.status === 'blocked'}
        title={t`Leave without saving?`}
        keep={t`Stay here`}
        deed={t`Leave`}
        onKeep={() => blocker.reset?.()}
        onDeed={() => blocker.proceed?.()}
      >
        {t`What you entered on this page is not saved.`}
      </ConfirmDialog>
    </>
  );
}

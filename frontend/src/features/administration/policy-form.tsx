import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { allOf, useChange } from '../../api/query';
import { definePolicy, listMembers, listPolicies, listSizes } from '../../api/routes';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { classNames } from '../../ui/class-names';
import { Fault, wired } from '../../ui/field';
import { Form } from '../../ui/form';
import { type Faults, useForm } from '../../ui/use-form';
import { environmentOrder, environmentWords } from '../../words/environment';
import { count } from '../../words/format';
import { readNumber, readWhole, writeNumber } from '../../words/read-number';
import { approverOf, approverRoles, keyOf, type Policy, useApproverWords } from './approver-words';
import { byName, useNameOf } from './person-name';
import { PolicySentence } from './policy-sentence';
import { useCurrency } from './use-currency';

type Environment = (typeof environmentOrder)[number];

interface Stage {
  /** Stays with the stage when it is moved. */
  readonly key: string;
  readonly name: string;
  readonly quorum: number;
  readonly approvers: readonly string[];
}

/**
 * The sentence is the form: plain words around fields, each with a name of its own for those who hear it.
 * @param places where a new policy may hold; absent for a new version, which stays where it is
 */
export function PolicyForm({
  policy,
  places,
  onDone,
  onLeave,
}: {
  policy: Policy | undefined;
  places?: readonly { id: string; name: string }[];
  onDone: (policy: Policy) => void;
  onLeave?: () => void;
}) {
  const { t, i18n } = useLingui();
  const currency = useCurrency();
  const sizes = useQuery(allOf(listSizes, {}));
  const when = policy?.automaticWhen;
  const form = useForm(() => ({
    name: policy?.name ?? '',
    projectId: policy ? (policy.projectId ?? '') : (places?.[0]?.id ?? ''),
    automatic: Boolean(when),
    sizes: when?.sizes ?? [],
    maxCost: when?.maxMonthlyCostCents === undefined ? '' : writeNumber(when.maxMonthlyCostCents / 100),
    environments: when?.environments ?? ([] as Environment[]),
    stages: policy ? policy.stages.map(stageOf) : [firstStage(t`Approval`)],
    expiresAfterDays: writeNumber(policy?.expiresAfterDays ?? 30),
  }));
  const { values, faults, set } = form;
  const maxCost = values.maxCost.trim() ? readNumber(values.maxCost) : undefined;
  const days = readWhole(values.expiresAfterDays, 1, 365);
  const check = (): Faults => {
    const found: Record<string, string> = {};
    if (!values.name.trim()) found['name'] = t`Enter a name for the policy.`;
    if (values.automatic) {
      if (maxCost === null) found['maxCost'] = t`Enter the cost a month, such as 42.00.`;
      else if (maxCost === undefined && values.sizes.length === 0 && values.environments.length === 0)
        found['automatic'] = t`Name sizes, cost or environments; otherwise every request would be approved.`;
    }
    values.stages.forEach((stage, index) => {
      const number = count(index + 1);
      if (!stage.name.trim()) found[`stages.${index}.name`] = t`Enter a name for stage ${number}.`;
      if (stage.approvers.length === 0)
        found[`stages.${index}.approvers`] = t`Choose who may decide in stage ${number}.`;
    });
    if (days === null) found['expiresAfterDays'] = t`Enter 1 to 365 days.`;
    return found;
  };
  const rules = {
    name: values.name.trim(),
    automaticWhen: values.automatic
      ? {
          ...(values.sizes.length > 0 ? { sizes: values.sizes } : {}),
          ...(typeof maxCost === 'number' ? { maxMonthlyCostCents: Math.round(maxCost * 100) } : {}),
          ...(values.environments.length > 0 ? { environments: values.environments } : {}),
        }
      : null,
    stages: values.stages.map(({ name, quorum, approvers }) => ({
      name: name.trim(),
      quorum,
      approvers: approvers.map(approverOf),
    })),
    expiresAfterDays: days ?? 30,
  };
  const setStage = (index: number, change: Partial<Stage>) =>
    set({ stages: values.stages.map((stage, at) => (at === index ? { ...stage, ...change } : stage)) });
  const move = (index: number, by: -1 | 1) => {
    const to = index + by;
    const [stage, other] = [values.stages[index], values.stages[to]];
    if (!stage || !other) return;
    set({ stages: values.stages.map((one, at) => (at === index ? other : at === to ? stage : one)) });
    announce(t`Stage ${count(to + 1)} of ${count(values.stages.length)}`);
  };
  return (
    <Form
      form={form}
      change={useChange(definePolicy, [listPolicies])}
      check={check}
      input={() => ({ ...rules, projectId: values.projectId || null })}
      byCode={{
        'policy.condition-empty': 'automatic',
        'policy.quorum-unreachable': ({ stage }) =>
          `stages.${Math.max(
            0,
            values.stages.findIndex(({ name }) => name.trim() === stage),
          )}.quorum`,
      }}
      onDone={(saved) => {
        announce(t`Version ${count(saved.version)} is in force.`);
        onDone(saved);
      }}
      submit={t`Bring into force`}
      {...(onLeave ? { onLeave } : {})}
    >
      <Line>
        {t`The policy`}
        <Inline
          id="name"
          label={t`Name of the policy`}
          value={values.name}
          fault={faults['name']}
          onChange={(name) => set({ name })}
        />
        {places ? (
          <>
            {t`holds for`}
            <select
              {...wired({ id: 'projectId', fault: undefined, within: 'sentence' })}
              aria-label={t`Where the policy holds`}
              value={values.projectId}
              onChange={(event) => set({ projectId: event.target.value })}
            >
              {places.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </>
        ) : null}
      </Line>
      <Fault id="name" fault={faults['name']} />

      <fieldset id="automatic" tabIndex={-1} className="min-w-0 space-y-3">
        <legend className="sr-only">{t`Approval by itself`}</legend>
        <Line>
          {t`It approves a request`}
          <select
            {...wired({ id: 'automaticChoice', fault: undefined, within: 'sentence' })}
            aria-label={t`Whether it approves by itself`}
            value={values.automatic ? 'when' : 'never'}
            onChange={(event) => set({ automatic: event.target.value === 'when' })}
          >
            <option value="never">{t`never by itself`}</option>
            <option value="when">{t`by itself when all of this holds`}</option>
          </select>
        </Line>
        {values.automatic ? (
          <div className="ml-3 space-y-3 border-l-[3px] border-border pl-4">
            <Chips
              label={t`its size is one of`}
              options={(sizes.data ?? []).map(({ key }) => ({ id: key, name: key }))}
              value={values.sizes}
              onChange={(chosen) => set({ sizes: chosen })}
            />
            <Line>
              {t`it costs at most`}
              <Inline
                id="maxCost"
                label={t`Most it may cost a month`}
                value={values.maxCost}
                fault={faults['maxCost']}
                narrow
                onChange={(cost) => set({ maxCost: cost })}
              />
              {t`${currency} a month (optional)`}
            </Line>
            <Fault id="maxCost" fault={faults['maxCost']} />
            <Chips
              label={t`its environment is one of`}
              options={environmentOrder.map((id) => ({ id, name: i18n._(environmentWords[id]) }))}
              value={values.environments}
              onChange={(environments) => set({ environments })}
            />
            <p className="text-small text-muted-foreground">{t`What is left empty does not matter.`}</p>
          </div>
        ) : null}
        <Fault id="automatic" fault={faults['automatic']} />
      </fieldset>

      <div className="space-y-4">
        <p>{values.automatic ? t`Otherwise these decide, one after another:` : t`These decide, one after another:`}</p>
        <ol className="space-y-4">
          {values.stages.map((stage, index) => (
            <StageLine
              key={stage.key}
              stage={stage}
              index={index}
              of={values.stages.length}
              faults={faults}
              onChange={(change) => setStage(index, change)}
              onMove={(by) => move(index, by)}
              onRemove={() => set({ stages: values.stages.filter((_, at) => at !== index) })}
            />
          ))}
        </ol>
        {values.stages.length < 10 ? (
          <Button look="quiet" onClick={() => set({ stages: [...values.stages, firstStage('')] })}>
            <Plus aria-hidden size={16} />
            {t`Add stage`}
          </Button>
        ) : null}
      </div>

      <Line>
        {t`A request that nobody has decided after`}
        <Inline
          id="expiresAfterDays"
          label={t`Days until a request lapses`}
          value={values.expiresAfterDays}
          fault={faults['expiresAfterDays']}
          narrow
          onChange={(expiresAfterDays) => set({ expiresAfterDays })}
        />
        {t`days lapses. Nobody decides on their own request.`}
      </Line>
      <Fault id="expiresAfterDays" fault={faults['expiresAfterDays']} />

      <section aria-labelledby="policy-read" className="rounded-panel bg-muted p-4">
        <h2 id="policy-read" className="mb-2 text-base font-semibold">{t`As auditors will read it`}</h2>
        <PolicySentence rules={rules} currency={currency} />
        <p className="mt-2 text-small text-muted-foreground">
          {t`It counts for requests from now on. Those that wait for a decision end under their version.`}
        </p>
      </section>
    </Form>
  );
}

const stageOf = ({ name, quorum, approvers }: Policy['stages'][number]): Stage => ({
  key: crypto.randomUUID(),
  name,
  quorum,
  approvers: approvers.map(keyOf),
});

const firstStage = (name: string): Stage => ({ key: crypto.randomUUID(), name, quorum: 1, approvers: [] });

function StageLine({
  stage,
  index,
  of,
  faults,
  onChange,
  onMove,
  onRemove,
}: {
  stage: Stage;
  index: number;
  of: number;
  faults: Faults;
  onChange: (change: Partial<Stage>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}) {
  const { t } = useLingui();
  const wordOf = useApproverWords();
  const nameOf = useNameOf();
  const members = useQuery(allOf(listMembers, {}));
  const group = useRef<HTMLLIElement>(null);
  const moved = useRef(false);
  // The one that was moved keeps the focus, wherever it now stands.
  useEffect(() => {
    if (moved.current) group.current?.querySelector<HTMLElement>('input')?.focus();
    moved.current = false;
  });
  const number = count(index + 1);
  const id = `stages.${index}`;
  const people = stage.approvers.filter((key) => !approverRoles.some((role) => role === key));
  const others = byName(members.data ?? []).filter(({ person }) => !people.includes(person.id));
  const shift = (by: -1 | 1) => {
    moved.current = true;
    onMove(by);
  };
  return (
    <li
      ref={group}
      className="rounded-panel border border-border p-4"
      onKeyDown={(event) => {
        if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
        event.preventDefault();
        shift(event.key === 'ArrowUp' ? -1 : 1);
      }}
    >
      <fieldset className="min-w-0 space-y-3">
        <legend className="sr-only">{t`Stage ${number}`}</legend>
        <Line>
          <span className="font-semibold">{number}.</span>
          {t`In stage`}
          <Inline
            id={`${id}.name`}
            label={t`Name of stage ${number}`}
            value={stage.name}
            fault={faults[`${id}.name`]}
            onChange={(name) => onChange({ name })}
          />
          <select
            {...wired({ id: `${id}.quorum`, fault: faults[`${id}.quorum`], within: 'sentence' })}
            aria-label={t`How many must approve in stage ${number}`}
            value={stage.quorum}
            onChange={(event) => onChange({ quorum: Number(event.target.value) })}
          >
            {Array.from({ length: Math.max(6, stage.quorum) }, (_, before) => before + 1).map((quorum) => (
              <option key={quorum} value={quorum}>
                {t`${plural(quorum, { one: 'one person decides', other: '# people must approve' })}`}
              </option>
            ))}
          </select>
          {t`from:`}
        </Line>
        <Fault id={`${id}.name`} fault={faults[`${id}.name`]} />
        <Fault id={`${id}.quorum`} fault={faults[`${id}.quorum`]} />
        <div id={`${id}.approvers`} tabIndex={-1}>
          <Chips
            label={t`Who may decide in stage ${number}`}
            hidden
            options={approverRoles.map((role) => ({ id: role as string, name: wordOf(role) }))}
            value={stage.approvers}
            onChange={(roles) => onChange({ approvers: [...roles, ...people] })}
          />
          {people.length > 0 ? (
            <ul className="mt-2 flex flex-wrap gap-2">
              {people.map((key) => (
                <li
                  key={key}
                  className="inline-flex max-w-full items-center gap-1 rounded-control bg-primary-tint pl-3"
                >
                  <span className="min-w-0 break-words">{wordOf(key)}</span>
                  <button
                    type="button"
                    aria-label={t`Take out ${wordOf(key)}`}
                    title={t`Take out ${wordOf(key)}`}
                    onClick={() => onChange({ approvers: stage.approvers.filter((one) => one !== key) })}
                    className="inline-flex size-8 shrink-0 items-center justify-center rounded-control hover:bg-accent pointer-coarse:size-11"
                  >
                    <X aria-hidden size={16} />
                  </button>
                </li>
              ))}
            </ul>
          ) : null}
          {others.length > 0 ? (
            <div className="mt-2">
              <select
                {...wired({ id: `${id}.person`, fault: undefined, within: 'sentence' })}
                aria-label={t`Add a person to stage ${number}`}
                value=""
                onChange={(event) =>
                  event.target.value && onChange({ approvers: [...stage.approvers, event.target.value] })
                }
              >
                <option value="">{t`Add a person …`}</option>
                {others.map(({ person }) => (
                  <option key={person.id} value={person.id}>
                    {nameOf(person)}
                  </option>
                ))}
              </select>
            </div>
          ) : null}
        </div>
        <Fault id={`${id}.approvers`} fault={faults[`${id}.approvers`]} />
        {of > 1 ? (
          <div className="flex flex-wrap gap-2">
            {index > 0 ? <Button look="quiet" of={t`Stage ${number}`} onClick={() => shift(-1)}>{t`Up`}</Button> : null}
            {index < of - 1 ? (
              <Button look="quiet" of={t`Stage ${number}`} onClick={() => shift(1)}>{t`Down`}</Button>
            ) : null}
            <Button look="quiet" of={t`Stage ${number}`} onClick={onRemove}>{t`Remove`}</Button>
          </div>
        ) : null}
      </fieldset>
    </li>
  );
}

/** Words and fields of one sentence; they wrap like words. */
function Line({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-x-2 gap-y-2">{children}</div>;
}

/** A field within the sentence. Its name is said, not drawn: the words around it are its label. */
function Inline({
  id,
  label,
  value,
  fault,
  narrow,
  onChange,
}: {
  id: string;
  label: string;
  value: string;
  fault: string | undefined;
  narrow?: boolean;
  onChange: (value: string) => void;
}) {
  const wiring = wired({ id, fault, within: 'sentence' });
  return (
    <input
      {...wiring}
      aria-label={label}
      value={value}
      maxLength={100}
      size={narrow ? 6 : 24}
      autoComplete="off"
      {...(narrow ? { inputMode: 'decimal' as const } : {})}
      onChange={(event) => onChange(event.target.value)}
      className={classNames(wiring.className, narrow && 'text-right')}
    />
  );
}

/** Several of a few, side by side within the sentence. */
function Chips<Value extends string>({
  label,
  hidden,
  options,
  value,
  onChange,
}: {
  label: string;
  hidden?: boolean;
  options: readonly { id: Value; name: string }[];
  value: readonly string[];
  onChange: (value: Value[]) => void;
}) {
  return (
    <fieldset className="flex min-w-0 flex-wrap items-center gap-2">
      <legend className={hidden ? 'sr-only' : 'float-left mr-2 py-1 font-normal'}>{label}</legend>
      {options.map((option) => (
        <label
          key={option.id}
          className="inline-flex min-h-9 max-w-full items-center gap-2 rounded-control border border-input px-3 hover:bg-accent has-checked:border-primary has-checked:bg-primary-tint has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring pointer-coarse:min-h-11"
        >
          <input
            type="checkbox"
            checked={value.includes(option.id)}
            onChange={(event) =>
              onChange(
                options
                  .map(({ id }) => id)
                  .filter((id) => (id === option.id ? event.target.checked : value.includes(id))),
              )
            }
            className="size-4 accent-primary"
          />
          {option.name}
        </label>
      ))}
    </fieldset>
  );
}

import { isPublicKey } from '@dvmm/contracts/ssh-key';
import { useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { allOf, answerTo, useChange } from '../../api/query';
import type { Asked as AskedOf } from '../../api/route';
import { listQuota, listRequests, previewRequest, submitRequest } from '../../api/routes';
import { useMe } from '../../app/session';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { ErrorSummary } from '../../ui/error-summary';
import { SelectField, TextField } from '../../ui/field';
import { Refused } from '../../ui/refused';
import { type Faults, faultsOf, useForm } from '../../ui/use-form';
import { useRested } from '../../ui/use-rested';
import { environmentOrder, environmentWords } from '../../words/environment';
import { clock, moment } from '../../words/format';
import { Consequences } from './consequences';
import { type Draft, useDraft, type Wish } from './draft';
import { LeaseField } from './lease-field';
import { NameField, useNameFaultWords } from './name-field';
import { nameFault } from './name-rule';
import { usePreviewSummary } from './preview-summary';
import { shortagesOf } from './shortage';
import { SizeField } from './size-field';

interface Choices {
  readonly projects: readonly { id: string; name: string }[];
  readonly sizes: Parameters<typeof SizeField>[0]['sizes'];
  readonly templates: readonly { id: string; name: string; vcenterId: string }[];
  readonly networks: readonly { id: string; name: string; vcenterId: string }[];
  /** How names begin in this tenant. */
  readonly prefix: string;
}

type EarlierVm = {
  project: { id: string };
  size: { key: string };
  template: { id: string };
  network: { id: string };
  environment: Wish['environment'];
  leaseDays: number | null;
};

/** One column with the consequences beside it. Begins as an earlier request, as the draft, or with the first of each. */
export function RequestForm({
  choices,
  earlier,
  draft,
}: {
  choices: Choices;
  earlier: EarlierVm | undefined;
  draft: Draft | undefined;
}) {
  const { t, i18n } = useLingui();
  const { person } = useMe();
  const navigate = useNavigate();
  const [reopened, setReopened] = useState(draft);
  // A rule that changes meanwhile is said at submit: what was typed under the old one stays what is shown.
  const [prefix] = useState(choices.prefix);
  const form = useForm<Wish>(() => begun(choices, draft ?? (earlier && wishOf(earlier))));
  const { values: wish, touched, field, set } = form;
  const { keptAt, keeper } = useDraft(person.id, wish, touched);
  const element = useRef<HTMLFormElement>(null);
  const [refusals, setRefusals] = useState(0);
  const quotas = useQuery(allOf(listQuota, {}));
  const asked = useRested(previewOf(wish, prefix), 300);
  const preview = useQuery({ ...answerTo(previewRequest, asked), placeholderData: keepPreviousData, staleTime: 0 });
  const submit = useChange(submitRequest, [listRequests, listQuota]);
  const summary = usePreviewSummary();
  const nameFaultWords = useNameFaultWords();
  const settled = preview.data && !preview.isPlaceholderData ? summary(preview.data) : '';
  useSaidAfterRest(touched ? settled : '');

  const discard = () => {
    set(begun(choices, undefined));
    form.settle();
    keeper.discard();
    setReopened(undefined);
    announce(t`The draft is discarded.`);
    document.querySelector('h1')?.focus();
  };
  const refused = (faults: Faults) => {
    form.setFaults(faults);
    setRefusals((count) => count + 1);
  };
  const key = wish.sshPublicKey?.trim() ?? '';
  const keyRested = useRested(key, 600);
  const keyFault = (): { sshPublicKey?: string } =>
    !key || isPublicKey(key)
      ? {}
      : { sshPublicKey: t`Enter the key as one line of a .pub file, such as “ssh-ed25519 AAAA… name”.` };
  const send = () => {
    if (submit.isPending) return;
    const broken = nameFault(wish.name);
    const faults: Faults = {
      ...(broken ? { name: wish.name ? nameFaultWords(broken) : t`Choose a name for the VM.` } : {}),
      ...keyFault(),
    };
    if (Object.keys(faults).length > 0) {
      refused(faults);
      return;
    }
    form.setFaults({});
    keeper.hold();
    submit.mutate(
      { ...wish, justification: wish.justification || null, sshPublicKey: key || null },
      {
        onSuccess: ({ id }) => {
          keeper.discard(); // What was kept last may differ from what was sent.
          void navigate({ to: '/requests/$id', params: { id } });
        },
        onError: (error) => {
          keeper.goOn();
          refused(faultsOf(error, fieldOf));
        },
      },
    );
  };
  const faulty = Object.keys(form.faults).length > 0;
  const environments = environmentOrder.map((id) => ({ id, name: i18n._(environmentWords[id]) }));
  return (
    <div className="grid gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,640px)_340px]">
      <form
        ref={element}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
        }}
        className="space-y-6"
      >
        {refusals > 0 && faulty ? <ErrorSummary key={refusals} faults={form.faults} form={element} /> : null}
        {submit.error && !faulty ? <Refused error={submit.error} onRetry={send} /> : null}
        {reopened && !touched ? (
          <p className="rounded-panel border border-border bg-info-tint p-4 text-info">
            {t`Your draft of ${moment(reopened.keptAt)} is open again.`}
          </p>
        ) : null}
        <SelectField {...field('projectId')} label={t`Project`} options={choices.projects} />
        <SizeField
          {...field('size')}
          sizes={choices.sizes}
          shortages={(size) => shortagesOf(size, quotas.data ?? [], wish.projectId)}
        />
        <SelectField {...field('templateId')} label={t`Template`} options={choices.templates} />
        <NameField
          {...field('name')}
          prefix={prefix}
          check={
            preview.error
              ? null
              : preview.isFetching || asked.name !== wish.name
                ? undefined
                : preview.data?.vcenter?.name
          }
        />
        <SelectField {...field('networkId')} label={t`Network`} options={choices.networks} />
        <SelectField
          id="environment"
          label={t`Environment`}
          value={wish.environment ?? 'test'}
          options={environments}
          fault={form.faults['environment']}
          onChange={(environment) => set({ environment: environment as Wish['environment'] })}
        />
        <LeaseField
          value={wish.leaseDays ?? null}
          fault={form.faults['leaseDays']}
          onChange={(leaseDays) => set({ leaseDays })}
        />
        <TextField
          id="sshPublicKey"
          label={t`SSH public key (optional)`}
          help={t`One line of a .pub file; it is set at the first start. Without one, nobody can sign in by SSH key.`}
          value={wish.sshPublicKey ?? ''}
          rows={2}
          fault={form.faults['sshPublicKey'] ?? (keyRested === key ? keyFault().sshPublicKey : undefined)}
          onChange={(sshPublicKey) => set({ sshPublicKey })}
        />
        <TextField
          id="justification"
          label={t`Justification (optional)`}
          help={t`What is the VM for? Approvers read this first.`}
          value={wish.justification ?? ''}
          rows={4}
          fault={form.faults['justification']}
          onChange={(justification) => set({ justification })}
        />
        <div
          data-foot
          className="max-sm:sticky max-sm:bottom-14 max-sm:z-10 max-sm:border-t max-sm:border-border max-sm:bg-background max-sm:py-3"
        >
          {settled ? <p className="mb-2 text-small xl:hidden">{settled}</p> : null}
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <Button type="submit" look="primary" busy={submit.isPending} className="max-sm:w-full">
              {submit.isPending ? t`Submitting …` : t`Submit request`}
            </Button>
            {keptAt || reopened ? (
              <Button look="quiet" onClick={discard}>
                {t`Discard draft`}
              </Button>
            ) : null}
            {keptAt ? (
              <span className="text-small text-muted-foreground max-sm:hidden">{t`Draft saved ${clock(keptAt)}`}</span>
            ) : null}
          </div>
        </div>
      </form>
      <Consequences preview={preview} />
    </div>
  );
}

/** Said once it has stood for a second. */
function useSaidAfterRest(sentence: string): void {
  const rested = useRested(sentence, 1_000);
  const said = useRef('');
  useEffect(() => {
    if (!rested || rested === said.current) return;
    said.current = rested;
    announce(rested);
  }, [rested]);
}

function wishOf({ project, size, template, network, environment, leaseDays }: EarlierVm): Wish {
  return {
    projectId: project.id,
    size: size.key,
    templateId: template.id,
    networkId: network.id,
    name: '',
    environment,
    leaseDays,
  };
}

/** What is no longer offered is the first of what is. */
function begun({ projects, sizes, templates, networks, prefix }: Choices, like: Wish | undefined): Wish {
  const known = (list: readonly { id: string }[], id: string | undefined) =>
    list.find((item) => item.id === id)?.id ?? list[0]?.id ?? '';
  return {
    projectId: known(projects, like?.projectId),
    size: sizes.find(({ key }) => key === like?.size)?.key ?? sizes[0]?.key ?? '',
    templateId: known(templates, like?.templateId),
    networkId: known(networks, like?.networkId),
    // A draft from before the rule begins as it says now.
    name: like?.name ? (like.name.startsWith(prefix) ? like.name : prefix + like.name) : '',
    environment: like?.environment ?? 'test',
    leaseDays: like?.leaseDays ?? null,
    justification: like?.justification ?? '',
    sshPublicKey: like?.sshPublicKey ?? null,
  };
}

/** A preview needs a name that could stand; until there is one, a stand-in that nobody sees asks about all the rest. */
function previewOf(
  { justification: _, sshPublicKey: __, name, ...rest }: Wish,
  prefix: string,
): AskedOf<typeof previewRequest> {
  return { ...rest, name: nameFault(name) ? `${prefix}not-named-yet` : name };
}

/** The field that a refusal without a pointer speaks of. */
const fieldOf = {
  'name.taken': 'name',
  'name.breaks-rule': 'name',
  'size.unknown': 'size',
  'quota.exceeded': 'size',
  'network.full': 'networkId',
  'network.unknown': 'networkId',
  'template.unknown': 'templateId',
};

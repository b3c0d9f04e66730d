import { useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Problem } from '../../api/problem';
import { answerTo, useChange } from '../../api/query';
import type { Asked as AskedOf } from '../../api/route';
import {
  getRequest,
  listNetworks,
  listProjects,
  listQuota,
  listRequests,
  listSizes,
  listTemplates,
  previewRequest,
  submitRequest,
} from '../../api/routes';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Page } from '../../ui/page';
import { ProblemNote } from '../../ui/problem-note';
import { Skeleton } from '../../ui/skeleton';
import { useRested } from '../../ui/use-rested';
import { environmentWords } from '../../words/environments';
import { Consequences } from './consequences';
import { NameField, SelectField, SizeField, TextField } from './fields';

type Wish = AskedOf<typeof submitRequest>;
const nameRule = /^[a-z]([a-z0-9-]{1,61}[a-z0-9])$/;

/** Loads what can be chosen, and what an earlier request had where one is asked for again. */
export function NewRequestPage() {
  const { t } = useLingui();
  const { like } = getRouteApi('/requests/new').useSearch();
  const projects = useQuery(answerTo(listProjects, { limit: 200 }));
  const sizes = useQuery(answerTo(listSizes, { limit: 200 }));
  const templates = useQuery(answerTo(listTemplates, { limit: 200 }));
  const networks = useQuery(answerTo(listNetworks, { limit: 200 }));
  const earlier = useQuery({ ...answerTo(getRequest, { id: like ?? '' }), enabled: like !== undefined });
  const answers = [projects, sizes, templates, networks];
  const failed = answers.find(({ error, data }) => error && !data);
  if (failed?.error) {
    return (
      <Page title={t`Request a VM`}>
        <ProblemNote error={failed.error} onRetry={() => answers.forEach((answer) => void answer.refetch())} />
      </Page>
    );
  }
  if (!projects.data || !sizes.data || !templates.data || !networks.data || (like && earlier.isPending)) {
    return (
      <Page title={t`Request a VM`}>
        <Skeleton lines={10} />
      </Page>
    );
  }
  const choices = {
    projects: projects.data.items.filter(({ member }) => member),
    sizes: sizes.data.items,
    templates: templates.data.items,
    networks: networks.data.items,
  };
  const missing = Object.values(choices).some((list) => list.length === 0);
  return (
    <Page title={t`Request a VM`}>
      {missing ? (
        <Empty>{t`Nothing can be asked for yet: you need a project, and your tenant administration offers sizes, templates and networks.`}</Empty>
      ) : (
        <RequestForm choices={choices} earlier={earlier.data?.vm} />
      )}
    </Page>
  );
}

interface Choices {
  readonly projects: readonly { id: string; name: string }[];
  readonly sizes: readonly {
    key: string;
    vcpus: number;
    memoryMiB: number;
    diskGiB: number;
    monthlyCostCents: number;
    currency: string;
  }[];
  readonly templates: readonly { id: string; name: string; vcenterId: string }[];
  readonly networks: readonly { id: string; name: string; vcenterId: string }[];
}

type EarlierVm = {
  project: { id: string };
  size: { key: string };
  template: { id: string };
  network: { id: string };
  environment: Wish['environment'];
};

function RequestForm({ choices, earlier }: { choices: Choices; earlier: EarlierVm | undefined }) {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const [wish, setWish] = useState<Wish>(() => ({
    projectId: known(choices.projects, earlier?.project.id),
    size: choices.sizes.find(({ key }) => key === earlier?.size.key)?.key ?? choices.sizes[0]?.key ?? '',
    templateId: known(choices.templates, earlier?.template.id),
    networkId: known(choices.networks, earlier?.network.id),
    name: '',
    environment: earlier?.environment ?? 'test',
    justification: '',
    sshPublicKey: null,
  }));
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const set = (change: Partial<Wish>) => {
    setWish((old) => ({ ...old, ...change }));
    setFaults((old) => Object.fromEntries(Object.entries(old).filter(([field]) => !(field in change))));
  };
  const asked = useRested(previewOf(wish), 300);
  const preview = useQuery({ ...answerTo(previewRequest, asked), placeholderData: keepPreviousData, staleTime: 0 });
  const submit = useChange(submitRequest, [listRequests, listQuota]);

  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (submit.isPending) return;
    if (!nameRule.test(wish.name)) {
      setFaults({
        name: t`Choose a name: lower-case letters, digits and hyphens, 3 to 63 characters, beginning with a letter.`,
      });
      document.getElementById('name')?.focus();
      return;
    }
    submit.mutate(
      { ...wish, justification: wish.justification || null, sshPublicKey: wish.sshPublicKey || null },
      {
        onSuccess: ({ id }) => void navigate({ to: '/requests/$id', params: { id } }),
        onError: (error) => setFaults(faultsOf(error)),
      },
    );
  };
  const environments = Object.entries(environmentWords).map(([id, word]) => ({ id, name: i18n._(word) }));
  return (
    <div className="grid gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,640px)_340px]">
      <form
        noValidate
        onSubmit={send}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
        }}
        className="space-y-6"
      >
        {submit.error && !Object.keys(faults).length ? (
          <ProblemNote error={submit.error} onRetry={() => send()} />
        ) : null}
        <SelectField
          id="projectId"
          label={t`Project`}
          value={wish.projectId}
          options={choices.projects}
          fault={faults['projectId']}
          onChange={(projectId) => set({ projectId })}
        />
        <SizeField sizes={choices.sizes} value={wish.size} fault={faults['size']} onChange={(size) => set({ size })} />
        <SelectField
          id="templateId"
          label={t`Template`}
          value={wish.templateId}
          options={choices.templates}
          fault={faults['templateId']}
          onChange={(templateId) => set({ templateId })}
        />
        <NameField
          value={wish.name}
          check={preview.isFetching ? undefined : preview.data?.vcenter?.name}
          valid={nameRule.test(wish.name)}
          fault={faults['name']}
          onChange={(name) => set({ name })}
        />
        <SelectField
          id="networkId"
          label={t`Network`}
          value={wish.networkId}
          options={choices.networks}
          fault={faults['networkId']}
          onChange={(networkId) => set({ networkId })}
        />
        <SelectField
          id="environment"
          label={t`Environment`}
          value={wish.environment ?? 'test'}
          options={environments}
          fault={undefined}
          onChange={(environment) => set({ environment: environment as Wish['environment'] })}
        />
        <TextField
          id="sshPublicKey"
          label={t`SSH public key (optional)`}
          help={t`One line of a .pub file; it is set at the first start.`}
          value={wish.sshPublicKey ?? ''}
          rows={2}
          fault={faults['sshPublicKey']}
          onChange={(sshPublicKey) => set({ sshPublicKey })}
        />
        <TextField
          id="justification"
          label={t`Justification (optional)`}
          help={t`What is the VM for? Approvers read this first.`}
          value={wish.justification ?? ''}
          rows={4}
          fault={faults['justification']}
          onChange={(justification) => set({ justification })}
        />
        <Button type="submit" look="primary" busy={submit.isPending} className="max-sm:w-full">
          {submit.isPending ? t`Submitting …` : t`Submit request`}
        </Button>
      </form>
      <Consequences preview={preview} />
    </div>
  );
}

const known = (list: readonly { id: string }[], id: string | undefined) =>
  list.find((item) => item.id === id)?.id ?? list[0]?.id ?? '';

/** A preview needs a name that could stand; until there is one, a stand-in that nobody sees asks about all the rest. */
function previewOf({
  projectId,
  size,
  templateId,
  networkId,
  name,
  environment,
}: Wish): AskedOf<typeof previewRequest> {
  return { projectId, size, templateId, networkId, environment, name: nameRule.test(name) ? name : 'not-named-yet' };
}

/** Server refusals that name a field stand at that field. */
function faultsOf(error: Error): Record<string, string> {
  if (!(error instanceof Problem)) return {};
  const byCode: Record<string, string> = {
    'name.taken': 'name',
    'size.unknown': 'size',
    'quota.exceeded': 'size',
    'network.full': 'networkId',
    'network.unknown': 'networkId',
    'template.unknown': 'templateId',
  };
  const field = byCode[error.code];
  if (field) return { [field]: error.detail };
  return Object.fromEntries(error.errors.map(({ pointer, detail }) => [pointer.slice(1), detail]));
}

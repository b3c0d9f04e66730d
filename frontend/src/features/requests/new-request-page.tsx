import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { allOf, answerTo } from '../../api/query';
import {
  getDraft,
  getNamingRule,
  getRequest,
  listNetworks,
  listProjects,
  listSizes,
  listTemplates,
} from '../../api/routes';
import { Empty } from '../../ui/empty';
import { Page } from '../../ui/page';
import { ProblemNote } from '../../ui/problem-note';
import { Skeleton } from '../../ui/skeleton';
import { RequestForm } from './request-form';

/** Loads what can be chosen, and what an earlier request had where one is asked for again. */
export function NewRequestPage() {
  const { t } = useLingui();
  const { like } = getRouteApi('/requests/new').useSearch();
  const projects = useQuery(allOf(listProjects, {}));
  const sizes = useQuery(allOf(listSizes, {}));
  const templates = useQuery(allOf(listTemplates, {}));
  const networks = useQuery(allOf(listNetworks, {}));
  const naming = useQuery(answerTo(getNamingRule, {}));
  const earlier = useQuery({ ...answerTo(getRequest, { id: like ?? '' }), enabled: like !== undefined });
  const kept = useQuery({ ...answerTo(getDraft, {}), enabled: like === undefined });
  // What another browser kept meanwhile is waited for, once: later the form is the truth.
  const [begun, begin] = useState(false);
  if (!begun && !kept.isPending && !(kept.isStale && kept.isFetching)) begin(true);
  // Without its draft the form would begin empty, and soon be kept in the draft's place.
  const answers = [projects, sizes, templates, networks, naming, ...(like === undefined ? [kept] : [])];
  const failed = answers.find(({ error, data }) => error && !data);
  if (failed?.error) {
    return (
      <Page title={t`Request a VM`}>
        <ProblemNote error={failed.error} onRetry={() => answers.forEach((answer) => void answer.refetch())} />
      </Page>
    );
  }
  if (
    !projects.data ||
    !sizes.data ||
    !templates.data ||
    !networks.data ||
    !naming.data ||
    (like ? earlier.isPending : !begun)
  ) {
    return (
      <Page title={t`Request a VM`}>
        <Skeleton lines={10} />
      </Page>
    );
  }
  const choices = {
    projects: projects.data.filter(({ member }) => member),
    sizes: sizes.data,
    templates: templates.data,
    networks: networks.data,
  };
  const missing = Object.values(choices).some((list) => list.length === 0);

  return (
    <Page title={t`Request a VM`}>
      {missing ? (
        <Empty>{t`Nothing can be asked for yet: you need a project, and your tenant administration offers sizes, templates and networks.`}</Empty>
      ) : (
        <RequestForm
          choices={{ ...choices, prefix: naming.data.prefix }}
          earlier={earlier.data?.vm}
          // What is asked for again is the earlier request, also where a draft lies.
          draft={like === undefined ? (kept.data?.draft ?? undefined) : undefined}
        />
      )}
    </Page>
  );
}

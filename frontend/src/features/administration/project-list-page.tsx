import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { allOf, useChange } from '../../api/query';
import type { Entry } from '../../api/route';
import { createProject, listMembers, listProjects, listQuota, me } from '../../api/routes';
import { useHasRole } from '../../app/session';
import { Asked } from '../../ui/asked';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { InputField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Cell, List, Row } from '../../ui/list';
import { Page } from '../../ui/page';
import { Panel } from '../../ui/panel';
import { type Faults, useForm } from '../../ui/use-form';
import { count } from '../../words/format';
import { quotaDimensions, quotaOrder } from '../../words/quota';

export function ProjectListPage() {
  const { t, i18n } = useLingui();
  const administers = useHasRole('tenant-admin');
  const [creating, setCreating] = useState(false);
  const projects = useQuery(allOf(listProjects, {}));
  const members = useQuery(allOf(listMembers, {}));
  const quotas = useQuery(allOf(listQuota, {}));
  const create = administers ? (
    <Button look="primary" onClick={() => setCreating(true)}>{t`Create project`}</Button>
  ) : null;
  return (
    <Page title={t`Projects`} action={creating ? null : create}>
      {creating ? <CreateProject onClose={() => setCreating(false)} /> : null}
      <Asked answer={projects} lines={6}>
        {(found) =>
          found.length === 0 ? (
            <Empty action={creating ? null : create}>
              {t`No projects yet. People ask for VMs within a project, and its lead may decide.`}
            </Empty>
          ) : (
            <List
              caption={t`Projects, by name`}
              columns={[
                { name: t`Name` },
                { name: t`Members`, right: true },
                ...quotaOrder.map((dimension) => ({ name: i18n._(quotaDimensions[dimension].word), right: true })),
              ]}
            >
              {found.map(({ id, name }) => (
                <Row
                  key={id}
                  name={
                    <Link
                      to="/administration/projects/$id"
                      params={{ id }}
                      className="break-words text-primary hover:underline"
                    >
                      {name}
                    </Link>
                  }
                >
                  <Cell label={t`Members`} right>
                    {members.data ? count(members.data.filter((one) => belongs(one, id)).length) : '…'}
                  </Cell>
                  {quotaOrder.map((dimension) => (
                    <Cell key={dimension} label={i18n._(quotaDimensions[dimension].word)} right>
                      <Taken quota={quotas.data?.find(({ projectId }) => projectId === id)} dimension={dimension} />
                    </Cell>
                  ))}
                </Row>
              ))}
            </List>
          )
        }
      </Asked>
    </Page>
  );
}

const belongs = ({ projects }: Entry<typeof listMembers>, id: string) => projects.some((one) => one.id === id);

/** Used and reserved together, as it counts against the limit. */
function Taken({
  quota,
  dimension,
}: {
  quota: Entry<typeof listQuota> | undefined;
  dimension: (typeof quotaOrder)[number];
}) {
  const { t } = useLingui();
  if (!quota) return '…';
  const { show } = quotaDimensions[dimension];
  const taken = show(quota.used[dimension] + quota.reserved[dimension]);
  const limit = quota.limits?.[dimension];
  return limit === undefined ? taken : t`${taken} of ${show(limit)}`;
}

function CreateProject({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const form = useForm({ name: '' });
  const name = form.values.name.trim();
  return (
    <Panel title={t`Create project`}>
      <Form
        form={form}
        change={useChange(createProject, [listProjects, listQuota, me])}
        check={(): Faults => (name ? {} : { name: t`Enter a name for the project.` })}
        input={() => ({ name })}
        byCode={{ 'project.name-taken': 'name' }}
        onDone={({ id }) => void navigate({ to: '/administration/projects/$id', params: { id } })}
        submit={t`Create project`}
        busy={t`Creating …`}
        onLeave={onClose}
      >
        <InputField
          {...form.field('name')}
          label={t`Name`}
          help={t`As people know it, up to 100 characters. Members and quota come next.`}
        />
      </Form>
    </Panel>
  );
}

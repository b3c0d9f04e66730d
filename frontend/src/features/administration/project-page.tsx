import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { allOf, useChange } from '../../api/query';
import type { Entry } from '../../api/route';
import { listMembers, listProjects, listQuota, me, removeProjectMember, setProjectMember } from '../../api/routes';
import { NotFound } from '../../app/not-found';
import { useHasRole } from '../../app/session';
import { announce } from '../../ui/announcer';
import { Asked } from '../../ui/asked';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { Empty } from '../../ui/empty';
import { Check, SelectField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Cell, List, Row } from '../../ui/list';
import { Page, Section } from '../../ui/page';
import { Panel } from '../../ui/panel';
import { ProblemNote } from '../../ui/problem-note';
import { type Faults, useForm } from '../../ui/use-form';
import { count } from '../../words/format';
import { QuotaPanel } from './limits-form';
import { byName, useNameOf } from './person-name';

type Member = Entry<typeof listMembers>;

const route = getRouteApi('/administration/projects/$id');

/** Who works in a project, who leads it, and how much it may take. */
export function ProjectPage() {
  const { t } = useLingui();
  const { id } = route.useParams();
  const projects = useQuery(allOf(listProjects, {}));
  const project = projects.data?.find((one) => one.id === id);
  if (projects.data && !project) return <NotFound />;
  return (
    <Page
      key={project ? 'shown' : 'waiting'}
      title={project?.name ?? t`Project`}
      back={{ to: '/administration/projects', label: t`Projects` }}
    >
      <Asked answer={projects} lines={8}>
        {() => (
          <>
            <ProjectQuota id={id} />
            <Members id={id} />
          </>
        )}
      </Asked>
    </Page>
  );
}

function ProjectQuota({ id }: { id: string }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const administers = useHasRole('tenant-admin');
  const answer = useQuery(allOf(listQuota, {}));
  return (
    <Section
      className="max-w-4xl"
      title={t`Quota`}
      action={
        administers && !open ? <Button look="quiet" onClick={() => setOpen(true)}>{t`Change limit`}</Button> : null
      }
    >
      <Asked answer={answer}>
        {(quotas) => {
          const quota = quotas.find(({ projectId }) => projectId === id);
          if (!quota) return <p>{t`Not known right now.`}</p>;
          return <QuotaPanel quota={quota} changing={open} onClose={() => setOpen(false)} />;
        }}
      </Asked>
    </Section>
  );
}

function Members({ id }: { id: string }) {
  const { t } = useLingui();
  const nameOf = useNameOf();
  const administers = useHasRole('tenant-admin');
  const [adding, setAdding] = useState(false);
  const answer = useQuery(allOf(listMembers, {}));
  const add = administers ? <Button onClick={() => setAdding(true)}>{t`Add member`}</Button> : null;
  return (
    <Section className="max-w-4xl" title={t`Members`} action={adding ? null : add}>
      <Asked answer={answer}>
        {(people) => {
          const members = byName(people.filter((one) => leadOf(one, id) !== undefined));
          const others = byName(people.filter((one) => leadOf(one, id) === undefined));
          return (
            <>
              {adding ? <AddMember id={id} others={others} onClose={() => setAdding(false)} /> : null}
              {members.length === 0 ? (
                <Empty>{t`No members yet. Only members can ask for VMs in this project.`}</Empty>
              ) : (
                <List
                  caption={t`Members, by name`}
                  columns={[
                    { name: t`Name` },
                    { name: t`Part in the project` },
                    ...(administers ? [{ name: t`Actions`, right: true }] : []),
                  ]}
                >
                  {members.map((member) => (
                    <Row key={member.person.id} name={nameOf(member.person)}>
                      <Cell>{leadOf(member, id) ? t`Project lead` : t`Member`}</Cell>
                      {administers ? <Actions id={id} member={member} /> : null}
                    </Row>
                  ))}
                </List>
              )}
              <p className="mt-2 text-small text-muted-foreground">
                {t`${count(members.length)} of ${plural(people.length, { one: '# person of the tenant.', other: '# people of the tenant.' })}`}
              </p>
            </>
          );
        }}
      </Asked>
    </Section>
  );
}

/** Whether a person leads the project; undefined when she is not in it. */
const leadOf = ({ projects }: Member, id: string) => projects.find((one) => one.id === id)?.lead;

function Actions({ id, member }: { id: string; member: Member }) {
  const { t } = useLingui();
  const name = useNameOf()(member.person);
  const [asked, setAsked] = useState(false);
  const lead = leadOf(member, id) ?? false;
  const change = useChange(setProjectMember, [listMembers, me]);
  const remove = useChange(removeProjectMember, [listMembers, listProjects, me]);
  const personId = member.person.id;
  const error = change.error ?? remove.error;
  return (
    <Cell buttons>
      <Button
        look="quiet"
        busy={change.isPending}
        of={name}
        onClick={() => change.mutate({ id, personId, lead: !lead })}
      >
        {lead ? t`Withdraw lead` : t`Make lead`}
      </Button>
      <Button look="quiet" of={name} onClick={() => setAsked(true)}>
        {t`Remove`}
      </Button>
      {error ? <ProblemNote error={error} /> : null}
      <ConfirmDialog
        open={asked}
        title={t`Remove ${name}?`}
        keep={t`Keep`}
        deed={t`Remove ${name}`}
        busy={remove.isPending}
        onKeep={() => setAsked(false)}
        onDeed={() =>
          remove.mutate(
            { id, personId },
            { onSuccess: () => announce(t`${name} is removed.`), onSettled: () => setAsked(false) },
          )
        }
      >
        {t`${name} no longer sees this project and cannot ask for VMs in it. Requests and machines stay.`}
      </ConfirmDialog>
    </Cell>
  );
}

function AddMember({ id, others, onClose }: { id: string; others: readonly Member[]; onClose: () => void }) {
  const { t } = useLingui();
  const nameOf = useNameOf();
  const form = useForm({ personId: '', lead: false });
  const change = useChange(setProjectMember, [listMembers, listProjects, me]);
  if (others.length === 0) {
    return (
      <Panel title={t`Add member`}>
        <p className="mb-4">{t`Everybody of the tenant is in this project. Invite more people first.`}</p>
        <Button onClick={onClose}>{t`Close`}</Button>
      </Panel>
    );
  }
  return (
    <Panel title={t`Add member`}>
      <Form
        form={form}
        change={change}
        check={(): Faults => (form.values.personId ? {} : { personId: t`Choose a person.` })}
        input={() => ({ id, ...form.values })}
        onDone={() => {
          announce(t`The person is added.`);
          onClose();
        }}
        submit={t`Add member`}
        onLeave={onClose}
      >
        <SelectField
          {...form.field('personId')}
          label={t`Person`}
          options={[
            { id: '', name: t`Please choose` },
            ...others.map(({ person }) => ({ id: person.id, name: nameOf(person) })),
          ]}
        />
        <Check
          label={t`Project lead`}
          help={t`May decide where a policy names the project lead, and acts on all machines of the project.`}
          checked={form.values.lead}
          onChange={(lead) => form.set({ lead })}
        />
      </Form>
    </Panel>
  );
}

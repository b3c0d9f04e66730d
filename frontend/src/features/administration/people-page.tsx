import type { MessageDescriptor } from '@lingui/core';
import { msg, plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { allOf, useChange } from '../../api/query';
import type { Asked as AskedOf, Entry } from '../../api/route';
import { changeRoles, inviteMember, listMembers, listProjects, me } from '../../api/routes';
import { useHasRole, useMe } from '../../app/session';
import { announce } from '../../ui/announcer';
import { Asked } from '../../ui/asked';
import { Button } from '../../ui/button';
import { ChoicesField, InputField } from '../../ui/field';
import { Filters, NameFilter } from '../../ui/filters';
import { Form } from '../../ui/form';
import { Cell, List, Row } from '../../ui/list';
import { Page } from '../../ui/page';
import { Panel } from '../../ui/panel';
import { useForm } from '../../ui/use-form';
import { count } from '../../words/format';
import { roleWords } from '../../words/roles';
import { byName, useNameOf } from './person-name';

type Member = Entry<typeof listMembers>;
type GivenRole = AskedOf<typeof changeRoles>['roles'][number];

const mayWords: Record<GivenRole, MessageDescriptor> = {
  user: msg`Asks for VMs in their projects and looks after their own.`,
  approver: msg`Decides on requests of others.`,
  'tenant-admin': msg`Manages people, quotas, policies and connections.`,
  auditor: msg`Reads everything and changes nothing.`,
};
const roles = Object.keys(mayWords) as GivenRole[];
const isGiven = (role: string): role is GivenRole => role in mayWords;

/** Who is in the tenant and what they may do. */
export function PeoplePage() {
  const { t, i18n } = useLingui();
  const nameOf = useNameOf();
  const administers = useHasRole('tenant-admin');
  const [inviting, setInviting] = useState(false);
  const [changing, setChanging] = useState<string>();
  const [part, setPart] = useState('');
  const answer = useQuery(allOf(listMembers, {}));
  const changed = answer.data?.find(({ person }) => person.id === changing);
  return (
    <Page
      title={t`People`}
      action={
        administers && !inviting ? (
          <Button
            look="primary"
            onClick={() => {
              setChanging(undefined);
              setInviting(true);
            }}
          >{t`Invite`}</Button>
        ) : null
      }
    >
      {inviting ? <Invite onClose={() => setInviting(false)} /> : null}
      {changed ? <ChangeRoles key={changing} member={changed} onClose={() => setChanging(undefined)} /> : null}
      <Asked answer={answer} lines={6}>
        {(people) => {
          const shown = byName(people).filter(({ person }) =>
            nameOf(person).toLocaleLowerCase().includes(part.toLocaleLowerCase()),
          );
          return (
            <>
              <Filters>
                <NameFilter value={part} onType={(typed = '') => setPart(typed)} />
              </Filters>
              <List
                caption={t`People, by name`}
                columns={[
                  { name: t`Name` },
                  { name: t`Roles` },
                  { name: t`Projects` },
                  ...(administers ? [{ name: t`Actions`, right: true }] : []),
                ]}
              >
                {shown.map((member) => (
                  <Row key={member.person.id} name={nameOf(member.person)}>
                    <Cell label={t`Roles`}>
                      {member.roles
                        .filter(isGiven)
                        .map((role) => i18n._(roleWords[role]))
                        .join(', ') || t`none`}
                    </Cell>
                    <Cell label={t`Projects`}>
                      {member.projects.length === 0 ? t`none` : null}
                      {member.projects.map(({ id, name, lead }, index) => (
                        <span key={id}>
                          {index > 0 ? ', ' : ''}
                          <Link to="/administration/projects/$id" params={{ id }} className="text-primary underline">
                            {name}
                          </Link>
                          {lead ? ` (${t`lead`})` : ''}
                        </span>
                      ))}
                    </Cell>
                    {administers ? (
                      <Cell buttons>
                        <Button
                          look="quiet"
                          of={nameOf(member.person)}
                          onClick={() => {
                            setInviting(false);
                            setChanging(member.person.id);
                          }}
                        >
                          {t`Change roles`}
                        </Button>
                      </Cell>
                    ) : null}
                  </Row>
                ))}
              </List>
              <p className="mt-2 text-small text-muted-foreground">
                {shown.length === people.length
                  ? t`People: ${count(people.length)}`
                  : t`${count(shown.length)} of ${plural(people.length, { one: '# person.', other: '# people.' })}`}
              </p>
            </>
          );
        }}
      </Asked>
    </Page>
  );
}

function useRoleOptions() {
  const { i18n } = useLingui();
  return roles.map((id) => ({ id, name: i18n._(roleWords[id]), help: i18n._(mayWords[id]) }));
}

function ChangeRoles({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useLingui();
  const name = useNameOf()(member.person);
  const own = useMe().person.id === member.person.id;
  const form = useForm({ roles: member.roles.filter(isGiven) });
  return (
    <Panel title={t`Roles of ${name}`}>
      <Form
        form={form}
        change={useChange(changeRoles, [listMembers, me])}
        check={() => ({})}
        input={() => ({ personId: member.person.id, roles: form.values.roles })}
        byCode={{ 'member.last-administrator': 'roles' }}
        onDone={() => {
          announce(t`The roles of ${name} are changed.`);
          onClose();
        }}
        submit={t`Save roles`}
        onLeave={onClose}
      >
        <ChoicesField
          {...form.field('roles')}
          label={t`Roles`}
          help={
            own ? t`These are your own. They count at once.` : t`They count at once, also for a session that is open.`
          }
          options={useRoleOptions()}
        />
      </Form>
    </Panel>
  );
}

function Invite({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const projects = useQuery(allOf(listProjects, {}));
  const [invited, setInvited] = useState<string>();
  const form = useForm<{ email: string; roles: GivenRole[]; projects: string[] }>({
    email: '',
    roles: ['user'],
    projects: [],
  });
  const { values } = form;
  const options = useRoleOptions();
  const email = values.email.trim();
  const change = useChange(inviteMember, [listMembers]);
  const check = () => ({
    ...(/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) ? {} : { email: t`Enter a mail address, such as name@example.org.` }),
    ...(values.roles.length > 0 ? {} : { roles: t`Choose at least one role.` }),
  });
  if (invited) {
    return (
      <Panel title={t`Invitation is noted`}>
        <p className="mb-4 max-w-[68ch] break-words">
          {t`${invited} joins at the first sign-in with this address. No mail is sent; tell them where to sign in.`}
        </p>
        <Button onClick={onClose}>{t`Close`}</Button>
      </Panel>
    );
  }
  return (
    <Panel title={t`Invite somebody`}>
      <Form
        form={form}
        change={change}
        check={check}
        input={() => ({
          email,
          roles: values.roles,
          projects: values.projects.map((projectId) => ({ projectId })),
        })}
        onDone={() => setInvited(email)}
        submit={t`Invite`}
        onLeave={onClose}
      >
        <InputField
          {...form.field('email')}
          label={t`Mail address`}
          help={t`It must be the one that your company's sign-in has verified.`}
          type="email"
        />
        <ChoicesField {...form.field('roles')} label={t`Roles`} options={options} />
        {projects.data && projects.data.length > 0 ? (
          <ChoicesField
            {...form.field('projects')}
            label={t`Projects (optional)`}
            options={projects.data.map(({ id, name }) => ({ id, name }))}
          />
        ) : null}
      </Form>
    </Panel>
  );
}

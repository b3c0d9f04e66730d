import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Problem } from '../../api/problem';
import { answerTo, useChange } from '../../api/query';
import type { Answered } from '../../api/route';
import { getSmtp, setSmtp, testSmtp } from '../../api/routes';
import { useHasRole } from '../../app/session';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { InputField, SelectField } from '../../ui/field';
import { Form } from '../../ui/form';
import { Page, Section } from '../../ui/page';
import { ProblemNote } from '../../ui/problem-note';
import { Skeleton } from '../../ui/skeleton';
import { StatusBadge } from '../../ui/status-badge';
import { type Faults, useForm } from '../../ui/use-form';
import { readWhole, writeNumber } from '../../words/read-number';
import { checkStatus } from '../../words/status';
import { TechnicalText } from './technical-text';

type Smtp = Answered<typeof getSmtp>;

/** How this tenant's mail is sent, and whether it works. */
export function MailPage() {
  const { t } = useLingui();
  const administers = useHasRole('tenant-admin');
  const answer = useQuery(answerTo(getSmtp, {}));
  const unset = answer.error instanceof Problem && answer.error.code === 'smtp.not-set';
  return (
    <Page title={t`Mail`} facts={t`DVMM writes to people about their requests and about what waits for them.`}>
      {!answer.data && !unset && answer.error ? (
        <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} />
      ) : null}
      {answer.isPending ? <Skeleton lines={8} /> : null}
      {unset && !administers ? <Empty>{t`No mail server is set. Nobody gets mails yet.`}</Empty> : null}
      {administers && (answer.data || unset) ? (
        <>
          {answer.data ? <TestMail /> : <p className="mb-6">{t`No mail server is set. Nobody gets mails yet.`}</p>}
          <Section title={t`Mail server`}>
            <SmtpForm smtp={answer.data} />
          </Section>
        </>
      ) : null}
      {!administers && answer.data ? <Shown smtp={answer.data} /> : null}
    </Page>
  );
}

/** For those who may look but not change. */
function Shown({ smtp }: { smtp: Smtp }) {
  const { t, i18n } = useLingui();
  const facts = [
    [t`Host`, `${smtp.host}:${smtp.port}`],
    [t`Encryption`, smtp.security === 'none' ? t`none` : smtp.security === 'tls' ? 'TLS' : 'STARTTLS'],
    [t`User`, smtp.username ?? t`none`],
    [t`Sender`, `${smtp.fromName} <${smtp.from}>`],
  ] as const;
  return (
    <dl lang={i18n.locale} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted-foreground">{name}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const reasonWords: Record<NonNullable<Answered<typeof testSmtp>['reason']>, MessageDescriptor> = {
  'no-address': msg`You have no mail address that the test mail could go to.`,
  'no-answer': msg`The mail server does not answer. Check host, port and the firewall between.`,
  'no-encryption': msg`No encrypted connection came about. Check encryption and port, and the certificate of the mail server.`,
  'login-refused': msg`The mail server refused the sign-in. Check user and password.`,
  'not-sent': msg`The mail was not sent. Check host, port, encryption, user and password.`,
};

function TestMail() {
  const { t, i18n } = useLingui();
  const test = useChange(testSmtp);
  const send = () => test.mutate({});
  return (
    <Section title={t`Test`}>
      <p className="mb-3">{t`Sends a mail to your own address and waits for the server to take it.`}</p>
      <Button look="primary" busy={test.isPending} onClick={send}>
        {test.isPending ? t`Sending …` : t`Send test mail`}
      </Button>
      {test.error ? <ProblemNote error={test.error} onRetry={send} /> : null}
      {test.data ? (
        <div role="status" className="mt-4 max-w-4xl rounded-panel border border-border bg-card p-4">
          <StatusBadge status={test.data.ok ? checkStatus.passed : checkStatus.failed} />
          <p className="mt-2">
            {test.data.reason
              ? i18n._(reasonWords[test.data.reason])
              : t`The server took the mail. Look into your inbox.`}
          </p>
          {test.data.ok ? null : <TechnicalText text={test.data.detail} />}
        </div>
      ) : null}
    </Section>
  );
}

function SmtpForm({ smtp }: { smtp: Smtp | undefined }) {
  const { t } = useLingui();
  const form = useForm({
    host: smtp?.host ?? '',
    port: writeNumber(smtp?.port ?? 587),
    security: smtp?.security ?? ('starttls' as Smtp['security']),
    username: smtp?.username ?? '',
    password: '',
    from: smtp?.from ?? '',
    fromName: smtp?.fromName ?? '',
  });
  const { values, field, set } = form;
  const check = (): Faults => ({
    ...(values.host.trim() ? {} : { host: t`Enter the host name of the mail server.` }),
    ...(readWhole(values.port, 1, 65_535) === null ? { port: t`Enter a port from 1 to 65535.` } : {}),
    ...(/^[^\s@]+@[^\s@]+$/.test(values.from.trim())
      ? {}
      : { from: t`Enter a mail address, such as name@example.org.` }),
  });
  return (
    <Form
      form={form}
      change={useChange(setSmtp, [getSmtp])}
      check={check}
      input={() => ({
        host: values.host.trim(),
        port: readWhole(values.port, 1, 65_535) ?? 587,
        security: values.security,
        username: values.username.trim() || null,
        from: values.from.trim(),
        fromName: values.fromName.trim(),
        ...(values.password ? { password: values.password } : {}),
      })}
      byCode={{ 'smtp.host-not-allowed': 'host' }}
      onDone={() => {
        set({ password: '' });
        form.settle();
        announce(t`The mail settings are saved.`);
      }}
      submit={t`Save`}
    >
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_8rem]">
        <InputField {...field('host')} label={t`Host`} />
        <InputField {...field('port')} label={t`Port`} numeric />
      </div>
      <SelectField
        id="security"
        label={t`Encryption`}
        help={t`None is possible only where the operator has allowed the host.`}
        value={values.security}
        options={[
          { id: 'starttls', name: 'STARTTLS' },
          { id: 'tls', name: 'TLS' },
          { id: 'none', name: t`none` },
        ]}
        fault={undefined}
        onChange={(security) => set({ security: security === 'tls' || security === 'none' ? security : 'starttls' })}
      />
      <InputField {...field('username')} label={t`User (optional)`} />
      <InputField
        {...field('password')}
        label={t`Password (optional)`}
        help={t`Empty: the stored one stays. It is kept encrypted and never shown.`}
        type="password"
        autoComplete="new-password"
      />
      <InputField {...field('from')} label={t`Sender's address`} type="email" />
      <InputField {...field('fromName')} label={t`Sender's name (optional)`} />
    </Form>
  );
}

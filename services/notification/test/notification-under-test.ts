import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Language, memberJoined, type Role, requestSubmitted, resolvePeople, setSmtp } from '@dvmm/contracts';
import { createKekFile } from '@eaf/secrets';
import { type Asking, type ServiceUnderTest, serviceUnderTest } from '@eaf/service-testing';
import { eventually, type ReceivedMail, type RunningMailSink, startMailSink } from '@eaf/testing';
import { afterAll, beforeAll } from 'vitest';
import { notificationService } from '../src/service.js';

const password = 'only-for-tests';
export const publicUrl = 'https://vm.example';

export interface Person extends Asking {
  name: string | null;
  email: string | null;
  language: Language;
}

/** The service, a mail server, and tenant's directory, which opens `sealed:<person>:<base64>`. */
export function notificationUnderTest() {
  const folder = mkdtempSync(join(tmpdir(), 'notification-keys-'));
  process.env.KEK_FILE = join(folder, 'kek.json');
  process.env.OUTBOUND_ALLOW = '127.0.0.1';
  process.env.SMTP_PLAINTEXT_ALLOW = '127.0.0.1';
  process.env.PUBLIC_URL = publicUrl;
  createKekFile(process.env.KEK_FILE);
  const directory = new Map<string, Person>();
  const parts = {} as { sink: RunningMailSink };
  beforeAll(async () => {
    parts.sink = await startMailSink({ user: 'dvmm', password });
  });
  const answerAsUsual = ({ peers }: ServiceUnderTest) =>
    peers.answer(resolvePeople, ({ ids, sealed }, { tenant }) => ({
      people: ids.map((id) => {
        const person = directory.get(id);
        return person?.tenant === tenant
          ? { id, name: person.name, email: person.email, language: person.language }
          : { id, name: null, email: null, language: 'de' };
      }),
      texts: sealed.map((text) => Buffer.from(text.split(':')[2] ?? '', 'base64').toString()),
    }));
  const service = serviceUnderTest(notificationService, answerAsUsual);
  afterAll(async () => {
    await parts.sink.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    service,
    answerAsUsual: () => answerAsUsual(service),
    sink: () => parts.sink,
    newHouse: () => newHouse(service, directory, parts.sink),
  };
}

export const sealed = (text: string) => `sealed:${randomUUID()}:${Buffer.from(text).toString('base64')}`;

/** A tenant of one test that sends its mail to the sink, and its people. */
async function newHouse(service: ServiceUnderTest, directory: Map<string, Person>, sink: RunningMailSink) {
  const tenant = randomUUID();
  const join = async (language: Language, ...roles: Role[]): Promise<Person> => {
    const actorId = randomUUID();
    const person = { tenant, actorId, roles, name: 'Erika Brandt', email: `${actorId}@example.com`, language };
    directory.set(actorId, person);
    await service.tell(memberJoined, { personId: actorId, roles }, { tenant, stream: `record:member:${actorId}` });
    return person;
  };
  const administrator = await join('de', 'tenant-admin');
  const smtp = {
    host: '127.0.0.1',
    port: sink.smtpPort,
    security: 'none' as const,
    username: 'dvmm',
    from: 'dvmm@example.com',
    fromName: 'DVMM',
    password,
  };
  return {
    tenant,
    administrator,
    join,
    smtp,
    useSmtp: () => service.ask(setSmtp, smtp, administrator, { idempotencyKey: randomUUID() }),
    async submitted(by: Person, { name = 'web-01', projectName = 'Webshop', justification = '' } = {}) {
      const requestId = randomUUID();
      const named = (what: string) => ({ id: randomUUID(), name: what });
      const vm = {
        project: named(projectName),
        size: { key: 'M', vcpus: 4, memoryMiB: 8192, diskGiB: 100, monthlyCostCents: 4200, currency: 'EUR' },
        template: named('Ubuntu 24.04 LTS'),
        network: named('Produktion'),
        name,
        environment: 'test' as const,
        leaseDays: null,
        sshPublicKey: null,
      };
      const text = justification ? sealed(justification) : null;
      const stream = `vm-request:${requestId}`;
      const data = { requestId, requesterId: by.actorId, vm, justification: text, contentHash: 'h1' };
      await service.tell(requestSubmitted, data, { tenant, stream, actorId: by.actorId });
      await service.settled(); // Approval's stream would have to wait for it.
      return {
        of: { requestId, requesterId: by.actorId },
        ofRequest: { tenant, stream },
        ofCase: { tenant, stream: `approval-case:${requestId}` },
        ofVm: { tenant, stream: `vm:${requestId}` },
      };
    },
    /** The mails a person has got, once there are so many. */
    mailsTo: (person: Person, count = 1): Promise<ReceivedMail[]> =>
      eventually(
        () => {
          const mails = sink.mails.filter(({ to }) => to.includes(person.email ?? ''));
          return mails.length >= count && mails;
        },
        { what: `${count} mails to ${person.email}` },
      ),
  };
}
export type House = Awaited<ReturnType<typeof newHouse>>;

import { CertificateNotTrusted, HypervisorAway, LoginRefused, NotFoundInVCenter } from '../faults.js';
import type { ConnectionCheck } from '../hypervisor.js';
import { findTemplate } from './find-template.js';
import { datacenter, datastore, resourcePool, tenantFolder, vmFolder } from './inventory-paths.js';
import { missingPrivileges } from './privileges.js';
import { readOne } from './properties.js';
import type { VSphereSession } from './session.js';
import { child, flag, integer, text } from './xml-values.js';

type Found = { ok: boolean; detail: string };

/** Each step is tried by itself, so that an administrator sees everything that is wrong at once, not one thing a try. */
export async function checkConnection(
  session: VSphereSession,
  templates: string[],
  signal: AbortSignal,
): Promise<ConnectionCheck[]> {
  const checks = await checkLogin(session, signal);
  if (checks.some((check) => !check.ok)) return checks;
  const dc = await tried('datacenter', async () => {
    await datacenter(session, signal);
    return found(session.connection.placement.datacenter);
  });
  checks.push(dc);
  if (!dc.ok) return checks;
  const rest = [
    tried('folder', () => checkFolder(session, signal)),
    tried('resourcePool', async () => {
      await resourcePool(session, signal);
      return found(session.connection.placement.resourcePool);
    }),
    tried('datastore', () => checkDatastore(session, signal)),
    tried('rights', () => checkRights(session, signal)),
    ...templates.map((template) =>
      tried('template', async () => {
        await findTemplate(session, template, signal);
        return found(template);
      }),
    ),
  ];
  return [...checks, ...(await Promise.all(rest))];
}

/** Host, certificate and login come in one connection; the fault tells how far it got. */
async function checkLogin(session: VSphereSession, signal: AbortSignal): Promise<ConnectionCheck[]> {
  const { host, user } = session.connection;
  const reached: ConnectionCheck = { check: 'host', ok: true, detail: `${host} answers` };
  const trusted: ConnectionCheck = { check: 'certificate', ok: true, detail: 'signed by a trusted CA for this host' };
  try {
    const content = await session.content(signal);
    const about = text(child(content, 'about'), 'fullName') ?? 'vCenter';
    return [
      { ...reached, detail: `${host} is ${about}` },
      trusted,
      { check: 'login', ok: true, detail: `logged in as ${user}` },
    ];
  } catch (error) {
    if (error instanceof CertificateNotTrusted) {
      const shown = error.fingerprint ? `; it presents SHA-256 ${error.fingerprint}` : '';
      return [reached, { check: 'certificate', ok: false, detail: `${error.reason}${shown}` }];
    }
    if (error instanceof LoginRefused)
      return [reached, trusted, { check: 'login', ok: false, detail: `user or password of ${user} refused` }];
    if (error instanceof HypervisorAway)
      return [{ check: 'host', ok: false, detail: `${host} does not answer: ${reasonOf(error)}` }];
    return [reached, trusted, { check: 'login', ok: false, detail: messageOf(error) }];
  }
}

async function checkFolder(session: VSphereSession, signal: AbortSignal): Promise<Found> {
  try {
    await tenantFolder(session, signal);
    return found(session.connection.placement.folder);
  } catch (error) {
    if (!(error instanceof NotFoundInVCenter)) throw error;
    return { ok: true, detail: `${session.connection.placement.folder} is not there yet and will be created` };
  }
}

async function checkDatastore(session: VSphereSession, signal: AbortSignal): Promise<Found> {
  const object = await datastore(session, signal);
  const read = await readOne(session, object, ['summary.accessible', 'summary.freeSpace'], signal);
  const freeGiB = Math.floor((integer(read.get('summary.freeSpace')) ?? 0) / 1024 ** 3);
  return {
    ok: flag(read.get('summary.accessible')),
    detail: `${session.connection.placement.datastore}: ${freeGiB} GiB free`,
  };
}

async function checkRights(session: VSphereSession, signal: AbortSignal): Promise<Found> {
  const folder = await tenantFolder(session, signal).catch((error: unknown) => {
    if (error instanceof NotFoundInVCenter) return vmFolder(session, signal);
    throw error;
  });
  const missing = await missingPrivileges(session, folder, signal);
  return missing.length === 0
    ? { ok: true, detail: `all needed privileges on ${folder.value}` }
    : { ok: false, detail: `missing on ${folder.value}: ${missing.join(', ')}` };
}

async function tried(check: ConnectionCheck['check'], look: () => Promise<Found>): Promise<ConnectionCheck> {
  try {
    return { check, ...(await look()) };
  } catch (error) {
    return { check, ok: false, detail: messageOf(error) };
  }
}

function found(name: string): Found {
  return { ok: true, detail: `${name} is there` };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The first message below the wrappers that says something, such as `connect ECONNREFUSED`. */
function reasonOf(error: Error): string {
  let at: Error = error;
  while (at.cause instanceof Error) at = at.cause;
  return at.message || ('code' in at ? String(at.code) : at.name);
}

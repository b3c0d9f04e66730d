import https from 'node:https';
import { inSpanOfTrace } from '@eaf/observability';
import { Client } from 'node-vsphere-soap';
import { Counter } from 'prom-client';
import { Circuit } from '../circuit.js';
import {
  CertificateNotTrusted,
  type HypervisorAway,
  HypervisorFault,
  LoginRefused,
  NotFoundInVCenter,
} from '../faults.js';
import type { HypervisorConnection } from '../hypervisor.js';
import { certificateReason, presentedFingerprint } from './certificate.js';
import { ReadTogether } from './read-together.js';
import { Silence } from './silence.js';
import { faultOfResponse, faultOfTask, InvalidLogin, NotAuthenticated } from './soap-faults.js';
import { type Operation, vim25Wsdl } from './vim25-wsdl.js';
import { child, children, type ManagedObject, moref, reference, type Xml } from './xml-values.js';

/** More than any page of properties we ask for; a hostile answer ends here. */
const LARGEST_ANSWER_BYTES = 32 * 1024 * 1024;
const LOGIN_LIMIT_MS = 20_000;
const REMEMBERED_MS = 60_000;
const LOOK_UP_LIMIT_MS = 10_000;
const WSDL = vim25Wsdl();
/** The one object whose reference is known beforehand. */
const SERVICE_INSTANCE = { type: 'ServiceInstance', value: 'ServiceInstance' };

const soapCalls = new Counter({
  name: 'dvmm_vcenter_calls_total',
  help: 'SOAP calls sent to vCenters',
  labelNames: ['operation'],
});

const SERVICE_CONTENT_QUESTION = `<?xml version="1.0" encoding="UTF-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><RetrieveServiceContent xmlns="urn:vim25">
<_this type="ServiceInstance">ServiceInstance</_this></RetrieveServiceContent></soap:Body></soap:Envelope>`;

type Login = { client: Client; content: Xml };

/** No vSphere fault came back: the network, a proxy's page, a timeout, or an answer too large. */
class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/**
 * One login to one vCenter, made when first needed, and made again once for all callers together when vCenter has
 * forgotten it. Every call carries a signal that bounds it; a vCenter that cannot be reached opens the circuit.
 */
export class VSphereSession {
  readonly #circuit: Circuit;
  readonly #agent: https.Agent;
  #login: Promise<Login> | undefined;
  readonly #silence: Silence;
  readonly #remembered = new Map<string, { found: Promise<unknown>; until: number }>();
  readonly readings = new ReadTogether(this);

  constructor(readonly connection: HypervisorConnection) {
    this.#circuit = new Circuit(connection.id);
    this.#agent = new https.Agent({ keepAlive: true, ca: connection.caPem });
    this.#silence = new Silence((signal) => {
      soapCalls.inc({ operation: 'RetrieveServiceContent' });
      return askWhetherThere(connection, signal);
    });
  }

  /** Calls an operation and gives its response element, which holds `returnval`. */
  async call(
    operation: Operation,
    target: ManagedObject,
    args: Record<string, Xml>,
    signal: AbortSignal,
  ): Promise<Xml> {
    return inSpanOfTrace(`vsphere ${operation}`, { 'rpc.system': 'soap', 'rpc.method': operation }, () =>
      this.#callLoggedIn(operation, target, args, signal),
    );
  }

  async #callLoggedIn(
    operation: Operation,
    target: ManagedObject,
    args: Record<string, Xml>,
    signal: AbortSignal,
  ): Promise<Xml> {
    const login = this.#loggedIn();
    try {
      return await this.#send(login, operation, target, args, signal);
    } catch (error) {
      if (error instanceof NotFoundInVCenter) this.forget(); // Something was removed or moved: look anew.
      if (!(error instanceof NotAuthenticated)) throw error;
      // Whoever comes first forgets the login; the others find the new one under way.
      if (this.#login === login) this.#login = undefined;
      return await this.#send(this.#loggedIn(), operation, target, args, signal);
    }
  }

  /** What vCenter tells of itself, asked anew: so this also shows whether it is there. */
  async content(signal: AbortSignal): Promise<Xml> {
    return child(await this.call('RetrieveServiceContent', SERVICE_INSTANCE, {}, signal), 'returnval');
  }

  /** The user as vCenter writes it, such as `VSPHERE.LOCAL\\svc-dvmm`; its questions about rights take no other form. */
  async userName(signal: AbortSignal): Promise<string> {
    return (await this.inTime(this.#loggedIn(), signal)).client.userName;
  }

  /** One of vCenter's singletons, such as `searchIndex`; as told at login, since they never change. */
  async singleton(name: string, signal: AbortSignal): Promise<ManagedObject> {
    const { content } = await this.inTime(this.#loggedIn(), signal);
    const found = reference(child(content, name));
    if (!found) throw new HypervisorFault('NotSupported', `this vCenter has no ${name}`);
    return found;
  }

  /**
   * Where something lies that an administrator seldom moves, such as a folder or a template: looked up once a minute
   * and login for all callers together, because every step of every VM needs it.
   */
  remember<T>(key: string, lookUp: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    const known = this.#remembered.get(key);
    if (known && Date.now() < known.until) return this.inTime(known.found as Promise<T>, signal);
    // Shared by all who wait, so bounded by a limit of its own and not by the deadline of the first who came.
    const found = lookUp(AbortSignal.timeout(LOOK_UP_LIMIT_MS));
    const entry = { found, until: Date.now() + REMEMBERED_MS };
    this.#remembered.set(key, entry);
    found.catch(() => {
      // Another may have been begun since, after `forget`.
      if (this.#remembered.get(key) === entry) this.#remembered.delete(key);
    });
    return this.inTime(found, signal);
  }

  /** What was remembered is looked up anew. */
  forget(): void {
    this.#remembered.clear();
  }

  /** The fault for a wait that ends without an answer. */
  away(cause: unknown): HypervisorAway {
    return this.#circuit.away(cause);
  }

  /** Logs out, so that no session is left to count against vCenter's limit. Never throws. */
  async close(signal: AbortSignal): Promise<void> {
    const login = this.#login;
    this.#login = undefined;
    try {
      if (login) {
        const { client, content } = await this.inTime(login, signal);
        const manager = reference(child(content, 'sessionManager'));
        if (manager) await run(client, 'Logout', { _this: moref(manager) }, signal);
      }
    } catch {
      // An unreachable vCenter ends the session by itself after its idle limit (30 minutes by default).
    }
    this.#agent.destroy();
  }

  async #send(
    login: Promise<Login>,
    operation: Operation,
    target: ManagedObject,
    args: Record<string, Xml>,
    signal: AbortSignal,
  ) {
    const { client } = await this.inTime(login, signal);
    const answer = await this.#reach(() =>
      this.#silence.during(signal, (bounded) => run(client, operation, { _this: moref(target), ...args }, bounded)),
    );
    if (isLoggedOut(answer)) throw new NotAuthenticated('the session has ended');
    return answer;
  }

  #loggedIn(): Promise<Login> {
    if (this.#login) return this.#login;
    // Shared by all who wait, so bounded by a limit of its own and not by the deadline of the first who came.
    const login = this.#reach(() =>
      this.#silence.during(AbortSignal.timeout(LOGIN_LIMIT_MS), (bounded) => this.#connect(bounded)),
    );
    this.forget();
    this.#login = login;
    login.catch(() => {
      if (this.#login === login) this.#login = undefined;
    });
    return login;
  }

  #connect(signal: AbortSignal): Promise<Login> {
    const { host, user, password } = this.connection;
    const request = {
      httpsAgent: this.#agent,
      maxRedirects: 0,
      proxy: false,
      maxContentLength: LARGEST_ANSWER_BYTES,
      signal,
    };
    return new Promise((resolve, reject) => {
      const client = new Client(host, user, password, true, { wsdl: WSDL, request });
      client.once('ready', () => resolve({ client, content: client.serviceContent }));
      client.once('error', (error) =>
        reject(faultOfResponse(error) ?? new NoAnswer('no vSphere answer to the login', { cause: error })),
      );
    });
  }

  async #reach<T>(call: () => Promise<T>): Promise<T> {
    const { id, host, user } = this.connection;
    try {
      return await this.#circuit.reach(call, (error) => error instanceof NoAnswer && !certificateReason(error));
    } catch (error) {
      const reason = certificateReason(error);
      if (reason) throw new CertificateNotTrusted(host, await this.#presentedFingerprint(), reason, error);
      if (error instanceof InvalidLogin) throw new LoginRefused(id, user);
      throw error;
    }
  }

  #presentedFingerprint(): Promise<string | undefined> {
    const { hostname, port } = new URL(`https://${this.connection.host}`);
    return presentedFingerprint(hostname.replace(/^\[|\]$/g, ''), Number(port || 443), this.connection.caPem);
  }

  /** Waits for what others share, without outliving the caller's own deadline. */
  inTime<T>(shared: Promise<T>, signal: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const abort = () => reject(this.away(signal.reason));
      if (signal.aborted) abort();
      else signal.addEventListener('abort', abort, { once: true });
      shared.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    });
  }
}

/** To whom is not logged in, properties may also be missing, one by one, in an answer that is no fault. */
function isLoggedOut(answer: Xml): boolean {
  const missing = children(child(answer, 'returnval'), 'objects').flatMap((object) => children(object, 'missingSet'));
  return missing.some((property) => faultOfTask(child(property, 'fault')) instanceof NotAuthenticated);
}

/** Asks what every vCenter tells without a login, on a connection of its own. An error other than a timeout is an answer. */
function askWhetherThere({ host, caPem }: HypervisorConnection, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const question = https.request(
      `https://${host}/sdk`,
      {
        method: 'POST',
        agent: false,
        ca: caPem,
        signal,
        headers: { 'content-type': 'text/xml', soapaction: 'urn:vim25' },
      },
      (response) => {
        response.resume();
        resolve();
      },
    );
    question.once('error', reject);
    question.end(SERVICE_CONTENT_QUESTION);
  });
}

function run(client: Client, operation: Operation, args: Record<string, Xml>, signal: AbortSignal): Promise<Xml> {
  soapCalls.inc({ operation });
  return new Promise((resolve, reject) => {
    const command = client.runCommand(operation, args, { signal });
    command.once('result', resolve);
    command.once('error', (error) => {
      const fault = faultOfResponse(error);
      if (fault) return reject(fault);
      // A call we gave up ourselves says nothing about vCenter; one that ran out of time does.
      const givenUp =
        signal.aborted && !(signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError');
      reject(givenUp ? signal.reason : new NoAnswer(`no vSphere answer to ${operation}`, { cause: error }));
    });
  });
}

import https from 'node:https';

/**
 * The vSphere API in a few lines, for what the simulated outside world does to vcsim. It shares nothing with the
 * product's adapter, so that a mistake there cannot hide itself here.
 */
export type VcsimApi = {
  /** Sends one operation; `parameters` is XML as the API wants it. Gives the response's XML. */
  call(operation: string, target: { type: string; value: string }, parameters?: string): Promise<string>;
  logout(): Promise<void>;
};

export type VcsimLogin = {
  /** Such as `https://127.0.0.1:8989/sdk`. */
  url: string;
  user: string;
  password: string;
  /** PEM of the certificate's CA; the certificate is verified always. */
  ca: string;
};

export async function loginToVcsim({ url, user, password, ca }: VcsimLogin): Promise<VcsimApi> {
  const agent = new https.Agent({ ca, keepAlive: true });
  let cookie = '';
  const call: VcsimApi['call'] = async (operation, target, parameters = '') => {
    const body = `<?xml version="1.0"?><Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><Body>
<${operation} xmlns="urn:vim25"><_this type="${target.type}">${target.value}</_this>${parameters}</${operation}></Body></Envelope>`;
    const answer = await post(url, agent, cookie, body);
    cookie = answer.cookie ?? cookie;
    if (answer.status !== 200)
      throw new Error(`${operation}: ${element(answer.body, 'faultstring') ?? `status ${answer.status}`}`);
    return answer.body;
  };
  const credentials = `<userName>${escapeXml(user)}</userName><password>${escapeXml(password)}</password>`;
  const sessions = { type: 'SessionManager', value: 'SessionManager' };
  await call('Login', sessions, credentials);
  const logout = async () => {
    await call('Logout', sessions);
    agent.destroy();
  };
  return { call, logout };
}

export type VcsimVm = {
  vm: string;
  name: string;
  template: boolean;
  poweredOn: boolean;
  address: string;
  hostName: string;
  toolsRunning: boolean;
};

const VM_PATHS = [
  'name',
  'config.template',
  'runtime.powerState',
  'guest.ipAddress',
  'guest.hostName',
  'guest.toolsRunningStatus',
];

/** Every VM of the inventory. */
export async function listVcsimVms(api: VcsimApi): Promise<VcsimVm[]> {
  const created = await api.call(
    'CreateContainerView',
    { type: 'ViewManager', value: 'ViewManager' },
    '<container type="Folder">group-d1</container><type>VirtualMachine</type><recursive>true</recursive>',
  );
  const view = element(created, 'returnval') ?? '';
  const paths = VM_PATHS.map((path) => `<pathSet>${path}</pathSet>`).join('');
  const read = await api.call(
    'RetrievePropertiesEx',
    { type: 'PropertyCollector', value: 'propertyCollector' },
    `<specSet><propSet><type>VirtualMachine</type>${paths}</propSet><objectSet><obj type="ContainerView">${view}</obj><skip>true</skip>
<selectSet xsi:type="TraversalSpec"><type>ContainerView</type><path>view</path><skip>false</skip></selectSet></objectSet></specSet><options/>`,
  );
  await api.call('DestroyView', { type: 'ContainerView', value: view });
  return [...read.matchAll(/<objects>(.*?)<\/objects>/gs)].map(([, object = '']) => {
    const property = (path: string) => {
      const at = [...object.matchAll(/<propSet>(.*?)<\/propSet>/gs)].find(
        ([, set = '']) => element(set, 'name') === path,
      );
      return (at?.[1] && element(at[1], 'val')) ?? '';
    };
    return {
      vm: element(object, 'obj') ?? '',
      name: property('name'),
      template: property('config.template') === 'true',
      poweredOn: property('runtime.powerState') === 'poweredOn',
      address: property('guest.ipAddress'),
      hostName: property('guest.hostName'),
      toolsRunning: property('guest.toolsRunningStatus') === 'guestToolsRunning',
    };
  });
}

/** Sets properties of a VM from outside, which vcsim allows under extra configuration keys that begin with `SET.`. */
export async function setVcsimProperties(api: VcsimApi, vm: string, values: Record<string, string>): Promise<void> {
  const options = Object.entries(values).map(
    ([path, value]) =>
      `<extraConfig xsi:type="OptionValue"><key>SET.${path}</key><value xsi:type="xsd:string">${escapeXml(value)}</value></extraConfig>`,
  );
  await api.call('ReconfigVM_Task', { type: 'VirtualMachine', value: vm }, `<spec>${options.join('')}</spec>`);
}

/** The first element's text; undefined if there is none. */
export function element(xml: string, name: string): string | undefined {
  const [, content] = new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`).exec(xml) ?? [];
  return content?.replace(/&lt;|&gt;|&quot;|&apos;|&#(\d+);|&amp;/g, (entity, code: string | undefined) =>
    code ? String.fromCodePoint(Number(code)) : (ENTITIES.get(entity) ?? entity),
  );
}

const ENTITIES = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&amp;', '&'],
]);

function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

type Answer = { status: number; cookie: string | undefined; body: string };

function post(url: string, agent: https.Agent, cookie: string, body: string): Promise<Answer> {
  const headers = {
    'Content-Type': 'text/xml; charset=utf-8',
    SOAPAction: '"urn:vim25/7.0.0.0"',
    ...(cookie && { Cookie: cookie }),
  };
  return new Promise((resolve, reject) => {
    const request = https.request(url, { method: 'POST', agent, headers, timeout: 10_000 }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          cookie: response.headers['set-cookie']?.map((one) => one.split(';')[0]).join('; '),
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    request.on('timeout', () => request.destroy(new Error(`no answer from ${url}`)));
    request.on('error', reject);
    request.end(body);
  });
}

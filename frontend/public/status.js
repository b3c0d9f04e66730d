// Asks the API as any other client would and repaints when a live hint says that something changed.
const words = {
  de: {
    title: 'Status',
    signIn: 'Anmelden',
    signOut: 'Abmelden',
    welcome: 'Melden Sie sich an, um Ihre Anträge und Maschinen zu sehen.',
    requests: 'Anträge',
    vms: 'Maschinen',
    none: 'Noch nichts da.',
    docs: 'API ausprobieren',
    live: 'live',
    reconnecting: 'wird neu verbunden …',
    away: 'DVMM antwortet gerade nicht. Die Seite versucht es von selbst weiter.',
    requestHead: ['Name', 'Status', 'Projekt', 'Größe', 'im Monat', 'geändert'],
    vmHead: ['Name', 'Betrieb', 'Adresse', 'Projekt', 'Größe'],
    states: {
      submitted: ['In Genehmigung', 'info'],
      approved: ['Genehmigt', 'info'],
      provisioning: ['Wird bereitgestellt', 'info'],
      cancelling: ['Wird zurückgezogen', 'info'],
      ready: ['Bereit', 'ok'],
      'created-not-customised': ['Erstellt, nicht angepasst', 'warn'],
      failed: ['Fehlgeschlagen', 'bad'],
      rejected: ['Abgelehnt', 'neutral'],
      cancelled: ['Zurückgezogen', 'neutral'],
      expired: ['Verfallen', 'neutral'],
    },
    power: { on: 'Eingeschaltet', off: 'Ausgeschaltet', suspended: 'Angehalten', unknown: 'Unbekannt' },
  },
  en: {
    title: 'Status',
    signIn: 'Sign in',
    signOut: 'Sign out',
    welcome: 'Sign in to see your requests and machines.',
    requests: 'Requests',
    vms: 'Machines',
    none: 'Nothing here yet.',
    docs: 'Try the API',
    live: 'live',
    reconnecting: 'reconnecting …',
    away: 'DVMM does not answer right now. This page keeps trying by itself.',
    requestHead: ['Name', 'Status', 'Project', 'Size', 'a month', 'changed'],
    vmHead: ['Name', 'Power', 'Address', 'Project', 'Size'],
    states: {
      submitted: ['Awaiting approval', 'info'],
      approved: ['Approved', 'info'],
      provisioning: ['Being provisioned', 'info'],
      cancelling: ['Being withdrawn', 'info'],
      ready: ['Ready', 'ok'],
      'created-not-customised': ['Created, not customised', 'warn'],
      failed: ['Failed', 'bad'],
      rejected: ['Rejected', 'neutral'],
      cancelled: ['Withdrawn', 'neutral'],
      expired: ['Lapsed', 'neutral'],
    },
    power: { on: 'Powered on', off: 'Powered off', suspended: 'Suspended', unknown: 'Unknown' },
  },
};
const language = navigator.language.startsWith('de') ? 'de' : 'en';
const w = words[language];
const $ = (id) => document.getElementById(id);

document.documentElement.lang = language;
$('title').textContent = w.title;
$('sign-in').textContent = w.signIn;
$('sign-out').textContent = w.signOut;
$('docs').textContent = w.docs;
$('requests-title').textContent = w.requests;
$('vms-title').textContent = w.vms;
head('requests-head', w.requestHead);
head('vms-head', w.vmHead);
$('sign-out').addEventListener('click', async () => {
  const answer = await fetch('/auth/logout', { method: 'POST', headers: { 'x-requested-with': 'dvmm' } });
  const { continueAt } = answer.ok ? await answer.json() : {};
  location.href = continueAt ?? '/';
});

let _repaintTimer;
await paint();

async function paint() {
  const me = await ask('/api/v1/me');
  if (me === undefined) return signedOut();
  $('notice').textContent = '';
  $('who').textContent = `${me.person.name ?? ''} · ${me.tenant.name}`;
  $('sign-out').hidden = false;
  await repaint();
  listen();
}

async function repaint() {
  const [requests, vms] = await Promise.all([ask('/api/v1/requests?limit=20'), ask('/api/v1/vms?limit=20')]);
  if (!requests || !vms) return;
  const money = (cents, currency) =>
    new Intl.NumberFormat(language, { style: 'currency', currency }).format(cents / 100);
  const when = (time) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'medium' }).format(new Date(time));
  rows('requests', requests.items, (item) => [
    item.name,
    w.states[item.state] ?? item.state,
    item.project.name,
    item.size,
    money(item.monthlyCostCents, item.currency),
    when(item.changedAt),
  ]);
  rows('vms', vms.items, (vm) => [vm.name, w.power[vm.power], vm.addresses.join(', '), vm.project.name, vm.size.key]);
}

/** A hint says that something changed, never what; hints that come together cause one repaint. */
function listen() {
  const events = new EventSource('/api/v1/live');
  events.onopen = () => {
    $('live').textContent = w.live;
  };
  events.onerror = () => {
    $('live').textContent = w.reconnecting;
  };
  const changed = () => {
    _repaintTimer ??= setTimeout(() => {
      _repaintTimer = undefined;
      repaint();
    }, 100);
  };
  events.onmessage = changed;
  for (const name of ['hint', 'resync']) events.addEventListener(name, changed);
}

async function ask(path) {
  const answer = await fetch(path, { headers: { 'accept-language': language } }).catch(() => undefined);
  if (answer?.ok) return answer.json();
  if (answer?.status !== 401) $('notice').textContent = w.away;
  return undefined;
}

function signedOut() {
  if (!$('notice').textContent) $('notice').textContent = w.welcome;
  $('sign-in').hidden = false;
}

function head(id, names) {
  const row = document.createElement('tr');
  for (const name of names)
    row.append(Object.assign(document.createElement('th'), { textContent: name, scope: 'col' }));
  $(id).append(row);
}

function rows(id, items, cellsOf) {
  $(`${id}-section`).hidden = false;
  $(id).replaceChildren(...(items.length > 0 ? items.map((item) => rowOf(cellsOf(item))) : [rowOf([w.none])]));
}

/** A cell is a text, or a text with the role of its colour. */
function rowOf(cells) {
  const row = document.createElement('tr');
  for (const cell of cells) {
    const [text, role] = Array.isArray(cell) ? cell : [cell];
    row.append(Object.assign(document.createElement('td'), { textContent: text, className: role ?? '' }));
  }
  return row;
}

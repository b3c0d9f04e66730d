import { runReasons } from './provisioning/reasons.js';
/** What a code means to people: said in their language, with what happened, what was kept and what to do. */
export interface RefusalEntry {
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 500 | 503 | 504;
  readonly de: RefusalWords;
  readonly en: RefusalWords;
  /** For whoever operates or integrates: why it comes up and where to look. */
  readonly check: string;
}
/** `{name}` stands for the field of that name in the refusal's detail. */
export interface RefusalWords {
  readonly title: string;
  readonly detail: string;
}

const ofRequests = {
  'project.not-found': {
    status: 404,
    de: {
      title: 'Projekt nicht gefunden',
      detail: 'Dieses Projekt gibt es nicht. Es ist nichts beantragt. Wählen Sie ein anderes Projekt.',
    },
    en: {
      title: 'Project not found',
      detail: 'This project does not exist. Nothing has been requested. Choose another project.',
    },
    check: 'The id in `projectId`; a project of another tenant answers the same.',
  },
  'project.not-a-member': {
    status: 403,
    de: {
      title: 'Nicht im Projekt',
      detail:
        'Sie gehören nicht zum Projekt {project}. Es ist nichts beantragt. Bitten Sie die Mandantenverwaltung, Sie aufzunehmen.',
    },
    en: {
      title: 'Not in the project',
      detail:
        'You do not belong to project {project}. Nothing has been requested. Ask your tenant administration to add you.',
    },
    check: '`PUT /api/v1/admin/projects/{id}/members/{personId}` adds somebody.',
  },
  'size.unknown': {
    status: 422,
    de: {
      title: 'Größe unbekannt',
      detail:
        'Die Größe {size} gibt es nicht. Alle anderen Angaben sind erhalten. Wählen Sie eine der angebotenen Größen.',
    },
    en: {
      title: 'Unknown size',
      detail: 'Size {size} does not exist. All other entries are kept. Choose one of the sizes offered.',
    },
    check: '`GET /api/v1/sizes` lists the keys.',
  },
  'quota.exceeded': {
    status: 409,
    de: {
      title: 'Kontingent reicht nicht',
      detail:
        'Der Antrag passt nicht ins Kontingent {scope} {project}: {asked} {dimension} verlangt, {left} von {limit} frei. Ihre Angaben sind erhalten. Wählen Sie eine kleinere Größe, oder bitten Sie die Mandantenverwaltung um eine höhere Grenze.',
    },
    en: {
      title: 'Quota does not suffice',
      detail:
        'The request does not fit the quota {scope} {project}: {asked} {dimension} asked for, {left} of {limit} free. Your entries are kept. Choose a smaller size, or ask your tenant administration to raise the limit.',
    },
    check:
      '`GET /api/v1/admin/quota` shows limits, use and reservations. Reservations of ended requests go by themselves.',
  },
  'tenant.suspended': {
    status: 403,
    de: {
      title: 'Mandant gesperrt',
      detail:
        'Der Mandant ist gesperrt; Ansehen geht, Ändern nicht. Laufende VMs laufen weiter. Wenden Sie sich an den Plattformbetrieb.',
    },
    en: {
      title: 'Tenant suspended',
      detail:
        'The tenant is suspended: you can look, but not change anything. Running VMs go on. Turn to your platform administration.',
    },
    check: 'A platform administrator opens it again with `POST /api/v1/admin/tenants/{id}/resume`.',
  },
  'name.taken': {
    status: 409,
    de: {
      title: 'Name vergeben',
      detail:
        'Der Name {name} ist schon vergeben. Alle anderen Angaben sind erhalten. Nehmen Sie {suggestion}, oder wählen Sie einen anderen Namen.',
    },
    en: {
      title: 'Name taken',
      detail: 'The name {name} is taken. All other entries are kept. Use {suggestion}, or choose another name.',
    },
    check: 'A name is held per tenant from submit until the VM is gone.',
  },
  'name.breaks-rule': {
    status: 422,
    de: {
      title: 'Name beginnt anders',
      detail:
        'Namen beginnen hier mit {prefix}; {name} tut es nicht. Alle anderen Angaben sind erhalten. Wählen Sie einen Namen, der so beginnt.',
    },
    en: {
      title: 'Name begins otherwise',
      detail:
        'Names begin with {prefix} here; {name} does not. All other entries are kept. Choose a name that begins so.',
    },
    check: '`GET /api/v1/naming-rule` shows the rule; a tenant administrator sets it. Names given before it stay.',
  },
  'template.unknown': {
    status: 422,
    de: {
      title: 'Vorlage unbekannt',
      detail: 'Diese Vorlage wird nicht angeboten. Alle anderen Angaben sind erhalten. Wählen Sie eine andere Vorlage.',
    },
    en: {
      title: 'Unknown template',
      detail: 'This template is not offered. All other entries are kept. Choose another template.',
    },
    check: '`GET /api/v1/templates` lists the ids.',
  },
  'network.unknown': {
    status: 422,
    de: {
      title: 'Netz unbekannt',
      detail: 'Dieses Netz wird nicht angeboten. Alle anderen Angaben sind erhalten. Wählen Sie ein anderes Netz.',
    },
    en: {
      title: 'Unknown network',
      detail: 'This network is not offered. All other entries are kept. Choose another network.',
    },
    check: '`GET /api/v1/networks` lists the ids. Template and network must belong to the same vCenter.',
  },
  'network.full': {
    status: 409,
    de: {
      title: 'Netz voll',
      detail:
        'Im Netz {network} ist keine Adresse frei. Alle anderen Angaben sind erhalten. Wählen Sie ein anderes Netz, oder bitten Sie die Mandantenverwaltung um mehr Adressen.',
    },
    en: {
      title: 'Network full',
      detail:
        'No address is free in network {network}. All other entries are kept. Choose another network, or ask your tenant administration for more addresses.',
    },
    check: '`GET /api/v1/networks` shows `freeAddresses`.',
  },
  'request.already-ended': {
    status: 409,
    de: {
      title: 'Antrag schon beendet',
      detail:
        'Der Antrag ist schon {state}. Es ist nichts geändert. Eine fertige VM nehmen Sie unter Maschinen außer Betrieb.',
    },
    en: {
      title: 'Request already ended',
      detail: 'The request is already {state}. Nothing has changed. A finished VM is decommissioned under Machines.',
    },
    check: 'Withdrawing works in every state before ready.',
  },
} as const satisfies Record<string, RefusalEntry>;

const ofApprovals = {
  'approval.own-request': {
    status: 403,
    de: {
      title: 'Eigener Antrag',
      detail:
        'Über den eigenen Antrag entscheiden Sie nicht selbst. Er ist unverändert offen. Eine andere genehmigende Person entscheidet.',
    },
    en: {
      title: 'Own request',
      detail: 'You do not decide on your own request. It is still open. Another approver decides.',
    },
    check: 'Compared by person id, in every role and stage. The attempt is in the audit trail.',
  },
  'approval.not-your-turn': {
    status: 403,
    de: {
      title: 'Nicht an der Reihe',
      detail: 'In der Stufe {stage} entscheiden andere. Der Antrag ist unverändert. Sie müssen nichts tun.',
    },
    en: {
      title: 'Not your turn',
      detail: 'Others decide in stage {stage}. The request is unchanged. You need do nothing.',
    },
    check: 'Who may decide is worked out when a stage opens and whenever a role changes.',
  },
  'approval.already-decided': {
    status: 409,
    de: {
      title: 'Schon entschieden',
      detail:
        'Der Antrag ist schon {outcome}, durch {by}. Ihre Entscheidung zählt nicht. Öffnen Sie den nächsten Antrag.',
    },
    en: {
      title: 'Already decided',
      detail: 'The request is already {outcome}, by {by}. Your decision does not count. Open the next request.',
    },
    check: 'The timeline of the request shows who decided when.',
  },
  'approval.content-changed': {
    status: 409,
    de: {
      title: 'Anderer Inhalt',
      detail:
        'Der Antrag ist nicht mehr der, den Sie gesehen haben. Es ist nichts entschieden. Laden Sie ihn neu, und entscheiden Sie dann.',
    },
    en: {
      title: 'Content changed',
      detail: 'The request is no longer the one you saw. Nothing has been decided. Load it again, then decide.',
    },
    check: '`contentHash` in the body differs from the one in the queue.',
  },
  'policy.condition-empty': {
    status: 422,
    de: {
      title: 'Bedingung leer',
      detail:
        'Eine leere Bedingung würde jeden Antrag genehmigen. Die Richtlinie ist nicht gespeichert. Nennen Sie Größen, Kosten oder Umgebungen.',
    },
    en: {
      title: 'Empty condition',
      detail:
        'An empty condition would approve every request. The policy has not been saved. Name sizes, cost or environments.',
    },
    check: '`automaticWhen` null means: never by itself.',
  },
  'policy.approver-unknown': {
    status: 422,
    de: {
      title: 'Unbekannte Person',
      detail:
        'Die Stufe {stage} nennt jemanden, der nicht zu diesem Mandanten gehört. Die Richtlinie ist nicht gespeichert. Nehmen Sie die Person heraus, oder laden Sie sie zuerst ein.',
    },
    en: {
      title: 'Unknown person',
      detail:
        'Stage {stage} names somebody who does not belong to this tenant. The policy has not been saved. Take the person out, or invite them first.',
    },
    check: '`GET /api/v1/admin/members` lists the people of the tenant.',
  },
  'policy.quorum-unreachable': {
    status: 422,
    de: {
      title: 'Zu wenige Genehmigende',
      detail:
        'Die Stufe {stage} verlangt {quorum} Zustimmungen, es gibt dort aber nur {people} Personen. Die Richtlinie ist nicht gespeichert. Senken Sie die Zahl, oder nennen Sie mehr Personen.',
    },
    en: {
      title: 'Too few approvers',
      detail:
        'Stage {stage} asks for {quorum} approvals, but has only {people} people. The policy has not been saved. Lower the number, or name more people.',
    },
    check: '`GET /api/v1/admin/members` shows who holds which role.',
  },
} as const satisfies Record<string, RefusalEntry>;

/** Of a vCenter and of a mail server alike. */
const passwordNeeded = {
  status: 422,
  de: {
    title: 'Kennwort nötig',
    detail:
      'Das gespeicherte Kennwort gilt für den bisherigen Rechner, Anschluss und Benutzer. Es ist nichts gespeichert. Geben Sie für den neuen eines ein.',
  },
  en: {
    title: 'Password needed',
    detail:
      'The stored password is for the former host, port and user. Nothing has been saved. Enter one for the new ones.',
  },
  check: 'A stored password is never sent to a place that it was not entered for.',
} satisfies RefusalEntry;

const ofMachines = {
  'vcenter.away': {
    status: 503,
    de: {
      title: 'vCenter nicht erreichbar',
      detail:
        'vCenter ist seit {since} nicht erreichbar. Die VM ist unverändert. Versuchen Sie es wieder, sobald vCenter antwortet.',
    },
    en: {
      title: 'vCenter out of reach',
      detail: 'vCenter has been out of reach since {since}. The VM is unchanged. Try again once vCenter answers.',
    },
    check: '`POST /api/v1/admin/vcenters/{id}/test` says what is wrong.',
  },
  'vcenter.password-needed': passwordNeeded,
  'vcenter.in-use': {
    status: 409,
    de: {
      title: 'Ordner in Gebrauch',
      detail:
        'In diesem Ordner und Datacenter stehen VMs von DVMM oder werden gerade gebaut ({vms}). Es ist nichts gespeichert. Legen Sie für den neuen Ort eine weitere Verbindung an.',
    },
    en: {
      title: 'Folder in use',
      detail:
        'This folder and datacenter hold VMs of DVMM, or some are being built there ({vms}). Nothing has been saved. Enter a further connection for the new place.',
    },
    check: 'VMs are found by their folder; in another one they would count as missing.',
  },
  'vcenter.name-taken': {
    status: 409,
    de: {
      title: 'Name vergeben',
      detail:
        'Eine vCenter-Verbindung {name} gibt es schon. Es ist nichts gespeichert. Wählen Sie einen anderen Namen.',
    },
    en: {
      title: 'Name taken',
      detail: 'There already is a vCenter connection {name}. Nothing has been saved. Choose another name.',
    },
    check: '`GET /api/v1/admin/vcenters` lists them.',
  },
  'vcenter.host-not-allowed': {
    status: 422,
    de: {
      title: 'Rechner nicht zugelassen',
      detail:
        'Der Rechner {host} ist für vCenter nicht zugelassen, oder sein Name lässt sich nicht auflösen. Es ist nichts gespeichert. Prüfen Sie den Namen; zulassen kann ihn der Plattformbetrieb.',
    },
    en: {
      title: 'Host not allowed',
      detail:
        'Host {host} is not allowed for vCenter, or its name cannot be resolved. Nothing has been saved. Check the name; your platform administration can allow it.',
    },
    check: "The operator's allow list of hosts and networks of the provisioning service.",
  },
  'vcenter.certificate-unreadable': {
    status: 422,
    de: {
      title: 'Zertifikat nicht lesbar',
      detail:
        'Was zwischen BEGIN CERTIFICATE und END CERTIFICATE steht, ist kein Zertifikat. Es ist nichts gespeichert. Fügen Sie die PEM-Datei der Zertifizierungsstelle unverändert ein.',
    },
    en: {
      title: 'Certificate unreadable',
      detail:
        'What stands between BEGIN CERTIFICATE and END CERTIFICATE is no certificate. Nothing has been saved. Paste the PEM file of the certificate authority as it is.',
    },
    check: '`openssl x509 -noout -text` reads each certificate of the file.',
  },
  'template.missing-in-vcenter': {
    status: 422,
    de: {
      title: 'Vorlage fehlt in vCenter',
      detail:
        'In vCenter gibt es keine Vorlage {name}; gefunden: {found}. Es ist nichts gespeichert. Prüfen Sie den Namen.',
    },
    en: {
      title: 'Template missing in vCenter',
      detail: 'vCenter has no template {name}; found: {found}. Nothing has been saved. Check the name.',
    },
    check: 'The VM must be marked as a template and be visible to the account.',
  },
  'network.missing-in-vcenter': {
    status: 422,
    de: {
      title: 'Netz fehlt in vCenter',
      detail:
        'In vCenter gibt es kein Netz {name}; gefunden: {found}. Es ist nichts gespeichert. Prüfen Sie den Namen.',
    },
    en: {
      title: 'Network missing in vCenter',
      detail: 'vCenter has no network {name}; found: {found}. Nothing has been saved. Check the name.',
    },
    check: 'Port groups are named as in the vSphere Client.',
  },
  'network.pool-invalid': {
    status: 422,
    de: {
      title: 'Adressbereich ungültig',
      detail: 'Der Adressbereich geht so nicht: {why}. Es ist nichts gespeichert. Berichtigen Sie den Bereich.',
    },
    en: {
      title: 'Invalid address range',
      detail: 'The address range does not work: {why}. Nothing has been saved. Correct the range.',
    },
    check:
      '`first` to `last` must lie in one network with the gateway, without its first and last address. The gateway may lie between them; it is never given away.',
  },
  'network.pool-overlaps': {
    status: 409,
    de: {
      title: 'Adressbereich überschneidet sich',
      detail:
        'Ein anderes Netz derselben Portgruppe {name} vergibt schon Adressen aus diesem Bereich; zwei VMs könnten dieselbe bekommen. Es ist nichts gespeichert. Wählen Sie einen Bereich, der frei ist.',
    },
    en: {
      title: 'Address range overlaps',
      detail:
        'Another network of the same port group {name} already gives addresses of this range; two VMs could get the same one. Nothing has been saved. Choose a range that is free.',
    },
    check: '`GET /api/v1/networks` shows the ranges. Two connections to one vCenter and datacenter count as one.',
  },
  'vm.not-running': {
    status: 409,
    de: {
      title: 'VM gerade nicht schaltbar',
      detail:
        'So lässt sich die VM nicht schalten: {state}. Sie ist unverändert. Ihre Seite zeigt, wie es um sie steht.',
    },
    en: {
      title: 'VM cannot be switched now',
      detail: 'The VM cannot be switched as it is: {state}. It is unchanged. Its page shows how it stands.',
    },
    check: 'One change of a VM at a time.',
  },
  'vm.missing-in-vcenter': {
    status: 409,
    de: {
      title: 'VM fehlt in vCenter',
      detail:
        'vCenter hat diese VM nicht mehr, oder eine andere steht an ihrer Stelle. Es wurde nichts geändert. Sagen Sie es der Mandantenverwaltung, oder nehmen Sie die VM außer Betrieb.',
    },
    en: {
      title: 'VM is missing in vCenter',
      detail:
        'vCenter no longer has this VM, or another stands in its place. Nothing was changed. Tell your tenant administration, or decommission the VM.',
    },
    check: 'Look for the VM in the folder of the tenant; marker and instance UUID are compared before any change.',
  },
  'vm.not-switched': {
    status: 503,
    de: {
      title: 'vCenter hat nicht geschaltet',
      detail: '{reason} Die VM ist unverändert. Die Mandantenverwaltung kann die Verbindung zu vCenter prüfen.',
    },
    en: {
      title: 'vCenter did not switch it',
      detail: '{reason} The VM is unchanged. Your tenant administration can test the connection to vCenter.',
    },
    check: '`POST /api/v1/admin/vcenters/{id}/test` says what is wrong; the log has the fault of vSphere.',
  },
  'vm.name-does-not-match': {
    status: 422,
    de: {
      title: 'Name stimmt nicht überein',
      detail:
        'Der eingegebene Name ist nicht der Name der VM. Die VM ist unverändert. Geben Sie den Namen genau so ein, wie er dasteht.',
    },
    en: {
      title: 'Name does not match',
      detail: 'The name you typed is not the name of the VM. The VM is unchanged. Type the name exactly as shown.',
    },
    check: '`confirmName` must equal the name of the VM.',
  },
  'run.already-ended': {
    status: 409,
    de: {
      title: 'Bereitstellung schon beendet',
      detail:
        'An dieser Bereitstellung ist nichts mehr zu tun: {state}. In vCenter ist nichts von ihr offen, und nichts ist geändert. Laden Sie die Liste neu.',
    },
    en: {
      title: 'Provisioning already ended',
      detail:
        'Nothing is left to do about this provisioning: {state}. Nothing of it is open in vCenter, and nothing has changed. Load the list again.',
    },
    check: '`GET /api/v1/admin/runs` shows the state.',
  },
  'run.no-vm': {
    status: 409,
    de: {
      title: 'Noch keine VM',
      detail:
        'Für {name} gibt es in vCenter noch keine VM. Es ist nichts geändert. Versuchen Sie den Schritt erneut, oder geben Sie die Bereitstellung auf.',
    },
    en: {
      title: 'No VM yet',
      detail:
        'There is no VM in vCenter for {name} yet. Nothing has changed. Retry the step, or give the provisioning up.',
    },
    check: 'A VM is adopted only with the marker of its request.',
  },
} as const satisfies Record<string, RefusalEntry>;

const ofAdministration = {
  'branding.logo-unfit': {
    status: 422,
    de: {
      title: 'Logo passt nicht',
      detail:
        'Das ist kein unbewegtes PNG bis 100 kB und bis 2.000 × 1.000 Pixel. Farbe und Logo sind unverändert. Wählen Sie ein anderes Bild.',
    },
    en: {
      title: 'Logo does not fit',
      detail:
        'This is no still PNG of at most 100 kB and 2,000 × 1,000 pixels. Colour and logo are unchanged. Choose another image.',
    },
    check: 'The file is read by its content, not by its name; nothing may stand behind its last chunk.',
  },
  'member.last-administrator': {
    status: 409,
    de: {
      title: 'Letzte verwaltende Person',
      detail:
        'Ohne diese Person hätte der Mandant keine Verwaltung mehr. Die Rollen sind unverändert. Geben Sie zuerst einer anderen Person diese Rolle.',
    },
    en: {
      title: 'Last administrator',
      detail:
        'Without this person the tenant would have no administration. The roles are unchanged. Give the role to somebody else first.',
    },
    check: 'A tenant keeps at least one tenant administrator.',
  },
  'project.name-taken': {
    status: 409,
    de: {
      title: 'Name vergeben',
      detail: 'Ein Projekt {name} gibt es schon. Es ist nichts angelegt. Wählen Sie einen anderen Namen.',
    },
    en: {
      title: 'Name taken',
      detail: 'There already is a project {name}. Nothing has been created. Choose another name.',
    },
    check: '`GET /api/v1/projects` lists them.',
  },
  'tenant.slug-taken': {
    status: 409,
    de: {
      title: 'Kürzel vergeben',
      detail: 'Das Kürzel {slug} ist schon vergeben. Es ist nichts angelegt. Wählen Sie ein anderes Kürzel.',
    },
    en: {
      title: 'Short name taken',
      detail: 'The short name {slug} is taken. Nothing has been created. Choose another one.',
    },
    check: 'A slug is never used twice, not even after its tenant is gone.',
  },
  'tenant.name-does-not-match': {
    status: 422,
    de: {
      title: 'Name stimmt nicht überein',
      detail:
        'Der eingegebene Name ist nicht der Name des Mandanten. Es ist nichts gelöscht. Geben Sie den Namen genau so ein, wie er dasteht.',
    },
    en: {
      title: 'Name does not match',
      detail:
        'The name you typed is not the name of the tenant. Nothing has been removed. Type the name exactly as shown.',
    },
    check: '`confirmName` must equal the name of the tenant.',
  },
  'tenant.machines-under-way': {
    status: 409,
    de: {
      title: 'VMs in Arbeit',
      detail:
        'VMs dieses Mandanten, die gerade angelegt oder gelöscht werden: {underWay}. Es ist nichts gelöscht. Warten Sie, bis das beendet ist, oder sperren Sie den Mandanten, damit nichts Neues beginnt.',
    },
    en: {
      title: 'VMs under way',
      detail:
        'VMs of this tenant that are just being made or deleted: {underWay}. Nothing has been removed. Wait until that has ended, or suspend the tenant so that nothing new begins.',
    },
    check: '`GET /api/v1/admin/runs` of the tenant shows what is under way; a vCenter that is away holds it up.',
  },
  'smtp.host-not-allowed': {
    status: 422,
    de: {
      title: 'Rechner nicht zugelassen',
      detail:
        'Der Rechner {host} ist für Mail nicht zugelassen. Es ist nichts gespeichert. Der Plattformbetrieb kann ihn zulassen.',
    },
    en: {
      title: 'Host not allowed',
      detail: 'Host {host} is not allowed for mail. Nothing has been saved. Your platform administration can allow it.',
    },
    check:
      "The operator's allow list of hosts of the notification service; `none` as security needs to be allowed too.",
  },
  'smtp.password-needed': passwordNeeded,
  'smtp.not-set': {
    status: 404,
    de: {
      title: 'Mail nicht eingerichtet',
      detail:
        'Für diesen Mandanten ist kein Mailserver eingetragen. Mails warten so lange. Tragen Sie ihn unter Verwalten, Mail ein.',
    },
    en: {
      title: 'Mail not set up',
      detail: 'No mail server is entered for this tenant. Mails wait until then. Enter it under Manage, Mail.',
    },
    check: '`PUT /api/v1/admin/smtp`.',
  },
} as const satisfies Record<string, RefusalEntry>;

/** What may happen to any call, before or instead of an operation's own answer. */
const ofTheDoor = {
  'invalid-input': {
    status: 400,
    de: {
      title: 'Bitte prüfen Sie Ihre Angaben',
      detail:
        'Einige Angaben passen nicht; welche, steht unter errors. Es ist nichts geändert. Berichtigen Sie sie, und senden Sie noch einmal.',
    },
    en: {
      title: 'Please check your entries',
      detail: 'Some entries do not fit; errors says which. Nothing has changed. Correct them, then send again.',
    },
    check: '`errors[]` holds a JSON pointer and a message each; `/openapi.json` holds the schema.',
  },
  'not-json': {
    status: 415,
    de: {
      title: 'Kein JSON',
      detail:
        'Der Inhalt der Anfrage ist kein JSON-Objekt. Es ist nichts geändert. Senden Sie ein Objekt mit Content-Type application/json.',
    },
    en: {
      title: 'No JSON',
      detail:
        'The content of the call is no JSON object. Nothing has changed. Send an object with Content-Type application/json.',
    },
    check: 'The header `Content-Type`, and whether the body parses.',
  },
  'not-signed-in': {
    status: 401,
    de: {
      title: 'Nicht angemeldet',
      detail:
        'Sie sind nicht angemeldet, oder Ihre Sitzung ist beendet. Ihre Eingaben sind noch da. Melden Sie sich an, und senden Sie noch einmal.',
    },
    en: {
      title: 'Not signed in',
      detail:
        'You are not signed in, or your session has ended. Your entries are still here. Sign in, then send again.',
    },
    check:
      'Browsers: `/auth/login`; sessions end after 30 idle minutes. Machines: issuer, audience and expiry of the bearer token.',
  },
  'sign-in-failed': {
    status: 400,
    de: {
      title: 'Anmeldung nicht gelungen',
      detail: 'Die Anmeldung ist nicht zu Ende gekommen. Es ist nichts geändert. Beginnen Sie sie noch einmal.',
    },
    en: {
      title: 'Sign-in did not work',
      detail: 'The sign-in did not come to its end. Nothing has changed. Begin it again.',
    },
    check:
      'A sign-in is valid for ten minutes, once, in the browser that began it. The log has the reason under the correlation id.',
  },
  'membership.none': {
    status: 403,
    de: {
      title: 'Kein Mandant',
      detail:
        'Sie sind angemeldet, gehören aber zu keinem Mandanten. Bitten Sie Ihre Mandantenverwaltung um eine Einladung an diese Mailadresse.',
    },
    en: {
      title: 'No tenant',
      detail: 'You are signed in but belong to no tenant. Ask your tenant administration to invite this mail address.',
    },
    check: 'Invitations need a mail address that the identity provider calls verified; groups need a mapping.',
  },
  'not-allowed': {
    status: 403,
    de: {
      title: 'Nicht erlaubt',
      detail:
        'Ihre Rolle erlaubt das nicht. Es ist nichts geändert. Die Mandantenverwaltung kann Ihnen die Rolle geben.',
    },
    en: {
      title: 'Not allowed',
      detail: 'Your role does not allow this. Nothing has changed. Your tenant administration can give you the role.',
    },
    check:
      'The operation names its roles in `/openapi.json`; `GET /api/v1/me` shows yours. A change of roles counts after five seconds at most.',
  },
  csrf: {
    status: 403,
    de: {
      title: 'Anfrage von fremder Seite',
      detail:
        'Die Anfrage kam nicht erkennbar von dieser Anwendung. Es ist nichts geändert. Laden Sie die Seite neu, und senden Sie noch einmal.',
    },
    en: {
      title: 'Call from another site',
      detail:
        'The call did not visibly come from this application. Nothing has changed. Load the page again, then send again.',
    },
    check: 'With a session cookie every change needs the header `X-Requested-With: dvmm` and the own origin.',
  },
  'not-found': {
    status: 404,
    de: {
      title: 'Nicht gefunden',
      detail:
        'Das gibt es nicht, oder es ist nicht für Sie. Es ist nichts geändert. Prüfen Sie die Adresse, oder gehen Sie zurück zur Liste.',
    },
    en: {
      title: 'Not found',
      detail: 'This does not exist, or is not for you. Nothing has changed. Check the address, or go back to the list.',
    },
    check: "Absent and another tenant's things answer the same.",
  },
  'key-missing': {
    status: 400,
    de: {
      title: 'Idempotency-Key fehlt',
      detail:
        'Die Anfrage ändert etwas und braucht den Header Idempotency-Key mit 8 bis 200 Zeichen. Es ist nichts geändert. Senden Sie sie mit einem neuen Schlüssel, und bei jeder Wiederholung mit demselben.',
    },
    en: {
      title: 'Idempotency-Key missing',
      detail:
        'The call changes something and needs the header Idempotency-Key of 8 to 200 characters. Nothing has changed. Send it with a new key, and with the same key at every repeat.',
    },
    check: 'A random UUID for each thing wanted does; printable ASCII without spaces.',
  },
  'key-reused': {
    status: 422,
    de: {
      title: 'Schlüssel schon benutzt',
      detail:
        'Mit diesem Idempotency-Key kam schon eine andere Anfrage. Deren Ergebnis gilt, es ist nichts Neues geändert. Nehmen Sie für diese Anfrage einen neuen Schlüssel.',
    },
    en: {
      title: 'Key already used',
      detail:
        'Another call came with this Idempotency-Key before. Its result stands, nothing new has changed. Use a new key for this call.',
    },
    check: 'Same key and same input give the same answer; other input is refused.',
  },
  'backdating.not-allowed': {
    status: 403,
    de: {
      title: 'Rückdatieren nicht erlaubt',
      detail:
        'Diese Installation nimmt nichts an, was in der Vergangenheit spielen soll. Es ist nichts geändert. Senden Sie die Anfrage ohne den Header X-Backdated-Seconds.',
    },
    en: {
      title: 'Backdating not allowed',
      detail:
        'This installation takes nothing that is to play in the past. Nothing has changed. Send the call without the header X-Backdated-Seconds.',
    },
    check:
      'Only the local set-up sets `ALLOW_BACKDATING`, to tell its history; a gateway reached from elsewhere does not start with it.',
  },
  conflict: {
    status: 409,
    de: {
      title: 'Gleichzeitig geändert',
      detail:
        'Jemand anderes hat das im selben Augenblick geändert. Ihre Änderung ist nicht gespeichert. Laden Sie neu, und versuchen Sie es dann noch einmal.',
    },
    en: {
      title: 'Changed at the same time',
      detail:
        'Somebody else changed this at the same moment. Your change has not been saved. Load it again, then try once more.',
    },
    check: 'Several writers met on one thing three times in a row; a repeat is safe.',
  },
  'too-large': {
    status: 413,
    de: { title: 'Zu groß', detail: 'Die Anfrage ist größer als 256 KiB. Es ist nichts geändert. Kürzen Sie sie.' },
    en: { title: 'Too large', detail: 'The call is larger than 256 KiB. Nothing has changed. Shorten it.' },
    check: 'The limit holds for the whole body.',
  },
  'rate-limited': {
    status: 429,
    de: {
      title: 'Zu viele Anfragen',
      detail:
        'Das waren mehr als {limit} Anfragen in einer Minute. Es ist nichts verloren. In {seconds} s geht es weiter.',
    },
    en: {
      title: 'Too many calls',
      detail: 'That was more than {limit} calls in a minute. Nothing is lost. It goes on in {seconds} s.',
    },
    check:
      'Per person: 100 changes, previews and exports and 1,000 reads a minute. `RateLimit` tells what is left, `Retry-After` when to go on.',
  },
  'too-many-streams': {
    status: 429,
    de: {
      title: 'Zu viele offene Fenster',
      detail:
        'Mehr als {limit} Fenster hören schon auf Änderungen. Diese Seite zeigt weiter alles, nur nicht von selbst das Neueste. Schließen Sie einige Fenster.',
    },
    en: {
      title: 'Too many open windows',
      detail:
        'More than {limit} windows already listen for changes. This page still shows everything, only not the newest by itself. Close some windows.',
    },
    check: 'Streams of `/api/v1/live` are counted per person and replica.',
  },
  'service-away': {
    status: 503,
    de: {
      title: 'Dienst nicht erreichbar',
      detail:
        'Ein Teil der Anwendung antwortet gerade nicht. Es ist nichts geändert. Versuchen Sie es in einigen Sekunden erneut.',
    },
    en: {
      title: 'Service out of reach',
      detail: 'A part of the application does not answer right now. Nothing has changed. Try again in a few seconds.',
    },
    check: '`/health/ready` of the services and the connection to NATS.',
  },
  'outcome-unknown': {
    status: 504,
    de: {
      title: 'Ausgang unbekannt',
      detail:
        'Die Antwort kam nicht rechtzeitig; ob etwas geändert wurde, ist unbekannt. Senden Sie dieselbe Anfrage mit demselben Idempotency-Key noch einmal: Doppelt wird nichts angelegt.',
    },
    en: {
      title: 'Outcome unknown',
      detail:
        'The answer did not come in time; whether something changed is unknown. Send the same call with the same Idempotency-Key again: nothing is made twice.',
    },
    check: 'A call has ten seconds. The log of the service asked has the correlation id.',
  },
  'server-failed': {
    status: 500,
    de: {
      title: 'Das hat nicht geklappt',
      detail:
        'Der Fehler liegt bei uns. Ihre Eingaben sind noch da, doppelt angelegt wird nichts. Versuchen Sie es erneut, oder nennen Sie der Mandantenverwaltung die Kennung.',
    },
    en: {
      title: 'That did not work',
      detail:
        'The fault is ours. Your entries are still here, nothing is made twice. Try again, or give your tenant administration the reference.',
    },
    check: 'The log has the error under the correlation id.',
  },
} as const satisfies Record<string, RefusalEntry>;

/** The one catalogue of codes that people and programs may meet: type pages, problem documents and docs/errors.md come from it. */
export const refusals = { ...ofRequests, ...ofApprovals, ...ofMachines, ...ofAdministration, ...ofTheDoor };
export type RefusalCode = keyof typeof refusals;
/** Codes that no operation need list. */
export type DoorCode = keyof typeof ofTheDoor;

export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(refusals, code);
}

/** How values of a detail are said, by field. Fields that are not here are said as they are. */
export const detailWords: Readonly<
  Record<string, Readonly<Record<string, { readonly de: string; readonly en: string }>>>
> = {
  scope: { project: { de: 'des Projekts', en: 'of project' }, tenant: { de: 'des Mandanten', en: 'of the tenant' } },
  dimension: {
    vms: { de: 'VMs', en: 'VMs' },
    vcpus: { de: 'vCPU', en: 'vCPU' },
    memoryMiB: { de: 'MiB Speicher', en: 'MiB of memory' },
    diskGiB: { de: 'GiB Festplatte', en: 'GiB of disk' },
  },
  reason: Object.fromEntries(
    Object.entries(runReasons).map(([code, { de, en }]) => [code, { de: de.what, en: en.what }]),
  ),
  why: {
    'last-before-first': {
      de: 'die letzte Adresse liegt vor der ersten',
      en: 'the last address comes before the first',
    },
    'too-large': { de: 'er hat mehr als 65.536 Adressen', en: 'it has more than 65,536 addresses' },
    'two-subnets': {
      de: 'erste und letzte Adresse liegen in verschiedenen Subnetzen',
      en: 'first and last address lie in different subnets',
    },
    'gateway-elsewhere': {
      de: 'das Gateway liegt nicht im Subnetz der Adressen',
      en: 'the gateway does not lie in the subnet of the addresses',
    },
    'first-is-subnet': {
      de: 'die erste Adresse ist die des Subnetzes selbst',
      en: 'the first address is that of the subnet itself',
    },
    'last-is-broadcast': {
      de: 'die letzte Adresse ist die Broadcast-Adresse',
      en: 'the last address is the broadcast address',
    },
    'only-gateway': { de: 'er enthält nur das Gateway', en: 'it holds nothing but the gateway' },
  },
  outcome: {
    open: { de: 'offen', en: 'open' },
    granted: { de: 'genehmigt', en: 'approved' },
    rejected: { de: 'abgelehnt', en: 'rejected' },
    closed: { de: 'erledigt', en: 'closed' },
  },
  state: {
    submitted: { de: 'eingereicht', en: 'submitted' },
    approved: { de: 'genehmigt', en: 'approved' },
    provisioning: { de: 'in Bereitstellung', en: 'being provisioned' },
    cancelling: { de: 'im Rückzug', en: 'being withdrawn' },
    ready: { de: 'bereit', en: 'ready' },
    'created-not-customised': { de: 'erstellt, nicht angepasst', en: 'created, not customised' },
    failed: { de: 'fehlgeschlagen', en: 'failed' },
    rejected: { de: 'abgelehnt', en: 'rejected' },
    cancelled: { de: 'zurückgezogen', en: 'withdrawn' },
    expired: { de: 'verfallen', en: 'lapsed' },
    running: { de: 'gerade betrieben', en: 'running' },
    decommissioning: { de: 'gerade außer Betrieb genommen', en: 'being decommissioned' },
    decommissioned: { de: 'nicht mehr betrieben', en: 'decommissioned' },
    working: { de: 'in Arbeit', en: 'at work' },
    waiting: { de: 'wartend', en: 'waiting' },
    done: { de: 'fertig', en: 'done' },
    'not-customised': { de: 'erstellt, nicht angepasst', en: 'created, not customised' },
  },
};

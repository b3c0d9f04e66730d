import type { PolicyRules, QuotaAmounts, Role, SizeSpec } from '@dvmm/contracts';

/** A month in one tenant. Times are `<working days ago> <hh:mm>`, or `-<minutes>` before the telling begins. */
export interface Chronicle {
  readonly tenant: string;
  /** Enters what an administrator enters. */
  readonly administrator: string;
  readonly projects: readonly { name: string; lead: string; members: readonly string[]; limits: QuotaAmounts }[];
  readonly changes: readonly Change[];
  /**
   * A request a line: when | who | project | VM, size, environment and, where it is not Ubuntu, template | what became of it | why.
   * What became of it, in order: `granted <who> <after>`, `rejected <who> <after>: <reason>`, `withdrawn <after>`, `off
   * <when>`, `gone <when>`; `open` is decided by nobody: it waits, lapses, or a policy grants it. After: `35m`, `3h`, or
   * `2d` for working days.
   */
  readonly requests: string;
}

/** What else an administrator did. What is asked for later meets it. */
export type Change = { readonly at: string } & (
  | { readonly policy: Omit<PolicyRules, 'projectId'>; readonly project?: string }
  /** Without a project: of the tenant. */
  | { readonly limits: QuotaAmounts; readonly project?: string }
  | { readonly size: SizeSpec }
  | { readonly person: string; readonly roles: readonly Role[] }
);

const terabytes = (number: number) => number * 1024;
const limits = (vms: number) => ({ vms, vcpus: vms * 6, memoryMiB: vms * 12 * 1024, diskGiB: vms * 150 });
const approval = { name: 'Genehmigung', approvers: [{ role: 'approver' as const, of: 'tenant' as const }], quorum: 1 };

/** Smaller disks than a new tenant's: the simulated vCenter has ten terabytes, and counts a clone's disk twice. */
const sizes = [
  { key: 'S', vcpus: 2, memoryMiB: 4 * 1024, diskGiB: 10, monthlyCostCents: 1_900 },
  { key: 'M', vcpus: 4, memoryMiB: 8 * 1024, diskGiB: 20, monthlyCostCents: 3_900 },
  { key: 'L', vcpus: 8, memoryMiB: 16 * 1024, diskGiB: 40, monthlyCostCents: 7_800 },
  { key: 'XL', vcpus: 16, memoryMiB: 32 * 1024, diskGiB: 80, monthlyCostCents: 15_500 },
].map((size) => ({ at: '22 08:25', size: { ...size, currency: 'EUR' } }));
/** More than the datastore of the simulated vCenter has: what is asked for in this size fails there. */
const archive = {
  key: 'Archiv',
  vcpus: 4,
  memoryMiB: 16 * 1024,
  diskGiB: terabytes(48),
  monthlyCostCents: 61_400,
  currency: 'EUR',
};

export const chronicles: readonly Chronicle[] = [
  {
    tenant: 'nordwind',
    administrator: 'jonas',
    projects: [
      { name: 'Lagerverwaltung', lead: 'johanna', members: ['murat', 'tobias'], limits: limits(20) },
      { name: 'Sendungsverfolgung', lead: 'murat', members: ['erika', 'johanna'], limits: limits(24) },
      { name: 'Data Platform', lead: 'sarah', members: ['murat', 'tobias'], limits: limits(16) },
    ],
    changes: [
      ...sizes,
      {
        at: '19 08:40',
        policy: {
          name: 'Standard',
          automaticWhen: { sizes: ['S'], environments: ['development', 'test'] },
          stages: [approval],
          expiresAfterDays: 7,
        },
      },
      { at: '16 16:05', person: 'tobias', roles: ['user', 'approver'] },
      { at: '12 14:30', project: 'Sendungsverfolgung', limits: limits(32) },
      { at: '8 08:50', limits: { ...limits(100), diskGiB: terabytes(80) } },
      { at: '8 09:00', project: 'Data Platform', limits: { ...limits(24), diskGiB: terabytes(60) } },
      { at: '8 09:10', size: archive },
    ],
    requests: `
22 09:12 | erika | Webshop | nw-shop-web-01 M production | granted ayse 35m | Erster Knoten des neuen Webshops.
22 09:20 | erika | Webshop | nw-shop-web-02 M production | granted ayse 28m | Zweiter Knoten, damit ein Ausfall niemanden trifft.
22 10:41 | erika | Webshop | nw-shop-db-01 L production | granted ayse 1d | Datenbank des Webshops, Zielgröße laut Lasttest.
21 08:55 | johanna | Lagerverwaltung | nw-wms-app-01 M production | granted ayse 2h | Neue Lagerverwaltung, Standort Bremen.
21 09:02 | johanna | Lagerverwaltung | nw-wms-db-xl XL production | rejected ayse 4h: XL erst nach dem Lasttest. Bitte mit L beginnen. | Datenbank der Lagerverwaltung.
21 13:30 | murat | Sendungsverfolgung | nw-track-api-01 M production | granted ayse 50m | Schnittstelle für die Sendungsverfolgung der Kunden.
21 14:12 | sarah | Data Platform | nw-data-airflow-01 M development | granted ayse 3h; gone 9 16:10 | Evaluating Airflow for the nightly loads.
20 09:45 | johanna | Lagerverwaltung | nw-wms-db-01 L production | granted ayse 20m | Wie besprochen mit L statt XL.
20 10:18 | murat | Sendungsverfolgung | nw-track-dev-01 S development | open | Entwicklung der neuen Kartenansicht.
20 11:05 | sarah | Data Platform | nw-data-nb-01 L development | rejected ayse 2d: Please share the notebook server of the BI team first. | Notebook server for two analysts.
20 15:33 | erika | Webshop | nw-shop-cache-01 S production | granted ayse 5h | Zwischenspeicher für Produktbilder.
19 09:14 | erika | Webshop | nw-shop-test-01 S test | open | Abnahme des neuen Bezahlwegs.
19 10:50 | murat | Sendungsverfolgung | nw-track-kafka-01 M production | granted ayse 1h | Ereignisse der Scanner, bisher auf dem Altserver.
19 11:02 | murat | Sendungsverfolgung | nw-track-kafka-02 M production | granted ayse 1h | Zweiter Broker.
19 11:10 | murat | Sendungsverfolgung | nw-track-kafka-03 M production | granted ayse 1h | Dritter Broker, damit die Mehrheit stimmt.
18 08:31 | johanna | Lagerverwaltung | nw-wms-print-01 M production docker | granted ayse 45m | Druckserver für Etiketten, der Hersteller liefert ihn als Container.
18 09:20 | sarah | Data Platform | nw-data-dwh-01 L production | granted ayse 1d | Warehouse node, agreed with finance on the 3rd.
18 13:48 | tobias | Lagerverwaltung | nw-wms-sim-01 M test | withdrawn 90m | Simulation der Fördertechnik.
17 09:05 | erika | Webshop | nw-shop-search-01 M production | granted ayse 3h | Suche mit eigener Maschine, die Datenbank wird sonst zu langsam.
17 10:37 | murat | Sendungsverfolgung | nw-track-api-02 M production | granted ayse 25m | Zweiter Knoten vor der Freigabe für Großkunden.
17 15:20 | johanna | Lagerverwaltung | nw-wms-test-01 S test | open; off 6 18:00 | Schulungen der Schichtleiter.
16 09:40 | tobias | Data Platform | nw-data-etl-01 M production | granted ayse 2d | Nachtverarbeitung der Frachtdaten.
16 11:11 | erika | Webshop | nw-shop-legacy-01 M test | open | Nachbau des alten Shops für den Datenumzug.
16 14:02 | sarah | Data Platform | nw-data-dev-01 S development | open; gone 5 11:25 | Scratch machine for the schema migration.
15 09:30 | erika | Webshop | nw-shop-web-03 M production | granted tobias 40m | Dritter Knoten vor dem Weihnachtsgeschäft.
15 11:47 | murat | Sendungsverfolgung | nw-track-geo-01 M production | granted ayse 3h | Kartendienst, ersetzt den bezahlten Anbieter.
14 08:52 | johanna | Lagerverwaltung | nw-wms-app-02 M production | granted tobias 15m | Zweiter Knoten, Standort Bremen.
14 10:26 | tobias | Lagerverwaltung | nw-wms-mqtt-01 S production | granted ayse 1h | Vermittler für die Waagen und Scanner.
14 13:15 | sarah | Data Platform | nw-data-gpu-01 XL test | rejected tobias 1d: No budget for XL this quarter. M would be fine for the trial. | Trial of the demand forecast.
13 09:08 | erika | Webshop | nw-shop-mail-01 S production | granted ayse 2h | Versand der Bestellbestätigungen.
13 10:55 | murat | Sendungsverfolgung | nw-track-dev-02 S development | open; off 4 17:40 | Zweite Umgebung für die Karten.
13 14:40 | johanna | Lagerverwaltung | nw-wms-archiv-01 M production | open | Altbestand der Lieferscheine, zehn Jahre Aufbewahrung.
12 09:17 | sarah | Data Platform | nw-data-fc-01 M test | granted tobias 30m; off 3 19:05 | Trial of the demand forecast, with M as agreed.
12 11:33 | erika | Webshop | nw-shop-load-01 L test | granted ayse 2h; gone 8 09:15 | Lasttest, wird nach einer Woche gelöscht.
12 15:01 | murat | Sendungsverfolgung | nw-track-db-01 L production | granted ayse 1d | Datenbank, jetzt mit größerem Kontingent.
11 08:47 | tobias | Lagerverwaltung | nw-wms-dev-01 S development | open | Anbindung des neuen Staplerleitsystems.
11 10:09 | johanna | Lagerverwaltung | nw-wms-app-03 M production | granted ayse 6h | Standort Kassel.
11 13:50 | erika | Webshop | nw-shop-img-01 M production | rejected ayse 5h: Bitte den vorhandenen Bilddienst nutzen, er hat noch Platz. | Bilder in mehreren Größen.
10 09:25 | murat | Sendungsverfolgung | nw-track-db-02 L production | granted tobias 20m | Zweite Datenbank zum Umschalten.
10 11:42 | sarah | Data Platform | nw-data-dash-01 M production | granted ayse 45m | Dashboards for the branch managers.
9 08:58 | erika | Webshop | nw-shop-web-04 M production | granted ayse 12m | Vierter Knoten für den Aktionstag.
9 10:30 | tobias | Lagerverwaltung | nw-wms-test-02 S test | open | Abnahme des Staplerleitsystems.
9 14:22 | murat | Sendungsverfolgung | nw-track-sms-01 S production | granted tobias 3h | Benachrichtigung der Empfänger.
8 09:34 | sarah | Data Platform | nw-data-tape-01 Archiv production | granted ayse 1h | Replaces the tape library, see the board paper of October.
8 11:08 | johanna | Lagerverwaltung | nw-wms-bi-01 M production | withdrawn 1d | Auswertungen der Schichten.
7 09:10 | erika | Webshop | nw-shop-dev-01 S development | open | Neuer Warenkorb.
7 10:44 | murat | Sendungsverfolgung | nw-track-web-01 M production | granted ayse 2h | Öffentliche Seite der Sendungsverfolgung.
7 13:27 | tobias | Data Platform | nw-data-ml-01 L test | rejected ayse 3h: Erst nach dem Ergebnis von nw-data-fc-01. | Zweiter Versuch mit mehr Daten.
6 08:40 | johanna | Lagerverwaltung | nw-wms-gate-01 S production | granted tobias 35m | Torsteuerung Kassel.
6 12:15 | sarah | Data Platform | nw-data-dwh-02 M production | granted ayse 1d | Second warehouse node, loads take too long.
5 09:03 | erika | Webshop | nw-shop-test-02 S test | open | Abnahme des neuen Warenkorbs.
5 10:21 | murat | Sendungsverfolgung | nw-track-web-02 M production | granted ayse 50m | Zweiter Knoten der öffentlichen Seite.
5 14:33 | tobias | Lagerverwaltung | nw-wms-scan-01 M production docker | granted ayse 4h | Übersetzer der neuen Scanner, läuft als Container.
4 09:48 | erika | Webshop | nw-shop-db-02 L production | open | Zweite Datenbank, damit Wartung ohne Ausfall geht.
4 11:30 | johanna | Lagerverwaltung | nw-wms-edi-01 M production | granted tobias 1h | Austausch mit dem Großhandel.
3 09:15 | sarah | Data Platform | nw-data-api-01 M production | open | Read-only API for the controlling department.
3 10:02 | murat | Sendungsverfolgung | nw-track-push-01 S production | granted ayse 25m | Benachrichtigungen der App.
2 08:50 | erika | Webshop | nw-shop-web-05 M production | granted ayse 18m | Fünfter Knoten für den Aktionstag.
2 13:05 | tobias | Lagerverwaltung | nw-wms-voice-01 M test | open | Sprachgeführte Kommissionierung, Versuch mit zwei Schichten.
1 09:22 | murat | Sendungsverfolgung | nw-track-edge-01 S production | open | Vorverarbeitung der Scannerdaten in Kassel.
1 11:16 | johanna | Lagerverwaltung | nw-wms-dev-02 S development | open | Neue Inventurmaske.
-190 | sarah | Data Platform | nw-data-dev-02 L development | open | Larger scratch machine for the year-end close.
-45 | erika | Webshop | nw-shop-pay-01 M production | open | Bezahldienst getrennt vom Webshop, Auflage der Prüfer.
-9 | murat | Sendungsverfolgung | nw-track-geo-02 M production | open | Zweiter Knoten des Kartendienstes.
`,
  },
  {
    tenant: 'suedstern',
    administrator: 'lukas',
    projects: [
      { name: 'Managed Kubernetes', lead: 'franziska', members: ['liam', 'goekhan'], limits: limits(30) },
      { name: 'Abrechnung', lead: 'goekhan', members: ['franziska', 'bjoern'], limits: limits(16) },
      { name: 'Backup Services', lead: 'liam', members: ['paul', 'bjoern'], limits: limits(16) },
    ],
    changes: [
      ...sizes,
      {
        at: '20 09:00',
        policy: {
          name: 'Standard',
          automaticWhen: { sizes: ['S'], environments: ['development'] },
          stages: [approval],
          expiresAfterDays: 7,
        },
      },
      {
        at: '18 11:20',
        project: 'Managed Kubernetes',
        policy: {
          name: 'Kundencluster',
          automaticWhen: null,
          stages: [
            { name: 'Technik', approvers: [{ role: 'lead', of: 'project' }], quorum: 1 },
            { ...approval, name: 'Freigabe' },
          ],
          expiresAfterDays: 7,
        },
      },
      { at: '14 09:10', person: 'bjoern', roles: ['user', 'approver'] },
      { at: '10 15:45', project: 'Managed Kubernetes', limits: limits(40) },
      { at: '7 08:25', limits: { ...limits(100), diskGiB: terabytes(80) } },
      { at: '7 08:30', project: 'Backup Services', limits: { ...limits(20), diskGiB: terabytes(60) } },
      { at: '7 08:40', size: archive },
    ],
    requests: `
22 08:50 | paul | Kundenportal | sst-portal-web-01 M production | granted mira 20m | First node of the new customer portal.
22 08:56 | paul | Kundenportal | sst-portal-web-02 M production | granted mira 22m | Second node, so that we can update one at a time.
22 10:15 | paul | Kundenportal | sst-portal-db-01 L production | granted mira 3h | Database of the portal.
22 14:30 | goekhan | Abrechnung | sst-bill-app-01 M production | granted mira 1d | Neue Abrechnung, Parallelbetrieb bis Jahresende.
21 09:08 | franziska | Managed Kubernetes | sst-k8s-cp-01 M production | granted mira 45m | Steuerungsebene des ersten Kundenclusters.
21 09:12 | franziska | Managed Kubernetes | sst-k8s-cp-02 M production | granted mira 45m | Steuerungsebene, zweiter Knoten.
21 09:15 | franziska | Managed Kubernetes | sst-k8s-cp-03 M production | granted mira 46m | Steuerungsebene, dritter Knoten.
21 13:40 | liam | Backup Services | sst-bkp-hofmann-01 L production | rejected mira 3h: Please name the customer and the retention first. | Repository for a new customer.
20 09:50 | liam | Backup Services | sst-bkp-repo-01 M production | granted mira 30m | Repository for Hofmann Logistik, 90 days of retention.
20 11:24 | paul | Kundenportal | sst-portal-dev-01 S development | open; gone 11 15:30 | Trying out the new login page.
20 15:12 | goekhan | Abrechnung | sst-bill-db-01 L production | granted mira 5h | Datenbank der Abrechnung.
19 09:33 | franziska | Managed Kubernetes | sst-k8s-node-01 M production | granted mira 1h | Erster Arbeitsknoten, Kunde Hofmann Logistik.
19 09:35 | franziska | Managed Kubernetes | sst-k8s-node-02 M production | granted mira 1h | Zweiter Arbeitsknoten.
19 14:07 | paul | Kundenportal | sst-portal-search-01 M test | withdrawn 4h | Search over the knowledge base.
18 08:45 | goekhan | Abrechnung | sst-bill-fibu-01 M production docker | granted mira 1h | Fachprogramm der Buchhaltung, kommt als Container.
18 10:20 | liam | Backup Services | sst-bkp-proxy-01 M production | granted mira 2d | Proxy next to the storage, restores are too slow.
17 09:02 | liam | Managed Kubernetes | sst-k8s-node-03 M production | granted franziska 1h; granted mira 3h | Third worker, the customer starts on Monday.
17 10:48 | goekhan | Abrechnung | sst-bill-test-01 S test | granted mira 15m; off 5 18:20 | Abnahme der neuen Mahnläufe.
17 14:19 | paul | Kundenportal | sst-portal-test-01 M test | granted mira 6h | Acceptance tests with two pilot customers.
16 09:27 | liam | Managed Kubernetes | sst-k8s-lb-01 S production | granted franziska 30m; granted mira 2h | Load balancer in front of the ingress.
16 11:39 | bjoern | Abrechnung | sst-bill-mail-01 S production | granted mira 1h | Versand der Rechnungen, getrennt vom Portal.
16 15:04 | paul | Kundenportal | sst-portal-legacy-01 M production | open | Keeps the old portal readable for support.
15 08:38 | goekhan | Managed Kubernetes | sst-k8s-log-01 M production | granted franziska 2h; rejected mira 1d: Protokolle bitte im gemeinsamen Dienst ablegen. | Protokolle der Kundencluster.
15 10:10 | liam | Backup Services | sst-bkp-dev-01 S development | open | Testing the restore API.
15 13:32 | franziska | Abrechnung | sst-bill-dwh-01 L production | granted mira 1d | Auswertungen für die Geschäftsführung.
14 09:41 | paul | Kundenportal | sst-portal-web-03 M production | granted bjoern 25m | Third node before the price change letter goes out.
14 11:28 | liam | Managed Kubernetes | sst-k8s-node-04 M production | granted franziska 40m; granted mira 4h | Fourth worker.
14 14:50 | goekhan | Abrechnung | sst-bill-sepa-01 M production | granted bjoern 3h | Lastschriften, getrennt von der übrigen Abrechnung.
13 09:19 | bjoern | Backup Services | sst-bkp-repo-02 M production | granted mira 50m | Zweites Repository, Brandabschnitt B.
13 10:33 | paul | Kundenportal | sst-portal-chat-01 M test | rejected bjoern 2h: Not before the data protection review has ended. | Chat with support, trial.
13 15:21 | franziska | Managed Kubernetes | sst-k8s-reg-01 M production | open | Eigene Registry für Kunden ohne Internet.
12 08:54 | liam | Backup Services | sst-bkp-test-01 M test | granted mira 35m; gone 6 10:45 | Restore drill of the quarter.
12 10:37 | goekhan | Abrechnung | sst-bill-dev-01 S development | open; off 3 17:55 | Umstellung auf E-Rechnung.
12 13:46 | paul | Kundenportal | sst-portal-api-01 M production | granted bjoern 1h | API for resellers.
11 09:30 | liam | Managed Kubernetes | sst-k8s-mon-01 M production | granted franziska 1h; granted bjoern 5h | Monitoring of all customer clusters.
11 11:15 | bjoern | Abrechnung | sst-bill-arch-01 M production | rejected mira 1d: Das Archiv der Gruppe hat noch Platz. | Archiv der Rechnungen.
10 09:06 | goekhan | Managed Kubernetes | sst-k8s-node-05 M production | granted franziska 20m; granted mira 1h | Fünfter Arbeitsknoten, Kunde Alpenmilch.
10 10:58 | paul | Kundenportal | sst-portal-dev-02 S development | open | Self-service for DNS records.
10 14:25 | liam | Backup Services | sst-bkp-repo-03 M production | granted mira 2h | Repository for Alpenmilch.
9 08:48 | franziska | Abrechnung | sst-bill-app-02 M production | granted bjoern 30m | Zweiter Knoten vor dem Jahreswechsel.
9 11:52 | paul | Kundenportal | sst-portal-cache-01 S production | granted mira 45m | Status page must stay up when the database does not.
9 15:37 | liam | Managed Kubernetes | sst-k8s-gpu-01 XL test | granted franziska 1h; rejected mira 2h: No customer has asked for it yet. | GPU-less dry run of the AI offer.
8 09:24 | goekhan | Managed Kubernetes | sst-k8s-node-06 M production | granted franziska 2h; granted bjoern 3h | Sechster Arbeitsknoten, Kunde Alpenmilch.
8 13:10 | bjoern | Backup Services | sst-bkp-mon-01 S production | granted mira 1h | Überwachung der Sicherungen.
7 09:00 | liam | Backup Services | sst-bkp-cold-01 Archiv production | granted mira 2h | Cold storage for customers with ten years of retention.
7 10:42 | paul | Kundenportal | sst-portal-test-02 S test | withdrawn 30m | Ordered twice by mistake.
7 14:16 | franziska | Abrechnung | sst-bill-test-02 M test | granted mira 1d; off 2 20:05 | Probelauf des Jahresabschlusses.
6 09:13 | goekhan | Abrechnung | sst-bill-gw-01 S production | granted bjoern 40m | Anbindung der Bank.
6 11:05 | paul | Kundenportal | sst-portal-api-02 M production | granted mira 25m | Second node of the reseller API.
5 08:36 | liam | Managed Kubernetes | sst-k8s-node-07 M production | granted franziska 1h; granted mira 6h | Seventh worker, Hofmann Logistik grows.
5 13:29 | bjoern | Abrechnung | sst-bill-scan-01 M production docker | granted mira 2h | Belegerfassung, der Hersteller liefert sie als Container.
4 09:55 | franziska | Managed Kubernetes | sst-k8s-vault-01 M production | open | Geheimnisse der Kundencluster.
4 14:41 | paul | Kundenportal | sst-portal-dev-03 S development | open | New design of the invoice page.
3 09:37 | goekhan | Abrechnung | sst-bill-app-03 M production | granted mira 20m | Dritter Knoten vor dem Jahreswechsel.
3 11:20 | liam | Managed Kubernetes | sst-k8s-node-08 M production | granted franziska 2h; open | Eighth worker, waits for the customer's signature.
2 10:08 | paul | Kundenportal | sst-portal-web-04 M production | granted bjoern 15m | Fourth node before the price change.
2 13:44 | bjoern | Backup Services | sst-bkp-proxy-02 M production | open | Zweiter Proxy, Brandabschnitt B.
1 09:31 | franziska | Abrechnung | sst-bill-audit-01 M test | open | Prüfer brauchen eine Kopie der Abrechnung zum Lesen.
1 15:02 | liam | Backup Services | sst-bkp-repo-04 M production | open | Repository for a customer who signs this week.
-150 | goekhan | Abrechnung | sst-bill-edi-01 M production | open | E-Rechnungen an Behörden.
-38 | paul | Kundenportal | sst-portal-status-01 S production | open | Status page outside of the portal.
-7 | franziska | Managed Kubernetes | sst-k8s-node-09 M production | open | Neunter Arbeitsknoten, Kunde Alpenmilch.
`,
  },
];

/** What happened, as one sentence, and what a person can do about it. */
interface ReasonWords {
  readonly what: string;
  readonly todo: string;
}

const byItself = {
  de: 'Sie müssen nichts tun; es geht von selbst weiter.',
  en: 'You need do nothing; it goes on by itself.',
};
const administrators = {
  de: 'Die Mandantenverwaltung kann das beheben; danach geht es von selbst weiter.',
  en: 'Your tenant administration can mend this; then it goes on by itself.',
};
const askAgain = {
  de: 'Die Mandantenverwaltung kann das beheben. Beantragen Sie die VM danach erneut.',
  en: 'Your tenant administration can mend this. Ask for the VM again afterwards.',
};

/**
 * Why a run waits, failed, or ended without what was promised: every code that events carry as `reason`, in words for
 * people. Plain data without an import, so that a page can load it alone.
 */
export const runReasons = {
  queue: {
    de: { what: 'vCenter klont gerade so viele VMs, wie es darf.', todo: byItself.de },
    en: { what: 'vCenter is cloning as many VMs as it may.', todo: byItself.en },
  },
  'vcenter-away': {
    de: { what: 'vCenter ist nicht erreichbar.', todo: byItself.de },
    en: { what: 'vCenter is out of reach.', todo: byItself.en },
  },
  'vcenter-login-refused': {
    de: { what: 'vCenter lehnt die Anmeldung von DVMM ab.', todo: administrators.de },
    en: { what: 'vCenter refuses the login of DVMM.', todo: administrators.en },
  },
  'vcenter-certificate': {
    de: { what: 'Dem Zertifikat von vCenter wird nicht vertraut.', todo: administrators.de },
    en: { what: 'The certificate of vCenter is not trusted.', todo: administrators.en },
  },
  'vcenter-host-not-allowed': {
    de: { what: 'Der Betrieb lässt keine Verbindung zu diesem vCenter zu.', todo: administrators.de },
    en: { what: 'The operators allow no connection to this vCenter.', todo: administrators.en },
  },
  'vcenter-fault': {
    de: { what: 'vCenter hat einen Schritt nicht ausgeführt.', todo: askAgain.de },
    en: { what: 'vCenter did not carry out a step.', todo: askAgain.en },
  },
  'nobody-may-decide': {
    de: { what: 'Niemand darf über den Antrag entscheiden.', todo: administrators.de },
    en: { what: 'Nobody may decide on the request.', todo: administrators.en },
  },
  'name-unclear': {
    de: {
      what: 'In vCenter steht schon eine VM dieses Namens, deren Herkunft noch nicht klar ist.',
      todo: 'DVMM wartet, ob es die eigene ist. Bleibt es dabei, kann die Mandantenverwaltung sie umbenennen.',
    },
    en: {
      what: 'vCenter holds a VM of this name already, and whose it is is not clear yet.',
      todo: 'DVMM waits whether it is its own. If not, your tenant administration can rename it.',
    },
  },
  'name-taken': {
    de: {
      what: 'In vCenter steht schon eine fremde VM dieses Namens.',
      todo: 'Beantragen Sie die VM unter einem anderen Namen.',
    },
    en: { what: 'vCenter holds a VM of this name that is not ours.', todo: 'Ask for the VM under another name.' },
  },
  'template-missing': {
    de: { what: 'Die Vorlage fehlt in vCenter.', todo: askAgain.de },
    en: { what: 'The template is missing in vCenter.', todo: askAgain.en },
  },
  'network-missing': {
    de: { what: 'Das Netz fehlt in vCenter.', todo: askAgain.de },
    en: { what: 'The network is missing in vCenter.', todo: askAgain.en },
  },
  'datacenter-missing': {
    de: { what: 'Das eingetragene Rechenzentrum fehlt in vCenter.', todo: askAgain.de },
    en: { what: 'The datacenter of the connection is missing in vCenter.', todo: askAgain.en },
  },
  'folder-missing': {
    de: { what: 'Der Ordner für die VMs fehlt in vCenter.', todo: askAgain.de },
    en: { what: 'The folder for the VMs is missing in vCenter.', todo: askAgain.en },
  },
  'resource-pool-missing': {
    de: { what: 'Der eingetragene Ressourcenpool fehlt in vCenter.', todo: askAgain.de },
    en: { what: 'The resource pool of the connection is missing in vCenter.', todo: askAgain.en },
  },
  'datastore-missing': {
    de: { what: 'Der eingetragene Datenspeicher fehlt in vCenter.', todo: askAgain.de },
    en: { what: 'The datastore of the connection is missing in vCenter.', todo: askAgain.en },
  },
  'vm-missing': {
    de: { what: 'Die VM ist in vCenter nicht mehr da.', todo: askAgain.de },
    en: { what: 'The VM is no longer in vCenter.', todo: askAgain.en },
  },
  'task-missing': {
    de: { what: 'vCenter hat einen laufenden Vorgang vergessen.', todo: byItself.de },
    en: { what: 'vCenter has forgotten a task that was running.', todo: byItself.en },
  },
  'object-missing': {
    de: { what: 'Etwas, das gebraucht wird, fehlt in vCenter.', todo: askAgain.de },
    en: { what: 'Something that is needed is missing in vCenter.', todo: askAgain.en },
  },
  'vm-vanished': {
    de: { what: 'Die VM wurde während der Bereitstellung außerhalb von DVMM gelöscht.', todo: askAgain.de },
    en: { what: 'The VM was deleted outside DVMM while it was being made.', todo: askAgain.en },
  },
  'clone-vanished': {
    de: { what: 'Der Klon ist in vCenter nicht zu finden.', todo: askAgain.de },
    en: { what: 'The clone is not to be found in vCenter.', todo: askAgain.en },
  },
  'not-our-vm': {
    de: { what: 'Die VM in vCenter ist nicht die von DVMM; sie blieb unberührt.', todo: askAgain.de },
    en: { what: 'The VM in vCenter is not the one of DVMM; it was left alone.', todo: askAgain.en },
  },
  'not-permitted': {
    de: { what: 'Dem vCenter-Konto von DVMM fehlt ein Recht.', todo: askAgain.de },
    en: { what: 'The vCenter account of DVMM lacks a privilege.', todo: askAgain.en },
  },
  'no-resources': {
    de: { what: 'Kein Host in vCenter hat genug freie Leistung.', todo: askAgain.de },
    en: { what: 'No host in vCenter has enough room.', todo: askAgain.en },
  },
  'datastore-full': {
    de: { what: 'Der Datenspeicher in vCenter hat zu wenig Platz.', todo: askAgain.de },
    en: { what: 'The datastore in vCenter has too little room.', todo: askAgain.en },
  },
  'placement-wrong': {
    de: { what: 'Ordner, Datenspeicher und Rechenzentrum der Verbindung passen nicht zusammen.', todo: askAgain.de },
    en: { what: 'Folder, datastore and datacenter of the connection do not fit together.', todo: askAgain.en },
  },
  'guest-cannot-be-customised': {
    de: {
      what: 'Das Betriebssystem der Vorlage lässt sich nicht anpassen.',
      todo: 'Wählen Sie eine andere Vorlage, oder bitten Sie die Mandantenverwaltung, diese zu berichtigen.',
    },
    en: {
      what: 'The operating system of the template cannot be customised.',
      todo: 'Choose another template, or ask your tenant administration to mend this one.',
    },
  },
  'no-licence': {
    de: { what: 'vCenter fehlt eine Lizenz.', todo: askAgain.de },
    en: { what: 'vCenter lacks a licence.', todo: askAgain.en },
  },
  'stopped-in-vcenter': {
    de: { what: 'Der Vorgang wurde in vCenter abgebrochen.', todo: askAgain.de },
    en: { what: 'The task was cancelled in vCenter.', todo: askAgain.en },
  },
  'guest-does-not-listen': {
    de: {
      what: 'In der VM laufen keine VMware Tools; ohne sie kann niemand das Betriebssystem bitten herunterzufahren.',
      todo: 'Warten Sie, wenn es gerade herunterfährt. Sonst melden Sie sich an und fahren es dort herunter, oder schalten Sie die VM aus.',
    },
    en: {
      what: 'No VMware Tools run in the VM; without them nobody can ask its operating system to shut down.',
      todo: 'Wait if it is shutting down already. Else log in and shut it down there, or switch the VM off.',
    },
  },
  'wrong-power-state': {
    de: { what: 'Der Betriebszustand der VM ließ den Schritt nicht zu.', todo: askAgain.de },
    en: { what: 'The power state of the VM did not allow the step.', todo: askAgain.en },
  },
  'storage-fault': {
    de: { what: 'Der Datenspeicher in vCenter meldet einen Fehler.', todo: askAgain.de },
    en: { what: 'The datastore in vCenter reports a fault.', todo: askAgain.en },
  },
  'hold-missing': {
    de: { what: 'Name oder Adresse waren nicht mehr reserviert.', todo: 'Beantragen Sie die VM erneut.' },
    en: { what: 'Name or address were no longer held.', todo: 'Ask for the VM again.' },
  },
  'removal-failed': {
    de: {
      what: 'Begonnenes ließ sich in vCenter nicht entfernen.',
      todo: 'Die Mandantenverwaltung kann es erneut versuchen oder selbst entfernen.',
    },
    en: {
      what: 'What was begun could not be removed from vCenter.',
      todo: 'Your tenant administration can try again or remove it itself.',
    },
  },
  'given-up': {
    de: {
      what: 'Die Mandantenverwaltung hat die Bereitstellung beendet.',
      todo: 'Fragen Sie dort nach dem Grund, und beantragen Sie die VM bei Bedarf erneut.',
    },
    en: {
      what: 'Your tenant administration has ended the provisioning.',
      todo: 'Ask there for the reason, and ask for the VM again if you need it.',
    },
  },
  'guest-silent': {
    de: {
      what: 'Die VM läuft, meldet aber keinen Rechnernamen.',
      todo: 'Prüfen Sie über die Konsole von vCenter, ob die VMware Tools laufen.',
    },
    en: {
      what: 'The VM runs but reports no host name.',
      todo: 'Look on the console in vCenter whether VMware Tools run.',
    },
  },
  'host-name-differs': {
    de: {
      what: 'Die VM meldet einen anderen Rechnernamen als zugesagt.',
      todo: 'Setzen Sie den Namen im Betriebssystem, oder beantragen Sie die VM neu.',
    },
    en: {
      what: 'The VM reports another host name than promised.',
      todo: 'Set the name in the guest, or ask for the VM anew.',
    },
  },
  'address-differs': {
    de: {
      what: 'Die VM meldet nicht die zugesagte Adresse.',
      todo: 'Prüfen Sie die Netzeinstellung im Betriebssystem, oder beantragen Sie die VM neu.',
    },
    en: {
      what: 'The VM does not report the address that was promised.',
      todo: 'Look at the network settings in the guest, or ask for the VM anew.',
    },
  },
  adopted: {
    de: {
      what: 'Die Mandantenverwaltung hat die VM so übernommen, wie sie ist.',
      todo: 'Fragen Sie dort, was noch einzustellen ist.',
    },
    en: {
      what: 'Your tenant administration has taken the VM over as it is.',
      todo: 'Ask there what is left to set.',
    },
  },
} as const satisfies Record<string, { readonly de: ReasonWords; readonly en: ReasonWords }>;

export type RunReason = keyof typeof runReasons;

/** Words for a code of an event; an older or newer release may carry one that is not known here. */
export function reasonWords(code: string, language: 'de' | 'en'): ReasonWords {
  return runReasons[code in runReasons ? (code as RunReason) : 'vcenter-fault'][language];
}

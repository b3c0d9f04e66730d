/** A managed object reference's value, such as `vm-42`; never reused by one vCenter, meaningless in another. */
export type VmRef = string;
/** A task's reference, such as `task-17`; vCenter forgets it some ten minutes after it ends. */
export type TaskRef = string;

/** Where a tenant's VMs live. Paths are inventory paths without a leading slash; names are as the vSphere Client shows them. */
export type Placement = {
  /** Name or path of the datacenter, such as `DC0`. */
  datacenter: string;
  /** The tenant's one fixed VM folder below the datacenter's VM folder, such as `dvmm/nordwind`. */
  folder: string;
  /** Path below the datacenter's host folder, such as `Cluster1/Resources` or `Cluster1/Resources/nordwind`. */
  resourcePool: string;
  datastore: string;
};

export type HypervisorConnection = {
  /** Our id of the connection; names it in faults. */
  id: string;
  /** Host name or address, with `:port` if it is not 443. The certificate must name this host. */
  host: string;
  user: string;
  password: string;
  /** PEM of the CA or CAs to trust for this vCenter alone; absent = the ones Node.js trusts. */
  caPem?: string;
  placement: Placement;
};

/** What proves that a VM is the one meant; compared before every change and delete. */
export type VmOwner = {
  /** The value of the VM's `extraConfig` key `dvmm.request`: the request's id. */
  marker: string;
  /** UUIDv5 of the request, lower case. */
  instanceUuid: string;
};

export type CloneSpec = VmOwner & {
  /** The person's choice, held for the request; the one guard against a second VM, so never varied on retry. */
  name: string;
  /** Name of the template, unique in the datacenter. */
  template: string;
  /** The clone has them from the start as far as vSphere can give them (disks grow afterwards); see `compare`. */
  settings?: VmSettings;
};

export type VmSize = {
  cpus: number;
  /** MiB (vSphere calls it `memoryMB` and counts MiB). */
  memoryMiB: number;
  /** Size of the first disk in GiB; a template's larger disk stays as it is, because a disk cannot shrink. */
  diskGiB: number;
};

export type GuestAddress =
  | { kind: 'dhcp' }
  | { kind: 'static'; ip: string; prefixLength: number; gateway: string; dns: readonly string[] };

export type Customisation = {
  /** One DNS label. */
  hostName: string;
  address: GuestAddress;
  /** One line as in `authorized_keys`, for the template's default user. Takes effect where the guest runs cloud-init. */
  sshPublicKey?: string;
  /** Shown at login (`/etc/motd`). Takes effect where the guest runs cloud-init. */
  loginText?: string;
};

/** What a VM is to be like before its first power on. */
export type VmSettings = { size: VmSize; network: string; customisation: Customisation };

/**
 * What a reading showed. Given to a change instead of the VM's reference, that reading serves for the change as well;
 * so only at once, before anything else could happen to the VM.
 */
export interface VmComparison {
  readonly vm: VmRef;
  readonly unlike: ReadonlySet<keyof VmSettings>;
}

export type PowerState = 'poweredOn' | 'poweredOff' | 'suspended';

export type VmFacts = {
  vm: VmRef;
  name: string;
  powerState: PowerState;
  /** As VMware Tools reports it; undefined until they do. */
  guestHostName: string | undefined;
  ipAddresses: string[];
  cpus: number;
  memoryMiB: number;
  instanceUuid: string | undefined;
  /** The request's id; undefined = not made by DVMM, or a clone too young to show it. */
  marker: string | undefined;
};

export type DatastoreFacts = { name: string; freeBytes: number; accessible: boolean };

export type Inventory = {
  /** Names, wherever in the datacenter they lie. */
  templates: string[];
  networks: string[];
  datastores: DatastoreFacts[];
  /** VMs directly in the tenant's folder, templates left out. */
  vms: VmFacts[];
  /** Templates directly in that folder: each takes its name from VMs. */
  templatesInFolder: string[];
};

export type GuestIdentity = { hostName: string | undefined; ipAddresses: string[]; toolsRunning: boolean };

export type VCenterAbout = { instanceUuid: string };

export type ConnectionCheck = {
  check:
    | 'host'
    | 'certificate'
    | 'login'
    | 'datacenter'
    | 'folder'
    | 'resourcePool'
    | 'datastore'
    | 'rights'
    | 'template';
  ok: boolean;
  /** For the administrator, in English: what was found or what is wrong. */
  detail: string;
};

export type TaskProgress = {
  state: 'queued' | 'running';
  /** 0 to 100; undefined until vCenter says so. */
  percent: number | undefined;
};

/** `vm` is what the task made, for a clone; undefined for other tasks. */
export type TaskResult = { vm: VmRef | undefined };

/**
 * One vCenter as provisioning sees it, logged in on the first call. Every `deadlineMs` bounds the whole operation.
 *
 * Faults every operation may throw, besides those named on it:
 * HypervisorAway (no answer, deadline passed or circuit open: the outcome is unknown, look before trying again),
 * CertificateNotTrusted, LoginRefused, NotPermitted, NotFoundInVCenter, HypervisorFault (any other vSphere fault, by name).
 * Operations on a VM with an `owner` read marker, instance UUID and folder first and throw NotOurVm when one differs;
 * then nothing was changed.
 * @see vSphere Web Services API 7.0
 */
export interface Hypervisor {
  /** Who answers: `instanceUuid` tells two connections to one vCenter. */
  about(deadlineMs: number): Promise<VCenterAbout>;

  /**
   * Tests the connection step by step; later checks are left out when an earlier one makes them pointless.
   * Never throws for what it tests. A missing folder is no failure: `ensureFolder` makes it.
   * @param templates names that must be there
   */
  check(templates: string[], deadlineMs: number): Promise<ConnectionCheck[]>;

  inventory(deadlineMs: number): Promise<Inventory>;

  /** Creates the placement's folder with its parents where absent. May run in parallel and again. */
  ensureFolder(deadlineMs: number): Promise<void>;

  /**
   * Starts cloning a template into the tenant's folder, powered off. Returns once the task exists, not when it ends.
   * Name, instance UUID and marker travel in one CloneSpec, so no crash leaves a VM without its marker.
   * A taken name shows itself here or as the task's fault: NameTaken comes from `waitForTask` too.
   * @throws NameTaken an earlier try of ours or somebody else owns the name: look it up and compare the marker
   * @see VirtualMachine.CloneVM_Task
   */
  cloneFromTemplate(spec: CloneSpec, deadlineMs: number): Promise<TaskRef>;

  /** The VM of this name in the tenant's folder; undefined if there is none. */
  findByName(name: string, deadlineMs: number): Promise<VmFacts | undefined>;

  /**
   * Clone tasks queued or running on the template or on a VM of this name (D10: a half-made clone shows no marker yet).
   * vCenter does not say which name a running clone is for, so another request's clone of the same template counts too.
   */
  runningCloneTasks(spec: { name: string; template: string }, deadlineMs: number): Promise<TaskRef[]>;

  /** Reads the VM and says which settings it does not have yet. */
  compare(vm: VmRef, owner: VmOwner, settings: VmSettings, deadlineMs: number): Promise<VmComparison>;

  /**
   * Brings CPUs, memory and first disk to the size in one task; the VM must be powered off.
   * @returns undefined when they are as asked for
   * @throws HypervisorFault `InvalidPowerState` when powered on
   */
  reconfigure(vm: VmRef | VmComparison, owner: VmOwner, size: VmSize, deadlineMs: number): Promise<TaskRef | undefined>;

  /**
   * Moves the first network card to the network, adding one (VMXNET3) where the template has none; connected at power on.
   * @returns undefined when it is there
   */
  attachNetwork(
    vm: VmRef | VmComparison,
    owner: VmOwner,
    network: string,
    deadlineMs: number,
  ): Promise<TaskRef | undefined>;

  /**
   * Sets host name, address, key and login text for the next power on; the VM must be powered off. Linux guests.
   * Key and login text go in by an own reconfiguration first; the returned task is the customisation.
   * @returns undefined when a customisation waits for its power on: that one counts
   * @throws HypervisorFault `CustomizationPending` (here or as the task's fault) the same, of a vCenter that does not show it
   */
  customise(
    vm: VmRef | VmComparison,
    owner: VmOwner,
    customisation: Customisation,
    deadlineMs: number,
  ): Promise<TaskRef | undefined>;

  /** @throws HypervisorFault `InvalidPowerState` (here or as the task's fault) when it is on already */
  powerOn(vm: VmRef, owner: VmOwner, deadlineMs: number): Promise<TaskRef>;
  /** Pulls the plug. */
  powerOff(vm: VmRef, owner: VmOwner, deadlineMs: number): Promise<TaskRef>;
  /** Asks the guest to shut down and returns; there is no task, so watch the power state. @throws HypervisorFault `ToolsUnavailable` */
  shutdownGuest(vm: VmRef, owner: VmOwner, deadlineMs: number): Promise<void>;
  reset(vm: VmRef, owner: VmOwner, deadlineMs: number): Promise<TaskRef>;

  /** Deletes the VM with its disks. It must be powered off. A VM that is gone already is NotFoundInVCenter. */
  destroy(vm: VmRef, owner: VmOwner, deadlineMs: number): Promise<TaskRef>;

  /** What the guest reports through VMware Tools; nothing is made up while they are silent. */
  guestIdentity(vm: VmRef, owner: VmOwner, deadlineMs: number): Promise<GuestIdentity>;

  /**
   * Waits until the guest reports what is awaited, in the long poll of `waitForTask`.
   * A hint and no proof of ownership: read `guestIdentity` then.
   * @throws HypervisorAway the deadline passed or vCenter went away
   */
  guestReport(vm: VmRef, isAwaited: (guest: GuestIdentity) => boolean, deadlineMs: number): Promise<void>;

  /**
   * Waits until the task ends. All waits of one vCenter share one long poll (`WaitForUpdatesEx`); none polls by itself.
   * May be called again for the same task, also after a restart.
   * @throws NotFoundInVCenter (kind `task`) vCenter has forgotten the task: read the VM's state instead
   * @throws NameTaken, NotPermitted, HypervisorFault the task failed
   * @throws HypervisorAway the deadline passed or vCenter went away; the task may run on
   */
  waitForTask(task: TaskRef, onProgress: (progress: TaskProgress) => void, deadlineMs: number): Promise<TaskResult>;

  /** Asks vCenter to stop the task; it then ends with HypervisorFault `RequestCanceled`. One that has ended is left alone. */
  cancelTask(task: TaskRef, deadlineMs: number): Promise<void>;

  /** Ends the long poll and logs out. Waits under way end with HypervisorAway. Never throws; the next call logs in again. */
  close(): Promise<void>;
}

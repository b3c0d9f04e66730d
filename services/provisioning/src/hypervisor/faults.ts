/** vCenter did not answer in time, or its circuit is open. Nothing is known about the call's outcome; try again later. */
export class HypervisorAway extends Error {
  override readonly name = 'HypervisorAway';
  constructor(
    readonly vcenterId: string,
    readonly retryAfterMs: number,
    cause: unknown,
  ) {
    super(`vCenter ${vcenterId} is away; next try in ${retryAfterMs} ms`, { cause });
  }
}

/** The certificate that vCenter presented is not signed by the connection's CA, has expired or names another host. */
export class CertificateNotTrusted extends Error {
  override readonly name = 'CertificateNotTrusted';
  constructor(
    readonly host: string,
    /** SHA-256 of the presented certificate, so that an administrator can compare it; undefined if it could not be read. */
    readonly fingerprint: string | undefined,
    /** Node's code, such as `CERT_HAS_EXPIRED` or `ERR_TLS_CERT_ALTNAME_INVALID`. */
    readonly reason: string,
    cause: unknown,
  ) {
    super(`the certificate of ${host} is not trusted: ${reason}`, { cause });
  }
}

/** vCenter knows neither this user nor this password, or the account is locked. Trying again may lock it. */
export class LoginRefused extends Error {
  override readonly name = 'LoginRefused';
  constructor(
    readonly vcenterId: string,
    readonly user: string,
  ) {
    super(`vCenter ${vcenterId} refused the login of ${user}`);
  }
}

/** The account lacks a privilege, such as `VirtualMachine.Inventory.CreateFromExisting`, on an object. */
export class NotPermitted extends Error {
  override readonly name = 'NotPermitted';
  constructor(
    readonly privilege: string,
    /** Managed object reference, such as `group-v42`. */
    readonly object: string,
  ) {
    super(`privilege ${privilege} is missing on ${object}`);
  }
}

/** What is looked up by name, or was known by its reference, is not there (any more). */
export class NotFoundInVCenter extends Error {
  override readonly name = 'NotFoundInVCenter';
  constructor(
    readonly kind:
      | 'datacenter'
      | 'folder'
      | 'resource pool'
      | 'datastore'
      | 'template'
      | 'network'
      | 'vm'
      | 'task'
      | 'object',
    readonly objectName: string,
  ) {
    super(`${kind} ${objectName} is not in vCenter`);
  }
}

/** An earlier try of ours or somebody else owns the name in this folder: look it up and compare the marker. */
export class NameTaken extends Error {
  override readonly name = 'NameTaken';
  constructor(readonly vmName: string) {
    super(`the name ${vmName} is taken in this folder`);
  }
}

/** The VM is not the one the caller means: nothing was changed. */
export class NotOurVm extends Error {
  override readonly name = 'NotOurVm';
  constructor(
    readonly vm: string,
    readonly differs: 'marker' | 'instance UUID' | 'folder',
    readonly expected: string,
    readonly found: string | undefined,
  ) {
    super(`${differs} of ${vm} is ${found ?? 'absent'}, not ${expected}: left alone`);
  }
}

/** Any other fault of vSphere, by its type name, such as `InsufficientResourcesFault` or `InvalidPowerState`. */
export class HypervisorFault extends Error {
  override readonly name = 'HypervisorFault';
  constructor(
    readonly faultName: string,
    message: string,
  ) {
    super(`${faultName}: ${message}`);
  }
}

import { HypervisorFault, NameTaken, NotFoundInVCenter, NotPermitted } from '../faults.js';
import { child, reference, text, type Xml, xsiType } from './xml-values.js';

/** vCenter no longer knows our session. Not of the port: the session logs in once more and the caller never sees it. */
export class NotAuthenticated extends Error {
  override readonly name = 'NotAuthenticated';
}

/** User or password refused; the session says which. Not of the port. */
export class InvalidLogin extends Error {
  override readonly name = 'InvalidLogin';
}

/** The fault in a SOAP answer; undefined if the error is not one (no answer, or an answer that is no SOAP). */
export function faultOfResponse(error: unknown): Error | undefined {
  const fault = child(child(error, 'root'), 'Envelope', 'Body', 'Fault');
  if (fault === undefined) return undefined;
  const message = text(fault, 'faultstring') ?? '';
  const detail = child(fault, 'detail');
  if (typeof detail === 'object' && detail !== null) {
    for (const [name, content] of Object.entries(detail)) {
      if (name === 'attributes') continue;
      return typedFault(xsiType(content) ?? name.replace(/Fault$/, ''), content, message);
    }
  }
  return new HypervisorFault('SoapFault', message);
}

/** The fault a task ended with (`info.error`, a LocalizedMethodFault). */
export function faultOfTask(error: Xml): Error {
  const fault = child(error, 'fault');
  return typedFault(xsiType(fault) ?? 'MethodFault', fault, text(error, 'localizedMessage') ?? '');
}

function typedFault(type: string, content: Xml, message: string): Error {
  switch (type) {
    case 'NotAuthenticated':
      return new NotAuthenticated(message);
    case 'InvalidLogin':
    case 'InvalidLocale':
    case 'PasswordExpired':
      return new InvalidLogin(message);
    case 'DuplicateName':
      return new NameTaken(text(content, 'name') ?? '');
    case 'NoPermission':
      return new NotPermitted(
        text(content, 'privilegeId') ?? text(child(content, 'missingPrivileges'), 'privilegeIds') ?? 'unknown',
        reference(child(content, 'object'))?.value ?? 'unknown',
      );
    case 'ManagedObjectNotFound': {
      const object = reference(child(content, 'obj'));
      return new NotFoundInVCenter(kindOf(object?.type), object?.value ?? 'unknown');
    }
    default:
      return new HypervisorFault(type, message);
  }
}

export function kindOf(type: string | undefined): NotFoundInVCenter['kind'] {
  switch (type) {
    case 'VirtualMachine':
      return 'vm';
    case 'Task':
      return 'task';
    case 'Folder':
      return 'folder';
    case 'Datastore':
      return 'datastore';
    default:
      return 'object';
  }
}

/** The operations this adapter sends; each request is an element of this name in `urn:vim25` (see fidelity.test.ts). */
export const OPERATIONS = [
  'CancelTask',
  'CloneVM_Task',
  'ContinueRetrievePropertiesEx',
  'CreateContainerView',
  'CreateFilter',
  'CreateFolder',
  'CreateListView',
  'CreatePropertyCollector',
  'CustomizeVM_Task',
  'DestroyView',
  'Destroy_Task',
  'FindByInventoryPath',
  'FindChild',
  'HasUserPrivilegeOnEntities',
  'Login',
  'Logout',
  'ModifyListView',
  'PowerOffVM_Task',
  'PowerOnVM_Task',
  'ReconfigVM_Task',
  'ResetVM_Task',
  'RetrievePropertiesEx',
  'RetrieveServiceContent',
  'ShutdownGuest',
  'WaitForUpdatesEx',
] as const;

export type Operation = (typeof OPERATIONS)[number];

/** The oldest release still in support decides: a newer vCenter answers in this version, and no field newer than it is sent. */
const API_VERSION = '7.0.0.0';

/**
 * A WSDL of our own: vCenter's has several megabytes, and simulators serve none. It names operations and leaves their
 * parameters untyped, so what is sent is what the caller wrote, in that order. A text in the program and not a file
 * beside it: tsc copies no files, so a file would be found in `src` and missing in an image that holds only `dist`.
 */
export function vim25Wsdl(): string {
  const each = (template: (operation: string) => string) => OPERATIONS.map(template).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions targetNamespace="urn:vim25" xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:vim25="urn:vim25"
  xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
<types><schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:vim25" elementFormDefault="qualified">
${each((o) => `<element name="${o}"><complexType/></element><element name="${o}Response"><complexType/></element>`)}
</schema></types>
${each(
  (o) => `<message name="${o}Request"><part name="parameters" element="vim25:${o}"/></message>
<message name="${o}Response"><part name="parameters" element="vim25:${o}Response"/></message>`,
)}
<portType name="VimPortType">
${each((o) => `<operation name="${o}"><input message="vim25:${o}Request"/><output message="vim25:${o}Response"/></operation>`)}
</portType>
<binding name="VimBinding" type="vim25:VimPortType">
<soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
${each(
  (o) => `<operation name="${o}"><soap:operation soapAction="urn:vim25/${API_VERSION}" style="document"/>
<input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation>`,
)}
</binding>
<service name="VimService"><port binding="vim25:VimBinding" name="VimPort"><soap:address location="https://vcenter.invalid/sdk"/></port></service>
</definitions>`;
}

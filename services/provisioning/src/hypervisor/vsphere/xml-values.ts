/** What the SOAP library makes of an element: text, an object of its children, or an array where it is repeated. */
export type Xml = unknown;

export type ManagedObject = { type: string; value: string };

function isObject(value: Xml): value is Record<string, Xml> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The child elements of this name; none, one and many look alike. */
export function children(parent: Xml, name: string): Xml[] {
  if (!isObject(parent)) return [];
  const found = parent[name];
  if (found === undefined) return [];
  return Array.isArray(found) ? found : [found];
}

export function child(parent: Xml, ...path: string[]): Xml {
  return path.reduce<Xml>((at, name) => children(at, name)[0], parent);
}

/** The element's text; undefined where the element is absent or has children. An empty element is ''. */
export function text(parent: Xml, ...path: string[]): string | undefined {
  const value = child(parent, ...path);
  if (value === null) return '';
  const content = isObject(value) ? value.$value : value;
  return typeof content === 'string' || typeof content === 'number' || typeof content === 'boolean'
    ? String(content)
    : undefined;
}

export function integer(parent: Xml, ...path: string[]): number | undefined {
  const value = text(parent, ...path);
  if (value === undefined || value === '') return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

export function flag(parent: Xml, ...path: string[]): boolean {
  const value = text(parent, ...path);
  return value === 'true' || value === '1';
}

function attribute(element: Xml, is: (name: string) => boolean): string | undefined {
  if (!isObject(element) || !isObject(element.attributes)) return undefined;
  const [, value] = Object.entries(element.attributes).find(([name]) => is(name)) ?? [];
  return typeof value === 'string' ? value : undefined;
}

/** The local name of `xsi:type`; under any prefix, because a server chooses its own (vcsim: `_XMLSchema-instance`). */
export function xsiType(element: Xml): string | undefined {
  return attribute(element, (name) => name.endsWith(':type'))?.replace(/^.*:/, '');
}

export function reference(element: Xml): ManagedObject | undefined {
  const type = attribute(element, (name) => name === 'type');
  const value = isObject(element) ? element.$value : undefined;
  return type !== undefined && typeof value === 'string' ? { type, value } : undefined;
}

export function references(parent: Xml, name: string): ManagedObject[] {
  return children(parent, name).flatMap((element) => reference(element) ?? []);
}

/** A reference as it is sent. */
export function moref({ type, value }: ManagedObject): Xml {
  return { attributes: { type }, $value: value };
}

/** An object whose declared type is a base: vCenter needs to be told which one it is. */
export function typed(type: string, fields: Record<string, Xml>): Xml {
  return { attributes: { 'xsi:type': `vim25:${type}` }, ...fields };
}

/** Entries of a VM's extra configuration; their values are declared as `xsd:anyType`, so each says what it is. */
export function optionValues(options: Record<string, string>): Xml[] {
  // The envelope declares `xsi` and `vim25` only; a prefix without a declaration is no XML.
  const attributes = { 'xmlns:xsd': 'http://www.w3.org/2001/XMLSchema', 'xsi:type': 'xsd:string' };
  return Object.entries(options).map(([key, value]) =>
    typed('OptionValue', { key, value: { attributes, $value: value } }),
  );
}

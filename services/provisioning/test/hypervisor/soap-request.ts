/** An element of a captured request, with its prefix taken off; attributes keep theirs. */
export type Element = { name: string; attributes: Map<string, string>; children: Element[]; text: string };

/** Reads what the SOAP library wrote. Strict where a real server is: balanced tags, and every prefix declared. */
export function readRequest(xml: string): Element {
  const root: Element = { name: '', attributes: new Map(), children: [], text: '' };
  const open = [{ element: root, prefixes: new Set(['xml', 'xmlns', '']) }];
  for (const [, closing, tag, attributes = '', selfClosed, text] of xml.matchAll(
    /<(\/?)([\w:.]+)((?:\s+[\w:.]+="[^"]*")*)\s*(\/?)>|([^<]+)/g,
  )) {
    const top = open.at(-1);
    if (!top) throw new Error('text after the end');
    if (text !== undefined) top.element.text += text.trim();
    else if (closing) open.pop();
    else if (tag) {
      const element: Element = { name: local(tag), attributes: new Map(), children: [], text: '' };
      const prefixes = new Set(top.prefixes);
      for (const [, name = '', value = ''] of attributes.matchAll(/([\w:.]+)="([^"]*)"/g)) {
        element.attributes.set(name, value);
        if (name.startsWith('xmlns:')) prefixes.add(local(name));
      }
      const type = element.attributes.get('xsi:type') ?? '';
      for (const used of [tag, type, ...element.attributes.keys()].map(prefixOf)) {
        if (!prefixes.has(used)) throw new Error(`prefix ${used} of ${tag} is not declared`);
      }
      top.element.children.push(element);
      if (!selfClosed) open.push({ element, prefixes });
    }
  }
  const body = root.children[0]?.children.find((child) => child.name === 'Body');
  const [operation] = body?.children ?? [];
  if (open.length !== 1 || !operation) throw new Error('no operation in the request');
  return operation;
}

function prefixOf(name: string): string {
  return name.includes(':') ? (name.split(':')[0] ?? '') : '';
}

export function local(name: string): string {
  return name.replace(/^.*:/, '');
}

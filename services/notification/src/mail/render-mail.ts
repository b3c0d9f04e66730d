import { readFileSync } from 'node:fs';
import type { Language, MailKind } from '@dvmm/contracts';
import { Liquid } from 'liquidjs';

export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** What a template may say. Anything else in it is a fault, found by the tests of every kind and language. */
export type MailFacts = Readonly<Record<string, string | null>>;

const folder = new URL('../../templates/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const words = new Liquid({ strictVariables: true, strictFilters: true, ownPropertyOnly: true });
const layout = new Liquid({
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  outputEscape: 'escape',
});

interface Block {
  /** Null: the block holds facts. */
  readonly paragraph: string | null;
  readonly facts: { label: string; value: string }[];
}

/**
 * Words come from `templates/<language>/<kind>.liquid`: the first line is the subject, then paragraphs; lines that begin
 * with `- ` are facts with a label. The layout alone knows HTML, and escapes all that it is given.
 */
export function renderMail(kind: MailKind, language: Language, facts: MailFacts): RenderedMail {
  const flat = Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, value === null ? null : oneLine(value)]),
  );
  const written: string = words.parseAndRenderSync(read(`${language}/${kind}.liquid`), flat);
  const [subject = '', ...rest] = written.trim().split('\n');
  const blocks = blocksOf(rest.join('\n'));
  const variables = {
    subject,
    blocks,
    language,
    url: flat.url,
    button: language === 'de' ? 'In DVMM ansehen' : 'View in DVMM',
  };
  return {
    subject: subject.slice(0, 200),
    html: layout.parseAndRenderSync(read('layout.html.liquid'), variables),
    text: textOf(blocks, facts.url ?? ''),
  };
}

function blocksOf(body: string): Block[] {
  return body
    .split(/\n\s*\n/)
    .map((block) => block.trim())
    .filter(Boolean)
    .map((block) => {
      const lines = block.split('\n').map((line) => line.trim());
      if (!lines.every((line) => line.startsWith('- '))) return { paragraph: lines.join(' '), facts: [] };
      return {
        paragraph: null,
        facts: lines.map((line) => {
          const [label = '', ...value] = line.slice(2).split(': ');
          return { label, value: value.join(': ') };
        }),
      };
    });
}

function textOf(blocks: readonly Block[], url: string): string {
  const parts = blocks.map(
    ({ paragraph, facts }) => paragraph ?? facts.map(({ label, value }) => `${label}: ${value}`).join('\n'),
  );
  return `${[...parts, url].join('\n\n')}\n`;
}

/** No value can open a new line: neither a header's nor a fact's. */
function oneLine(value: string): string {
  return value.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

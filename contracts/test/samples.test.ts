import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fromEnvelope } from '@eaf/messaging';
import { CloudEvent, HTTP } from 'cloudevents';
import { describe, expect, it } from 'vitest';
import { contracts } from '../src/all.js';

/**
 * One published envelope of every event version there has ever been, most of them taken from a real run. A file here is
 * never changed: events live as long as the audit trail. A new version gets a new file; the old one stays and must parse.
 */
const folder = fileURLToPath(new URL('../samples/', import.meta.url));
const stored = readdirSync(folder);

describe('a stored event', () => {
  it.each(stored)('still parses: %s', (file) => {
    const event = fromEnvelope(contracts.prefix, readFileSync(`${folder}${file}`));
    const definition = contracts.events.find(({ type }) => type === event.type);
    expect(definition, `${event.type} is published by nobody any more, but stands in audit trails`).toBeDefined();
    expect(definition?.data.parse(event.data)).toMatchObject(event.data as object);
    expect(`${event.type}.v${event.typeVersion}.json`).toBe(file);
  });

  it.each(stored)('is a CloudEvent 1.0 to its SDK: %s', (file) => {
    const body = readFileSync(`${folder}${file}`, 'utf8');
    const read = HTTP.toEvent({ headers: { 'content-type': 'application/cloudevents+json' }, body });
    if (!(read instanceof CloudEvent)) throw new Error('The SDK read something else than one event.');
    expect(read.validate()).toBe(true);
    // Nothing of ours is lost on the way: attributes, extensions, data.
    expect(JSON.parse(read.toString())).toEqual(JSON.parse(body));
  });

  it('is there for every version that is published', () => {
    const missing = contracts.events
      .map(({ type, version }) => `${type}.v${version}.json`)
      .filter((file) => !stored.includes(file));
    expect(missing, 'store an envelope as published under contracts/samples').toEqual([]);
  });
});

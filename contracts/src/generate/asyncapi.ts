import { type Contracts, contextOf, type EventDefinition } from '@eaf/messaging/contract';
import { stringify } from 'yaml';
import { z } from 'zod';

/** AsyncAPI 3.0 of everything on the broker that integrations may listen to: one channel and message an event. */
export function asyncApiOf(contracts: Contracts): string {
  const { prefix, events } = contracts;
  const channelId = ({ type, version }: EventDefinition) => `${type}.v${version}`;
  return stringify(
    {
      asyncapi: '3.0.0',
      info: {
        title: 'DVMM events',
        version: '1.0.0',
        description:
          'Facts published by DVMM over NATS JetStream as CloudEvents 1.0 in JSON structured mode. Generated from contracts/; do not edit.',
        license: { name: 'Apache-2.0' },
      },
      defaultContentType: 'application/cloudevents+json',
      channels: Object.fromEntries(
        events.map((definition) => [
          channelId(definition),
          {
            address: `${prefix}.${contextOf(definition.type)}.{tenant}.${definition.type.slice(contextOf(definition.type).length + 1)}`,
            description: definition.summary,
            parameters: { tenant: { description: 'The tenant, a UUID.' } },
            messages: { event: { $ref: `#/components/messages/${channelId(definition)}` } },
          },
        ]),
      ),
      operations: Object.fromEntries(
        events.map((definition) => [
          `hear ${channelId(definition)}`,
          {
            action: 'send',
            summary: definition.summary,
            channel: { $ref: `#/channels/${channelId(definition)}` },
          },
        ]),
      ),
      components: {
        messages: Object.fromEntries(
          events.map((definition) => [
            channelId(definition),
            {
              name: `${prefix}.${channelId(definition)}`,
              summary: definition.summary,
              payload: eventSchema(prefix, definition),
            },
          ]),
        ),
      },
    },
    { lineWidth: 120, aliasDuplicateObjects: false },
  );
}

/** JSON Schema of a published event: the CloudEvents attributes and the data. */
export function eventSchema(prefix: string, definition: EventDefinition): object {
  const { $schema: _, ...data } = z.toJSONSchema(definition.data, { io: 'output' });
  return {
    type: 'object',
    required: [
      'specversion',
      'id',
      'type',
      'source',
      'subject',
      'time',
      'tenantid',
      'streamversion',
      'actorid',
      'correlationid',
      'data',
    ],
    properties: {
      specversion: { const: '1.0' },
      id: { type: 'string', format: 'uuid' },
      type: { const: `${prefix}.${definition.type}.v${definition.version}` },
      source: { const: `/${prefix}/${contextOf(definition.type)}` },
      subject: { type: 'string', description: 'The stream; versions run gapless within it.' },
      time: { type: 'string', format: 'date-time' },
      datacontenttype: { const: 'application/json' },
      dataschema: { const: `/schemas/${definition.type}.v${definition.version}.json` },
      tenantid: { type: 'string', format: 'uuid' },
      streamversion: { type: 'integer', minimum: 1 },
      actorid: { type: 'string', description: 'Principal id, or system:<service>.' },
      correlationid: { type: 'string', format: 'uuid' },
      causationid: { type: 'string', format: 'uuid' },
      recordedat: { type: 'string', format: 'date-time' },
      traceparent: { type: 'string' },
      data,
    },
  };
}

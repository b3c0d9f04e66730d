import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../src/openapi/document.js';
import { pathParameters, publicOperations } from '../src/operations/public-operations.js';

interface Described {
  operationId: string;
  parameters: { name: string; in: string; required: boolean; example?: unknown }[];
  requestBody?: { content: { 'application/json': { example: object } } };
  responses: Record<string, unknown>;
}
const document = openApiDocument('http://127.0.0.1:8080') as {
  openapi: string;
  paths: Record<string, Record<string, Described>>;
};

describe('the OpenAPI document', () => {
  it('is 3.1 and describes every operation with its summary, answers and refusals', () => {
    expect(document.openapi).toBe('3.1.0');
    const described = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(described.sort()).toEqual([...publicOperations.map(({ name }) => name), 'live'].sort());
  });

  it.each(publicOperations.map((operation) => [operation.name, operation] as const))(
    'gives an example that %s accepts',
    (_, operation) => {
      const described = document.paths[operation.http.path]?.[operation.http.method];
      const parameters = Object.fromEntries(
        (described?.parameters ?? [])
          .filter(({ example, in: place }) => place !== 'header' && example !== undefined)
          .map(({ name, example }) => [name, example]),
      );
      const input = { ...described?.requestBody?.content['application/json'].example, ...parameters };
      expect(operation.input.safeParse(input).error?.issues).toBeUndefined();
      for (const name of pathParameters(operation.http.path))
        expect(described?.parameters.some((parameter) => parameter.name === name)).toBe(true);
    },
  );

  it('points only at what it holds', () => {
    const schemas = (document as unknown as { components: { schemas: object } }).components.schemas;
    const pointed = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name ?? '',
    );
    expect([...new Set(pointed)].filter((name) => !(name in schemas))).toEqual([]);
    expect(JSON.stringify(document)).not.toContain('#/$defs');
  });
});

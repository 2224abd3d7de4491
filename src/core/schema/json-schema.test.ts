import { expect, it } from 'vitest';
import type { JsonSchema } from './json-schema.ts';
import { jsonSchemas } from './json-schema.ts';

const text = (schema: object): string => `${JSON.stringify(schema, null, 2)}\n`;

// Editors find these beside the files; `npx vitest -u` writes them anew after a change of the schemas.
it.each(['site', 'components', 'alerts'] as const)(
  'the JSON Schema of %s.yml is the one that editors read',
  async (name) => {
    await expect(text(jsonSchemas()[name])).toMatchFileSnapshot(`../../schemas/${name}.schema.json`);
  },
);

it('every key of site.yml tells its writer what it is for', () => {
  const keys = Object.entries(jsonSchemas().site.properties ?? {});
  expect(keys.length).toBeGreaterThan(10);
  for (const [key, field] of keys) expect(field, key).toHaveProperty('description');
});

it('every key of a rule for alerts tells its writer what it is for', () => {
  const rule = jsonSchemas().alerts.items as JsonSchema;
  const keys = Object.entries(rule.properties ?? {});
  expect(keys.length).toBeGreaterThan(10);
  for (const [key, field] of keys) expect(field, key).toHaveProperty('description');
});

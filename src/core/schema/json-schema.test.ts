import { describe, expect, it } from 'vitest';
import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { CATALOGS } from '../../i18n/words.ts';
import type { JsonSchema } from './json-schema.ts';
import { jsonSchemas, wordsSchema } from './json-schema.ts';

const text = (schema: object): string => `${JSON.stringify(schema, null, 2)}\n`;

// Editors find these beside the files; `npx vitest -u` writes them anew after a change of the schemas.
it.each(['site', 'components', 'alerts'] as const)(
  'the JSON Schema of %s.yml is the one that editors read',
  async (name) => {
    await expect(text(jsonSchemas()[name])).toMatchFileSnapshot(`../../schemas/${name}.schema.json`);
  },
);

describe('the JSON Schema of words', () => {
  const schema = wordsSchema(CATALOGS.get('en') ?? {});
  const check = new Ajv({ strict: false }).compile(schema);

  it('is the one that editors read', async () => {
    await expect(text(schema)).toMatchFileSnapshot('../../schemas/words.schema.json');
  });

  it('is found by Visual Studio Code for content/i18n/', async () => {
    const settings = JSON.parse(await readFile('.vscode/settings.json', 'utf8')) as Record<string, unknown>;
    expect(settings['json.schemas']).toEqual([
      { fileMatch: ['/content/i18n/*.json'], url: './src/schemas/words.schema.json' },
    ]);
  });

  it.each([...CATALOGS.keys()])('takes the words in %s, and a key of its own for editors', (locale) => {
    const words = CATALOGS.get(locale) ?? {};
    expect(check({ $schema: '../../src/schemas/words.schema.json', ...words })).toBe(true);
  });

  it('refuses keys that the page does not have, and empty texts', () => {
    expect(check({ histroy: 'Past' })).toBe(false);
    expect(check({ history: '' })).toBe(false);
  });

  it('describes each key by its English text', () => {
    expect(schema.properties?.['duration.days.few']).toMatchObject({ description: '{count} days' });
  });
});

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

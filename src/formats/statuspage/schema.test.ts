import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { incident } from '../../__tests__/support/reader.ts';
import { contextOf } from '../../__tests__/support/formats.ts';
import type { DocumentName } from './documents.ts';
import { statuspageDocument } from './documents.ts';
import { statuspageJsonSchema } from './schema.ts';
import { wrongWithDocument } from '../../__tests__/support/statuspage.ts';

/** Bodies that Statuspage served; they lie outside of the repository, since they carry no licence. */
const CAPTURED = '../shared/data/captured-v2';
const BODIES: [file: string, name: DocumentName][] = [
  ['data-summary.json', 'summary'],
  ['data-summary-2.json', 'summary'],
  ['htx-2020-summary.json', 'summary'],
  ['github-2024-09-components.json', 'components'],
  ['github-2024-09-incidents.json', 'incidents'],
];

test('the JSON Schema is the one that is published', async () => {
  const text = `${JSON.stringify(statuspageJsonSchema(), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../../schemas/statuspage-v2.schema.json');
});

describe.skipIf(!existsSync(CAPTURED))(`with the captured bodies (skipped where ${CAPTURED} is absent)`, () => {
  const bodyOf = (file: string) => JSON.parse(readFileSync(join(CAPTURED, file), 'utf8')) as object;

  test.each(BODIES)('%s is a right %s', (file, name) => {
    expect(wrongWithDocument(name, bodyOf(file))).toEqual([]);
  });

  // What the schema is laxer for than our own documents are; built files are held to all of it in api.test.ts.
  test.each([
    ['htx-2020-summary.json', 'start_date', 'is missing in components of incidents'],
    ['github-2024-09-incidents.json', 'reminder_intervals', 'is there'],
    ['data-summary.json', 'affected_components', 'is null'],
  ])('%s needs that %s %s', (file, key, how) => {
    const found = new Set<string>();
    JSON.stringify(bodyOf(file), (_, value: unknown) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
      const fields = value as Record<string, unknown>;
      if ('only_show_if_degraded' in fields && !(key in fields)) found.add('is missing in components of incidents');
      if (key in fields) found.add(fields[key] === null && key === 'affected_components' ? 'is null' : 'is there');
      return value;
    });
    expect([...found]).toContain(how);
  });
});

describe('the schema refuses', () => {
  const text = '## Investigating · 2026-11-20 09:20 UTC\n\nWe look.';
  const good = statuspageDocument('summary', contextOf({ 'incidents/a.md': incident(text) }));

  test.each([
    ['an address that is null', /"shortlink":"[^"]*"/, '"shortlink":null'],
    ['a time without milliseconds', /"created_at":"([^"]*)\.000Z"/, '"created_at":"$1Z"'],
    ['a status of its own', /"status":"investigating"/, '"status":"cancelled"'],
    ['an id of another shape', /"code":"[^"]*"/, '"code":"checkout"'],
    ['a field too many', /"tweet_id":null/, '"tweet_id":null,"author":"me"'],
    ['a field too few', /"impact":"[^"]*",/, ''],
    [
      'an incident without updates',
      /"incident_updates":\[.*\],"components":\[\{/,
      '"incident_updates":[],"components":[{',
    ],
    ['a position that is text', /"position":1/, '"position":"1"'],
  ])('%s', (_, wrong, instead) => {
    expect(wrongWithDocument('summary', JSON.parse(good))).toEqual([]);
    const bad = good.replace(wrong, instead);
    expect(bad).not.toBe(good);
    expect(wrongWithDocument('summary', JSON.parse(bad))).not.toEqual([]);
  });
});

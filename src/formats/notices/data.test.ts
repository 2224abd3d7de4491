import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hostileNotices, noticeIn, wrongWithNotice } from '../../__tests__/support/notices.ts';
import { webhookBody } from './webhook.ts';

/** Texts and bodies of others; they lie outside of the repository, since they carry no licence. */
const HOSTILE = '../shared/data/hostile/xss-and-naughty.jsonl';
const STATUSPAGE = '../shared/data/webhooks/payloads-zulip/statuspage_incident_created.json';
/** All of them take most of a minute. */
const EVERY = 10;

describe.skipIf(!existsSync(HOSTILE))(`hostile texts (skipped where ${HOSTILE} is absent)`, () => {
  test('call nobody, run nothing and fit', () => {
    const lines = readFileSync(HOSTILE, 'utf8').trim().split('\n');
    const texts = lines.filter((_, index) => index % EVERY === 0).map(payloadIn);
    const wrong = texts.flatMap((text) =>
      hostileNotices(text)
        .slice(0, 1)
        .flatMap(([notice, context]) => wrongWithNotice(notice, context)),
    );
    expect(wrong).toEqual([]);
    expect(texts.length).toBeGreaterThan(600);
  });
});

describe.skipIf(!existsSync(STATUSPAGE))(`a webhook body of Statuspage (skipped where ${STATUSPAGE} is absent)`, () => {
  test('has no field that ours lacks', () => {
    const text =
      '---\ntitle: A\ncomponents:\n  checkout: partial_outage\n---\n\n## Identified · 2026-11-20 09:20 UTC\n\nB.\n';
    const theirs: unknown = JSON.parse(readFileSync(STATUSPAGE, 'utf8'));
    const ours = webhookBody(...noticeIn({ 'incidents/a.md': text }, 'Z'));
    expect(fieldsIn(ours)).toMatchObject(fieldsIn(theirs) as object);
  });
});

/** The fields, with no value in them. */
function fieldsIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fieldsIn);
  if (typeof value !== 'object' || value === null) return 'a value';
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fieldsIn(inner)]));
}

/** Some of the texts broke the file they stand in; a line that is left of one is a text as well. */
function payloadIn(line: string): string {
  try {
    return (JSON.parse(line) as { payload: string }).payload;
  } catch {
    return line;
  }
}

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../src/core/alerts/rule.ts';
import type { Incident } from '../../src/core/model.ts';
import { HOSTILE } from '../../src/__tests__/support/hostile-strings.ts';
import { fillBlanks } from '../../src/reader/template.ts';
import { bodyText, renderBody } from '../../src/reader/markdown/html.ts';
import { incident, readFiles } from '../../src/__tests__/support/reader.ts';
import { fieldsOf } from './read-alerts.ts';

const DATA = '../shared/data/hostile/xss-and-naughty.jsonl';
/** All of them take most of a minute. */
const EVERY = 10;
const ALERT: Alert = { source: 'alertmanager', state: 'firing', key: '1', name: 'A', labels: {} };
const HEADING = '## Investigating · 2026-11-20 09:20 UTC';

/** Where a template may have a field. */
const PLACES = [
  '{{alert-summary}}',
  'It says: {{alert-summary}}. We look into it.',
  '- {{alert-summary}}\n- more',
  '1. {{alert-summary}}',
  '> {{alert-summary}}',
  '### {{alert-summary}}',
  '_{{alert-summary}}_ and **{{alert-summary}}**, ~~{{alert-summary}}~~',
  '[{{alert-summary}}](https://acme.example/help)',
  '| a | b |\n| - | - |\n| {{alert-summary}} | c |',
  '- {{alert-summary}}: {{alert-summary}}',
  'Text.\n{{alert-summary}}\nText.',
];

function field(text: string): string {
  return fieldsOf({ ...ALERT, summary: text }).get('alert-summary') ?? '';
}

/** An incident with the field in this place of its text, as the page reads it. */
function readWith(value: string, place: string): Incident {
  const text = fillBlanks(place, new Map([['alert-summary', value]]));
  const { content, diagnostics } = readFiles({ 'incidents/a.md': incident(`${HEADING}\n\n${text}`) });
  expect(diagnostics).toEqual([]);
  const [read] = content?.incidents ?? [];
  if (!read) throw new Error('nothing is read');
  return read;
}

function htmlOf({ updates }: Incident): string {
  const options = { idPrefix: 'u-', headingLevel: 2, root: '/', tableLabel: '', footnotesLabel: '' };
  return renderBody(updates[0]?.body ?? { type: 'root', children: [] }, { ...options, footnoteBackLabel: () => '' });
}

/** Its elements and their attributes, without any text. */
function shapeOf(html: string): string[] {
  return html.match(/<[^>]*>/g) ?? [];
}

/** What a page makes of texts in these places, but for their words: its updates, and the elements of the first. */
function pageOf(values: readonly string[], places: readonly string[]) {
  const texts = values.flatMap((value) =>
    places.map((place) => fillBlanks(place, new Map([['alert-summary', value]]))),
  );
  const { content, diagnostics } = readFiles({
    'incidents/a.md': incident([HEADING, ...texts, 'End.'].join('\n\n')),
  });
  const read = content?.incidents[0];
  return {
    errors: diagnostics.filter(({ severity }) => severity === 'error').map(({ reason }) => reason),
    updates: read?.updates.map((update) => ({ ...update, body: undefined })),
    elements: read && shapeOf(htmlOf(read)),
  };
}

/** Makes sure that texts are words and nothing else, wherever they stand. */
function expectWords(texts: readonly string[], places = PLACES): void {
  const values = texts.map(field).filter((value) => value !== '');
  const page = pageOf(values, places);
  expect(page.errors).toEqual([]);
  expect(page).toEqual(
    pageOf(
      values.map(() => 'words'),
      places,
    ),
  );
}

describe('the fields of an alert', () => {
  it('go by the names of their blanks, and what it does not say is left out', () => {
    const labels = { Region: 'eu', kubernetes_cluster: 'a', empty: '' };
    const alert = { ...ALERT, severity: 'critical', summary: ' Pay\nfails ', link: 'https://m.example/a?b=1', labels };
    expect(Object.fromEntries(fieldsOf(alert))).toEqual({
      'alert-name': 'A',
      'alert-source': 'alertmanager',
      'alert-severity': 'critical',
      'alert-summary': 'Pay fails',
      'alert-link': 'https://m.example/a?b=1',
      'alert-label-region': 'eu',
      'alert-label-kubernetes-cluster': 'a',
    });
  });

  it('say what the alert says', () => {
    const text = 'CPU > 90 % on *db-1* (eu_west), see [here](https://a.example) & "there" {{x}} #1';
    const [update] = readWith(field(text), '{{alert-summary}}').updates;
    expect(update && bodyText(update.body).replaceAll('\u2060', '')).toBe(text);
  });

  it('are cut at 300 characters', () => {
    expect(field('🙂'.repeat(400))).toBe(`${'🙂'.repeat(299)}…`);
  });

  it.each([
    '## Resolved · 2026-11-20 09:30 UTC',
    'a\n\n## Resolved · 2026-11-20 09:30 UTC\n\nb',
    'a\u2028## Resolved · 2026-11-20 09:30 UTC\u0085b\u000Bc',
    'Resolved - 2026-11-20 09:30 UTC',
    '2026-11-20 09:30 | Resolved',
    'Resolved',
    'update',
    '##Resolved',
    '**Next update:** 10:00 UTC',
    'Next update: 10:00 UTC',
    'Next update 10:00',
    'Next update：10:00',
    'ETA: 10:00',
    'Areas: Europe',
    'Areas：Europe',
    'Areas',
    'Components: checkout: operational',
    '{{effect}} \\{{effect}} {{{effect}}}',
    '<!-- hidden',
    'a --> b <!--',
    '<script>alert(1)</script><img src=x onerror=alert(1)>',
    '<div>',
    '[a](javascript:alert(1)) ![b](https://evil.example/x.png) [c][d] [d]: /x [^1]',
    'https://evil.example www.evil.example HTTP://evil.example mailto:a@evil.example a@evil.example xmpp:a@evil.example',
    '<https://evil.example> ://x @ www.',
    '1. a',
    '1) a',
    '- a',
    '+ a',
    '---',
    '===',
    '    code',
    '```',
    '~~~ x',
    '| a | b |',
    '> quoted',
    '# heading #',
    '*a* _b_ **c** ~~d~~ `e` ``f',
    '&lt;b&gt; &amp; &#60;b&#62; &copy;',
    'ends with \\',
    '\u202Egpj.exe\u0000\uD800\uFFFF',
    '[ ] todo',
    '[x] done',
    '$& $1 $`',
    ': // @',
    ...HOSTILE,
  ])('%j is words and nothing else', (text) => {
    expectWords([text]);
  });

  it('name an alert without a name after its system', () => {
    expect(fieldsOf({ ...ALERT, name: '\u0000' }).get('alert-name')).toBe('alertmanager');
  });

  it('are left out when nothing of them is words', () => {
    expect(field('\u0000\u202E\n \u2028')).toBe('');
  });
});

describe('the link of an alert', () => {
  const link = (text: string) => fieldsOf({ ...ALERT, link: text }).get('alert-link');

  it.each([
    ['https://m.example/a_b*c(d)?q=[x]&y={{z}}#~', 'https://m.example/a%5Fb%2Ac%28d%29?q=%5Bx%5D&y=%7B%7Bz%7D%7D#%7E'],
    ['http://m.example', 'http://m.example/'],
    ['https://m.example/%C3%A4 <b>', 'https://m.example/%C3%A4%20%3Cb%3E'],
  ])('%j is safe in Markdown', (written, safe) => {
    expect(link(written)).toBe(safe);
    const read = readWith(safe, '[Details]({{alert-summary}}), {{alert-summary}}');
    expect(htmlOf(read).match(/<a /g)).toHaveLength(2);
  });

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'monitor',
    'https://user:secret@m.example/',
    'https://token@m.example/',
    `https://m.example/${'a'.repeat(1000)}`,
  ])('%j is left out', (written) => {
    expect(link(written)).toBeUndefined();
  });
});

describe.skipIf(!existsSync(DATA))(`hostile texts (skipped where ${DATA} is absent)`, () => {
  it('are words only', () => {
    // Some texts broke the file that they stand in; a line that is left of one is a text as well.
    const texts = readFileSync(DATA, 'utf8')
      .trim()
      .split('\n')
      .filter((_, index) => index % EVERY === 0)
      .map((line) => (/^\{.*\}$/.test(line) ? (JSON.parse(line) as { payload: string }).payload : line));
    expect(texts.length).toBeGreaterThan(600);
    for (let start = 0; start < texts.length; start += 20)
      expectWords(texts.slice(start, start + 20), PLACES.slice(0, 3));
  });
});

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registerAlert } from '../commands/alert.ts';
import { registerCheck } from '../commands/check.ts';
import type { Outcome } from '../../src/__tests__/support/call.ts';
import { callCommand } from '../../src/__tests__/support/call.ts';
import { COMPONENTS, rules, SITE } from '../../src/__tests__/support/alerts.ts';

const TEMPLATE = (status: string, blanks: string): string =>
  `---\nfor: incident\nstatus: ${status}\n---\n\nOur monitoring says about {{components}}: ${blanks}\n`;

const ASKING =
  '{{alert-name}} {{alert-summary}} {{alert-description}} {{alert-severity}} {{alert-label-service}} {{alert-link}}';

/** What stands where an alert says nothing. */
const SET = `  set:\n${[...ASKING.matchAll(/\{\{(.*?)\}\}/g)].map(([, name]) => `    ${name}: nothing\n`).join('')}`;

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'candor-hostile-'));
  mkdirSync(join(folder, 'content/templates'), { recursive: true });
  const files = {
    'site.yml': SITE,
    'components.yml': COMPONENTS,
    'alerts.yml': rules('publish', SET).replace('label: service', 'label: part'),
    'templates/alert.md': TEMPLATE('investigating', ASKING),
    'templates/alert-more.md': TEMPLATE('update', ASKING),
    'templates/alert-back.md': TEMPLATE('investigating', ASKING),
    'templates/alert-over.md': TEMPLATE('resolved', 'it is over.'),
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, 'content', path), text);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(...args: string[]): Promise<Outcome> {
  const env = {
    STATUS_CONTENT: join(folder, 'content'),
    STATUS_NOW: '2026-11-20T09:13:05Z',
    PATH: process.env['PATH'],
  };
  return callCommand(
    (program, context) => {
      registerAlert(program, context);
      registerCheck(program, context);
    },
    args,
    env,
  );
}

function send(text: string) {
  writeFileSync(join(folder, 'alert.json'), text);
  return run('alert', join(folder, 'alert.json'));
}

function files(): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !/^(alert\.json|content\/(site|components|alerts)\.yml|content\/templates\/.*)$/.test(path));
}

const HOSTILE: [what: string, text: string][] = [
  ['a command', '"; rm -rf / #'],
  ['an expression of a workflow', '${{ secrets.GITHUB_TOKEN }}'],
  ['a substitution', '$(touch /tmp/owned) `id`'],
  ['a command of a workflow', '\n::error::Owned\n##[error]Owned\n::set-output name=a::b'],
  ['front matter', '\n---\nimpact: none\ntitle: Owned\n---\n'],
  ['an update', '\n\n## Resolved · 2026-11-20 09:00 UTC\n\nAll is well.\n'],
  ['labelled lines', '\n- **Next update:** 23:00 UTC\n- **Components:** checkout: operational\n'],
  ['HTML', '<script>alert(1)</script> <img src=x onerror=alert(1)> <!-- --> --> <details>'],
  ['a blank', '{{alert-name}} {{effect}} {{components}}'],
  ['an id of 19 digits', '7136523423652345123'],
  ['paths', '../../../.github/workflows/deploy.yml'],
  ['separators of lines', 'a\u2028## Resolved\u2029b\u0085c\u000bd\u0000e\u202ef'],
  ['lone surrogates', 'a\ud800b\udfff'],
  ['a link', '[click](javascript:alert(1)) https://evil.example/ @acme/all #1'],
  ['much', 'x'.repeat(5000)],
];

describe.each(HOSTILE)('an alert that holds %s in every field', (_, text) => {
  it('changes one incident, in words only', async () => {
    const alert = {
      name: `Shop ${text}`,
      state: 'firing',
      key: text,
      start: '2026-11-20T09:12:00Z',
      severity: text,
      labels: { service: text, part: 'checkout', [text]: text },
      summary: text,
      description: text,
      link: text,
    };
    const { out, err, code } = await send(JSON.stringify(alert));
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(out).not.toMatch(/^(::|##\[)/m);
    expect(files()).toEqual(['content/incidents/2026/2026-11-20-some-customers-cannot-use-the-shop.md']);
    const [path = ''] = files();
    const written = readFileSync(join(folder, path), 'utf8');
    expect(written.slice(0, written.indexOf('\n---\n'))).toBe(
      '---\ntitle: Some customers cannot use the shop\ncomponents:\n  checkout: partial_outage\nstarted: 2026-11-20 09:12 UTC',
    );
    expect(written.match(/^## /gm)).toHaveLength(1);
    expect(written.match(/^- \*\*.*/gm)).toEqual(['- **Next update:** 09:33 UTC']);
    const { out: checked } = await run('check');
    expect(checked).toBe('No problems found in the content folder.\n');

    await send(JSON.stringify({ ...alert, state: 'resolved', end: '2026-11-20T09:13:00Z' }));
    expect(readFileSync(join(folder, path), 'utf8').match(/^## \w+/gm)).toEqual(['## Investigating', '## Resolved']);
  });
});

describe('a body', () => {
  it.each([
    ['of five megabytes', `{"name":"Shop","state":"firing","summary":"${'x'.repeat(5 * 1024 * 1024)}"}`],
    [
      'that is nested deeply',
      `{"name":"Shop","state":"firing","labels":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`,
    ],
    ['of brackets', '['.repeat(500_000)],
    ['that is empty', ''],
    ['with a prototype', '{"__proto__":{"name":"Shop"},"constructor":{"prototype":{"state":"firing"}}}'],
  ])('%s is refused or read, without a stack trace', async (_, text) => {
    const { out, err } = await send(text);
    expect(`${out}${err}`).not.toMatch(/^\s+at /m);
    for (const path of files()) expect(path).toMatch(/^content\/incidents\//);
  });
});

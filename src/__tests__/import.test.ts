import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Element } from 'hast';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { elementsOf, textOf } from './support/dom.ts';
import { build, builtPages } from './support/sites.ts';

/** Bodies as people write them into a Statuspage, with the text that a reader sees. */
const BODIES = [
  ['We are <b>looking</b> into it.<br />More soon.', 'We are looking into it. More soon.'],
  ['Next update: 11:00 UTC\n\n* one\n* two', 'Next update: 11:00 UTC * one * two'],
  ['Resolved - 2026-01-10 11:00 UTC #1 & 1 &lt; 2 _really_', 'Resolved - 2026-01-10 11:00 UTC #1 & 1 < 2 _really_'],
  ['<p>See <a href="https://acme.example/x?a=1&amp;b=2">the *guide*</a>.</p>', 'See the *guide*.'],
] as const;

const STATUSES = ['investigating', 'identified', 'monitoring', 'resolved'];
const NOW = '2026-02-01T00:00:00Z';

const INCIDENT = {
  id: 'abc',
  name: 'Errors: "checkout" & more',
  status: 'resolved',
  impact: 'major',
  created_at: '2026-01-10T01:00:00.000-08:00',
  started_at: '2026-01-10T01:00:00.000-08:00',
  resolved_at: '2026-01-10T12:00:00Z',
  components: [{ id: 'c1', name: 'Checkout' }],
  incident_updates: BODIES.map(([body], index) => ({
    id: `u${index}`,
    status: STATUSES[index],
    body,
    created_at: `2026-01-10T${String(9 + index).padStart(2, '0')}:00:07Z`,
    display_at: `2026-01-10T${String(9 + index).padStart(2, '0')}:00:07Z`,
  })).toReversed(),
};

let folder: string;
let report: { read: object; written: object };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candor-import-'));
  const page = { id: 'p', name: 'Acme', url: 'https://status.acme.example', time_zone: 'Etc/UTC' };
  await writeFile(join(folder, 'incidents.json'), JSON.stringify({ page, incidents: [INCIDENT] }));
  await writeFile(
    join(folder, 'components.json'),
    JSON.stringify({ page, components: [{ id: 'c1', name: 'Checkout' }] }),
  );
  report = JSON.parse(
    command('import', 'statuspage', folder, '--json', '--to', join(folder, 'content')).stdout,
  ) as typeof report;
  await build(join(folder, 'content'), join(folder, 'dist'), NOW);
});

afterAll(() => rm(folder, { recursive: true }));

function command(...args: string[]) {
  const env = { ...process.env, STATUS_CONTENT: join(folder, 'content'), STATUS_NOW: NOW };
  return spawnSync(process.execPath, ['scripts/cli.ts', ...args], { env, encoding: 'utf8' });
}

describe('an imported history', () => {
  it('has as many incidents and updates out as in', () => {
    expect(report.read).toMatchObject({ incidents: 1, updates: 4 });
    expect(report.written).toMatchObject({ incidents: 1, updates: 4 });
  });

  it('has nothing wrong for check to find', () => {
    const { stdout, status } = command('check', '--format', 'json');
    expect(JSON.parse(stdout)).toEqual([]);
    expect(status).toBe(0);
  });

  it('shows the text that its readers saw, white space aside', () => {
    const { html } = builtPages(join(folder, 'dist')).find(({ path }) => path.startsWith('/incidents/')) ?? {
      html: '',
    };
    const elements = elementsOf(html);
    expect(textOf(elements.find(({ tagName }) => tagName === 'h1') as Element)).toBe(INCIDENT.name);
    const updates = elements.filter(({ properties }) => String(properties['id'] ?? '').startsWith('u-'));
    expect(updates.map(({ properties }) => properties['id'])).toEqual(
      [12, 11, 10, 9].map((hour) => `u-20260110T${String(hour).padStart(2, '0')}0007Z`),
    );
    const plain = (text: string) => text.replace(/\s+/g, '');
    BODIES.toReversed().forEach(([, seen], index) => {
      expect(plain(textOf(updates[index] as Element))).toContain(plain(seen));
    });
  });
});

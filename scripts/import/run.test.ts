import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { renderBody } from '../../src/reader/markdown/html.ts';
import { readContent } from '../../src/reader/content.ts';
import { readFolder } from '../../src/reader/files.ts';
import type { Report } from './report.ts';
import { runImport } from './run.ts';
import { readStatuspage } from './statuspage/read.ts';
import { CATALOGS } from '../../src/i18n/words.ts';

const NOW = Date.parse('2026-03-01T00:00Z');
const SAMPLE = {
  page: { name: 'Acme: status', url: 'https://status.acme.example', time_zone: 'America/New_York' },
  components: [
    { id: 'g', name: 'Shop', group: true, position: 1 },
    { id: 'c1', name: 'Checkout', group_id: 'g', position: 1 },
    { id: 'c2', name: 'Website', position: 2 },
  ],
  incidents: [
    incident('i1', 'Errors in checkout', '2026-01-10', [
      'investigating 10:00 We <b>look</b>.<br />Next update: 11:00',
      'resolved 11:00 It is *over*.',
    ]),
    incident('i2', 'Errors in Checkout!', '2026-01-10', ['investigating 12:00 Again.']),
    incident(
      'i3',
      'Mail is late',
      '2026-01-11',
      ['investigating 10:00 <Mail> waits.', 'resolved 10:30 Gone.'],
      [{ id: 'old', name: 'Mail' }],
    ),
  ],
  scheduled_maintenances: [
    {
      ...incident('m1', 'Errors in checkout', '2026-01-10', ['scheduled 08:00 We work.', 'completed 14:00 Done.']),
      impact: 'maintenance',
      scheduled_for: '2026-01-10T13:00:00Z',
      scheduled_until: '2026-01-10T14:00:00Z',
    },
  ],
};

let to: string;

beforeEach(async () => {
  to = await mkdtemp(join(tmpdir(), 'candor-run-'));
});

afterEach(() => rm(to, { recursive: true }));

describe('an import into an empty folder', () => {
  test('writes content in which check finds no error, and counts what went in and out', async () => {
    const report = await importSample();
    expect(await problems()).toEqual([]);
    expect(await paths()).toEqual([
      'components.yml',
      'incidents/2026/2026-01-10-errors-in-checkout-2.md',
      'incidents/2026/2026-01-10-errors-in-checkout.md',
      'incidents/2026/2026-01-11-mail-is-late.md',
      'maintenance/2026/2026-01-10-errors-in-checkout-3.md',
      'site.yml',
    ]);
    expect(report.read).toMatchObject({ incidents: 3, maintenance: 1, updates: 7, components: 2 });
    expect(report.written).toEqual({ incidents: 3, maintenance: 1, updates: 7, components: 3 });
    expect(report.entries.map(({ kind }) => kind)).toEqual([
      'tag-kept-as-text',
      'status-from-impact',
      'component-retired',
      'open-long',
    ]);
  });

  test('shows the same text as the source', async () => {
    await importSample();
    const { content } = await reading();
    const shown = (id: string) =>
      content?.incidents
        .find((one) => one.id === id)
        ?.updates.map(({ body }) => renderBody(body, { idPrefix: 'u-', headingLevel: 2, root: '/' }));
    expect(shown('2026-01-10-errors-in-checkout')).toEqual([
      '<p>We <strong>look</strong>.<br>\nNext update: 11:00</p>',
      '<p>It is *over*.</p>',
    ]);
    expect(shown('2026-01-11-mail-is-late')?.[0]).toMatch(/^<p>(&lt;|&#x3C;)Mail(>|&gt;) waits\.<\/p>$/);
  });

  test('writes nothing in a dry run, and reports the same', async () => {
    const dry = await importSample({ dryRun: true });
    expect(await paths()).toEqual([]);
    expect({ ...(await importSample()), dryRun: true }).toEqual(dry);
  });
});

describe('what the source has no text for is said', () => {
  const PAGE = { name: 'Acme', url: 'https://status.acme.example' };
  const FORGOTTEN = '2026-01-10-errors-in-checkout-2.md';
  const run = (locale?: string) => {
    const read = (report: Report) => {
      const content = readStatuspage([{ place: { file: 'summary.json' }, value: SAMPLE }], false, report);
      return { ...content, page: { ...PAGE, ...(locale !== undefined && { locale }) } };
    };
    return runImport(read, { from: 'sample', to, now: NOW, dryRun: false, closeOlderThanDays: 30 });
  };

  test('in the language of the source', async () => {
    await run('pt-PT');
    expect(await text('site.yml')).toContain('locale: pt-BR');
    expect(await text(`incidents/2026/${FORGOTTEN}`)).toContain('Este incidente não recebeu mais atualizações');
  });

  test('in the language of the page, where there is one, and the same with every run', async () => {
    await writeFile(join(to, 'site.yml'), 'name: Acme\nurl: https://status.acme.example\nlocales: [de, en]\n');
    await run('pt-PT');
    expect(await text(`incidents/2026/${FORGOTTEN}`)).toContain('Wir wissen nicht, wann sie endete.');
    expect((await run('pt-PT')).files.changed).toBe(0);
  });

  test('in English, where there are no words for the language', async () => {
    await run('tlh');
    expect(await text(`incidents/2026/${FORGOTTEN}`)).toContain('We do not know when it ended.');
  });
});

describe('a second import', () => {
  test('with the same input changes nothing', async () => {
    await importSample();
    const before = await contents();
    const report = await importSample();
    expect(report.files).toEqual({ created: 0, changed: 0, unchanged: 6 });
    expect(report.entries.map(({ kind }) => kind)).not.toContain('site-left-alone');
    expect(await contents()).toEqual(before);
  });

  test('keeps names when the source has moved on, and brings what is new', async () => {
    await importSample();
    const [, second] = SAMPLE.incidents;
    const grown = {
      ...second,
      incident_updates: [...updates('2026-01-10', ['resolved 13:00 Fixed.']), ...(second?.incident_updates ?? [])],
    };
    const report = await importSample({ sample: { ...SAMPLE, incidents: [grown], scheduled_maintenances: [] } });
    expect(report.files).toEqual({ created: 0, changed: 1, unchanged: 2 });
    expect(await text('incidents/2026/2026-01-10-errors-in-checkout-2.md')).toContain(
      '## Resolved · 2026-01-10 13:00 UTC',
    );
    expect(await paths()).toHaveLength(6);
  });

  test('leaves a file that somebody edited, and says when the source changed as well', async () => {
    await importSample();
    const path = 'incidents/2026/2026-01-11-mail-is-late.md';
    const edited = (await text(path)).replace('Gone.', 'It is gone.');
    await writeFile(join(to, path), edited);
    const same = await importSample();
    expect(same.entries.map(({ kind }) => kind)).toContain('file-edited');
    expect(same.written.incidents).toBe(3);
    const renamed = SAMPLE.incidents.map((one) => ({ ...one, name: `${one.name}?` }));
    const both = await importSample({ sample: { ...SAMPLE, incidents: renamed } });
    expect(both.entries.map(({ kind }) => kind)).toContain('file-edited-both');
    expect([both.written.incidents, both.notWritten.incidents, both.notWritten.updates]).toEqual([2, 1, 2]);
    expect(await text(path)).toBe(edited);
  });
});

describe('an import into a folder of somebody else’s', () => {
  test('leaves files alone that it did not write, site.yml too, and adds components at the end', async () => {
    await importSample();
    await rm(join(to, 'incidents/2026/2026-01-10-errors-in-checkout.md'));
    const own = '---\ntitle: Ours\nimpact: none\n---\n\n## Resolved · 2026-01-10 09:00 UTC\n\nOurs.\n';
    await writeFile(join(to, 'incidents/2026-01-10-Errors-in-checkout.md'), own);
    await writeFile(join(to, 'site.yml'), 'name: Ours\nurl: https://ours.example\ntime_zone: UTC\n');
    await writeFile(join(to, 'components.yml'), '- id: shop-web\n  name: Website\n');
    await rm(join(to, 'incidents/2026'), { recursive: true });
    const report = await importSample();
    expect(await text('incidents/2026-01-10-Errors-in-checkout.md')).toBe(own);
    expect(await text('site.yml')).toContain('Ours');
    expect(await text('components.yml')).toMatch(/^- id: shop-web\n {2}name: Website\n\n- group: Shop\n/);
    expect(await problems()).toEqual([]);
    const conflicts = report.entries.filter(({ kind }) => kind === 'file-conflict').map(({ id }) => id);
    expect(conflicts).toEqual(['i1', 'i2']);
    expect([report.written.incidents, report.notWritten.incidents, report.notWritten.updates]).toEqual([1, 2, 3]);
  });

  test('leaves a component out that is retired before the incident that names it', async () => {
    await writeFile(join(to, 'components.yml'), '- id: mail\n  name: Mail\n  retired: 2026-01-01\n');
    const report = await importSample();
    expect(report.entries.map(({ kind }) => kind)).toContain('component-not-named');
    expect(await problems()).toEqual([]);
  });
});

async function importSample({ sample = SAMPLE as object, dryRun = false } = {}): Promise<Report> {
  const documents = [{ place: { file: 'summary.json' }, value: sample }];
  return runImport((report) => readStatuspage(documents, false, report), { from: 'sample', to, now: NOW, dryRun });
}

async function reading() {
  return readContent(await readFolder(to, join(to, 'public')), { now: NOW, catalogs: CATALOGS });
}

async function problems(): Promise<string[]> {
  const errors = (await reading()).diagnostics.filter(({ severity }) => severity === 'error');
  return errors.map(({ file, line, ruleId }) => `${file}:${line} ${ruleId}`);
}

async function paths(): Promise<string[]> {
  const entries = await readdir(to, { recursive: true });
  return entries.filter((path) => /\.\w+$/.test(path)).sort();
}

async function contents(): Promise<string[]> {
  return Promise.all((await paths()).map(text));
}

function text(path: string): Promise<string> {
  return readFile(join(to, path), 'utf8');
}

function incident(id: string, name: string, day: string, lines: string[], components: object[] = []) {
  const over = lines.some((line) => line.startsWith('resolved'));
  const incident_updates = updates(day, lines).reverse();
  return {
    id,
    name,
    impact: 'minor',
    status: over ? 'resolved' : 'investigating',
    started_at: `${day}T08:00:00Z`,
    components,
    incident_updates,
  };
}

function updates(day: string, lines: string[]) {
  return lines.map((line) => {
    const [status, clock, ...body] = line.split(' ');
    return { status, display_at: `${day}T${clock}:00Z`, body: body.join(' ') };
  });
}

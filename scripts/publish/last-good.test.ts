import { describe, expect, it } from 'vitest';
import { buildLedger } from '../../src/core/ledger.ts';
import type { PageStatus } from '../../src/core/status.ts';
import { pageStatusAt } from '../../src/core/status.ts';
import { bodyText } from '../../src/reader/markdown/html.ts';
import type { LastGood } from './last-good.ts';
import { TestRepository, COMPONENTS, incident, NOW, published, SITE } from '../../src/__tests__/support/publish.ts';

const A = 'content/incidents/a.md';
const B = 'content/incidents/b.md';
const BROKEN = incident('Broken.').replace('09:20 UTC', '09:20');
const RENAMED = COMPONENTS.replace('checkout', 'payments').replace('Checkout', 'Payments');

function pageStatus(result: LastGood, now = NOW): PageStatus {
  return pageStatusAt(buildLedger(published(result, now), now), now);
}

function textOf(body: unknown): string {
  return JSON.stringify(body);
}

describe('content that is right', () => {
  it('is published as it stands, without a look at its history', async () => {
    using repository = new TestRepository({ [A]: incident('First.') });
    const result = await repository.lastGood();
    expect(result.changes).toEqual([]);
    expect(result.diagnostics).toEqual([]);
    expect(published(result).incidents.map(({ id }) => id)).toEqual(['a']);
  });
});

describe('what no page shows', () => {
  it.each([
    ['a broken template', { 'content/templates/resolved.md': 'No front matter.' }],
    ['broken rules for alerts', { 'content/alerts.yml': 'name: [' }],
  ])('keeps nothing from being published: %s', async (_, broken) => {
    using repository = new TestRepository({ [A]: incident('First.') });
    repository.commit(broken);
    const result = await repository.lastGood();
    expect(result.changes).toEqual([]);
    expect(result.diagnostics).toEqual([]);
    expect(published(result).incidents.map(({ id }) => id)).toEqual(['a']);
  });
});

describe('an incident among the templates', () => {
  const PLACE = 'content/templates/outage.md';

  it('is shown as far as it can be read', async () => {
    using repository = new TestRepository({
      [A]: `${incident('First.')}\n## Resolved · 2026-11-20 09:40 UTC\n\nIt works.\n`,
    });
    repository.commit({ [PLACE]: incident('It fails.') });
    const result = await repository.lastGood();
    expect(result.changes).toMatchObject([{ kind: 'partial', file: 'templates/outage.md' }]);
    expect(pageStatus(result)).toBe('unclear');
    expect(textOf(published(result).incidents)).toContain('It fails.');
  });

  it('is shown where a template was before', async () => {
    using repository = new TestRepository({ [PLACE]: '---\nfor: incident\nstatus: investigating\n---\n\nIt fails.\n' });
    repository.commit({ [PLACE]: incident('Nobody can pay.') });
    const result = await repository.lastGood();
    expect(pageStatus(result)).toBe('unclear');
    expect(textOf(published(result).incidents)).toContain('Nobody can pay.');
  });
});

describe('a broken edit', () => {
  it('leaves the newest version that reads, and takes everything else along', async () => {
    using repository = new TestRepository({ [A]: incident('First.') });
    repository.commit({ [A]: incident('Second.') });
    repository.commit({ [A]: BROKEN });
    repository.commit({ [A]: `${BROKEN}\nMore.`, [B]: incident('Another.') });
    const result = await repository.lastGood();
    expect(result.changes).toMatchObject([
      { kind: 'older', file: 'incidents/a.md', line: 7, version: { committed: Date.parse('2026-11-20T10:02Z') } },
    ]);
    expect(result.diagnostics).toMatchObject([{ file: 'incidents/a.md', ruleId: 'time-no-zone' }]);
    const { incidents } = published(result);
    expect(incidents.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(textOf(incidents[0]?.updates)).toContain('Second.');
  });

  it('is found in a folder that is not committed too', async () => {
    using repository = new TestRepository({ [A]: incident('First.') });
    repository.write({ [A]: BROKEN });
    const result = await repository.lastGood();
    expect(result.changes).toMatchObject([{ kind: 'older', file: 'incidents/a.md' }]);
    expect(textOf(published(result).incidents)).toContain('First.');
  });

  it('that names a component nobody ever knew does not make one up', async () => {
    using repository = new TestRepository({ [A]: incident('First.') });
    repository.commit({ [A]: incident('Second.', 'chekout') });
    const result = await repository.lastGood();
    expect(result.changes).toMatchObject([{ kind: 'older', file: 'incidents/a.md' }]);
    expect([...published(result).components.keys()]).toEqual(['checkout', 'website']);
  });

  it('in bytes that are no UTF-8 leaves the text before', async () => {
    using repository = new TestRepository({ [A]: incident('First.') });
    repository.commit({ [A]: Uint8Array.of(0xff, 0xfe, 0x41) });
    expect(textOf(published(await repository.lastGood()).incidents)).toContain('First.');
  });

  it('of a file that was moved on the way leaves the text before it was moved', async () => {
    using repository = new TestRepository({ [A]: incident('First.\n\nA long text that stays the same.\n'.repeat(5)) });
    repository.git('mv', A, 'content/incidents/moved.md');
    repository.commit({
      'content/incidents/moved.md': incident('First.\n\nA long text that stays the same.\n'.repeat(5)).replace(
        'UTC',
        '',
      ),
    });
    const result = await repository.lastGood();
    expect(result.changes).toMatchObject([{ kind: 'older', file: 'incidents/moved.md' }]);
    expect(published(result).incidents.map(({ id }) => id)).toEqual(['a']);
  });
});

describe('a new file that is broken', () => {
  it('is shown as far as it can be read, as of the commit that it came with', async () => {
    using repository = new TestRepository({ [A]: incident('First.') });
    repository.commit({ [B]: BROKEN });
    repository.commit({ [B]: `${BROKEN}\nStill.` });
    const result = await repository.lastGood();
    expect(result.changes).toMatchObject([{ kind: 'partial', file: 'incidents/b.md', line: 7 }]);
    expect(published(result).incidents).toMatchObject([
      { id: 'b', partial: true, updates: [{ undated: true, at: Date.parse('2026-11-20T10:02Z') }] },
      { id: 'a' },
    ]);
  });

  it('is the same in every build', async () => {
    using repository = new TestRepository();
    repository.commit({ [B]: BROKEN });
    const first = published(await repository.lastGood());
    const later = NOW + 3_600_000;
    expect(published(await repository.lastGood({ now: later }), later)).toEqual(first);
  });

  it('gets its own address if another file has its name', async () => {
    using repository = new TestRepository({ 'content/maintenance/README.md': '', [B]: incident('Known for long.') });
    repository.commit({ 'content/incidents/2026/b.md': incident('New.') });
    const result = await repository.lastGood();
    expect(result.changes).toMatchObject([{ kind: 'partial', file: 'incidents/2026/b.md' }]);
    const texts = published(result).incidents.map(({ id, updates }) => [id, textOf(updates)]);
    expect(texts).toEqual(
      expect.arrayContaining([
        ['b', expect.stringContaining('Known for long.')],
        ['b-2', expect.stringContaining('New.')],
      ]),
    );
  });
});

describe('an incident with the name of an occurrence', () => {
  it('is shown under another, and everything else as it stands', async () => {
    const series =
      '---\ntitle: Backup\ncomponents: [website]\nscheduled: 2026-11-21 02:00 UTC\nuntil: 2026-11-21 03:00 UTC\nrepeat: FREQ=WEEKLY\nannounced: 2026-11-01 09:00 UTC\n---\n';
    using repository = new TestRepository({ 'content/maintenance/backup.md': series });
    repository.commit({ 'content/incidents/backup-2026-11-28.md': incident('First.') });
    const result = await repository.lastGood();
    expect(result.changes).toMatchObject([{ kind: 'partial', file: 'incidents/backup-2026-11-28.md' }]);
    const { incidents, maintenance } = published(result);
    expect(incidents).toMatchObject([{ id: 'backup-2026-11-28-2', title: 'Some customers cannot pay' }]);
    expect(maintenance.map(({ id }) => id)).toContain('backup-2026-11-28');
    expect(pageStatus(result)).not.toBe('operational');
  });
});

describe('a file whose version without an error says that all is well', () => {
  const OVER = `${incident('First.')}\n## Resolved · 2026-11-20 09:40 UTC\n\nIt works.\n`;
  const FAILS = '- **Components:** checkout: major outage\n';
  const again = (heading: string) => `${OVER}\n${heading}\n\nIt is back.\n`;

  it.each([
    ['an open update without a zone', again('## Investigating · 2026-11-20 11:00')],
    ['an open update with a misspelt status', again('## Invesitgating · 2026-11-20 11:00 UTC')],
    ['an open update whose heading is none', again('##Investigating · 2026-11-20 11:00 UTC')],
    ['a heading that nobody can make out', again('## Something · 2026-11-20 11:00 UTC')],
    [
      'an open update and an error elsewhere',
      again('## Investigating · 2026-11-20 11:00 UTC').replace('title:', 'impcat: a\ntitle:'),
    ],
    ['an open update in a list', again('- ## Investigating · 2026-11-20 11:00 UTC')],
    ['an open update in a quotation, without a zone', again('> ## Investigating · 2026-11-20 11:00')],
    ['an open update as another heading', again('### Down · 2026-11-20 11:00 UTC')],
    ['an open update in bold', again('**Investigating**')],
    ['a component that fails after Resolved', `${again('## Update · 2026-11-20 11:00 UTC')}\n${FAILS}`],
    [
      'a misspelt component that fails after Resolved',
      `${again('## Update · 2026-11-20 11:00 UTC')}\n${FAILS.replace('checkout', 'chekout')}`,
    ],
    [
      'a component that fails, in a line that is nearly a labelled one',
      `${again('## Update · 2026-11-20 11:00 UTC')}\n${FAILS.replaceAll('*', '')}`,
    ],
    ['the marks of a merge', `${OVER}<<<<<<< HEAD\n=======\n>>>>>>> other\n`],
    ['front matter that is not closed', OVER.replace('---\n\n##', '\n##')],
    ['bytes that are no text', Uint8Array.of(0xff, 0xfe)],
  ])('is shown with what is new in it, and the page is not green: %s', async (_, text) => {
    using repository = new TestRepository({ [A]: OVER });
    repository.commit({ [A]: text });
    const result = await repository.lastGood();
    expect(result.changes).toMatchObject([{ kind: 'partial', file: 'incidents/a.md' }]);
    expect(pageStatus(result)).toBe('unclear');
    const [shown] = published(result).incidents;
    expect(shown?.updates.slice(0, 2).map(({ id }) => id)).toEqual(['u-20261120T092000Z', 'u-20261120T094000Z']);
    expect(shown?.updates).toHaveLength(3);
    if (typeof text === 'string' && text.includes('It is back.'))
      expect(textOf(shown?.updates)).toContain('It is back.');
  });

  it.each([
    ['a misspelt postmortem', again('## Posmortem · 2026-11-20 11:00 UTC')],
    ['a postmortem without a zone', again('## Postmortem · 2026-11-20 11:00')],
    ['an image that is not there', `${OVER}\n![a](/none.png)\n`],
    ['a key that is misspelt', OVER.replace('title:', 'impcat: a\ntitle:')],
  ])('stays as it was if the newest text certainly reports no problem: %s', async (_, text) => {
    using repository = new TestRepository({ [A]: OVER });
    repository.commit({ [A]: text });
    const result = await repository.lastGood();
    expect(result.changes).toMatchObject([{ kind: 'older', file: 'incidents/a.md' }]);
    expect(pageStatus(result)).toBe('operational');
  });

  it('is not green for a notice that may have become an incident', async () => {
    const notice = incident('First.').replace(/components:\n.*\n/, 'impact: none\n');
    using repository = new TestRepository({ [A]: notice });
    repository.commit({ [A]: notice.replace('none', 'majr') });
    expect(pageStatus(await repository.lastGood())).toBe('unclear');
  });

  it('is not green for a maintenance that may have begun', async () => {
    const work =
      '---\ntitle: Upgrade\ncomponents: [checkout]\nscheduled: 2026-12-01 02:00 UTC\nuntil: 2026-12-01 04:00 UTC\n---\n';
    const file = 'content/maintenance/m.md';
    using repository = new TestRepository({ [file]: work });
    repository.commit({ [file]: `${work}\n## In progress · 2026-11-20 09:00\n\nIt begins today.\n` });
    const result = await repository.lastGood();
    expect(pageStatus(result)).toBe('unclear');
    expect(published(result).maintenance).toMatchObject([
      { scheduled: Date.parse('2026-12-01T02:00Z'), updates: [{}] },
    ]);
    repository.commit({ [file]: `${work}\n## Scheduled · 2026-11-20 09:00\n\nMore on it.\n` });
    expect(pageStatus(await repository.lastGood())).toBe('operational');
  });
});

describe('a file whose only fault is an update without text', () => {
  const SILENT = incident('First.').replace('First.\n', '');
  const OVER = `${SILENT}\n## Resolved · 2026-11-20 09:40 UTC\n`;
  const updatesOf = (result: LastGood) => published(result).incidents[0]?.updates.map(({ word }) => word);

  it.each([
    ['open', SILENT, 'partial_outage', ['investigating']],
    ['resolved', OVER, 'operational', ['investigating', 'resolved']],
  ])('is shown as it stands, and its error is reported: %s', async (_, text, status, words) => {
    using repository = new TestRepository();
    repository.commit({ [A]: text });
    const result = await repository.lastGood();
    expect(result.diagnostics[0]).toMatchObject({ file: 'incidents/a.md', line: 7, ruleId: 'update-empty' });
    expect(result.changes).toMatchObject([{ kind: 'certain', file: 'incidents/a.md', line: 7 }]);
    expect(updatesOf(result)).toEqual(words);
    expect(pageStatus(result)).toBe(status);
    expect(published(result).incidents[0]?.partial).toBeUndefined();
  });

  it('is shown as it stands in place of an older version that has text', async () => {
    using repository = new TestRepository({ [A]: incident('First.') });
    repository.commit({ [A]: `${incident('First.')}\n## Resolved · 2026-11-20 09:40 UTC\n` });
    const result = await repository.lastGood();
    expect(updatesOf(result)).toEqual(['investigating', 'resolved']);
    expect(pageStatus(result)).toBe('operational');
  });

  it('stays closed when its component is renamed, and when a later edit has a mistake', async () => {
    using repository = new TestRepository({ [A]: OVER });
    repository.commit({ 'content/components.yml': RENAMED });
    expect(pageStatus(await repository.lastGood())).toBe('operational');
    repository.commit({ [A]: OVER.replace('title:', 'impcat: a\ntitle:') });
    const result = await repository.lastGood();
    expect(result.changes.map(({ kind }) => kind)).toEqual(['retired', 'older']);
    expect(updatesOf(result)).toEqual(['investigating', 'resolved']);
    expect(pageStatus(result)).toBe('operational');
  });

  it('has descriptions in the place of pictures that are gone', async () => {
    const text = `${incident('![A map](/map.png)')}\n## Resolved · 2026-11-20 09:40 UTC\n`;
    using repository = new TestRepository({ 'public/map.png': 'a', [A]: text });
    repository.commit({ 'public/map.png': undefined });
    const result = await repository.lastGood();
    expect(result.changes.map(({ kind }) => kind)).toEqual(['certain', 'pictures']);
    expect(textOf(published(result).incidents)).toContain('A map');
    expect(textOf(published(result).incidents)).not.toContain('map.png');
  });

  it('may be a maintenance', async () => {
    const file = 'content/maintenance/m.md';
    const work =
      '---\ntitle: Upgrade\ncomponents: [checkout]\nscheduled: 2026-11-20 08:00 UTC\nuntil: 2026-11-20 16:00 UTC\n---\n';
    using repository = new TestRepository({ [file]: `${work}\n## Completed · 2026-11-20 09:00 UTC\n` });
    expect(pageStatus(await repository.lastGood())).toBe('operational');
  });
});

describe('a renamed component', () => {
  const names = Array.from({ length: 400 }, (_, index) => `content/incidents/${index}.md`);
  const many = Object.fromEntries(names.map((name, index) => [name, incident(`Number ${index}.`)]));

  it('keeps four hundred incidents that name the old one, which is retired', async () => {
    using repository = new TestRepository(many);
    repository.commit({ 'content/components.yml': RENAMED });
    const result = await repository.lastGood();
    expect(result.changes).toHaveLength(1);
    expect(result.changes).toMatchObject([{ kind: 'retired', name: 'checkout', retired: '2026-11-21' }]);
    const { incidents, components } = published(result);
    expect(incidents).toHaveLength(400);
    expect(incidents[0]?.components).toEqual({ checkout: 'partial_outage' });
    expect([...components.keys()]).toEqual(['payments', 'website', 'checkout']);
    expect(components.get('checkout')).toMatchObject({ name: 'Checkout' });
  });

  it('is retired on the day it was taken out, where its incidents are older', async () => {
    using repository = new TestRepository({ [A]: incident('Old.', 'checkout', '2026-03-01') });
    repository.commit({ 'content/components.yml': RENAMED });
    const now = Date.parse('2026-12-24T12:00Z');
    expect((await repository.lastGood({ now })).changes).toMatchObject([{ kind: 'retired', retired: '2026-11-20' }]);
  });

  it('stays together with a broken edit of an incident that names the old one', async () => {
    using repository = new TestRepository({ [A]: incident('First.') });
    repository.commit({ 'content/components.yml': RENAMED, [A]: BROKEN });
    const result = await repository.lastGood();
    expect(result.changes.map(({ kind }) => kind)).toEqual(['retired', 'older']);
    expect(textOf(published(result).incidents)).toContain('First.');
  });

  it('gives an alias that was deleted back to the component that had it', async () => {
    const aliased = COMPONENTS.replace('name: Checkout', 'name: Checkout\n  aliases: [pay]');
    using repository = new TestRepository({ 'content/components.yml': aliased, [A]: incident('First.', 'pay') });
    repository.commit({ 'content/components.yml': COMPONENTS });
    const result = await repository.lastGood();
    expect(result.changes).toMatchObject([
      { kind: 'alias', name: 'pay', owner: 'checkout', files: ['incidents/a.md'] },
    ]);
    expect(published(result).incidents[0]?.components).toEqual({ checkout: 'partial_outage' });
  });

  it('that was retired before what is on record is retired after it', async () => {
    using repository = new TestRepository({ [A]: incident('First.', 'checkout', '2026-11-10') });
    const retired = COMPONENTS.replace('name: Checkout', 'name: Checkout\n  retired: 2026-11-01');
    repository.commit({ 'content/components.yml': retired });
    const result = await repository.lastGood();
    expect(result.changes).toMatchObject([{ kind: 'postponed', name: 'checkout', retired: '2026-11-11' }]);
    expect(published(result).incidents).toHaveLength(1);
  });

  it('that was retired long ago is not brought back by a new incident', async () => {
    using repository = new TestRepository();
    const retired = COMPONENTS.replace('name: Checkout', 'name: Checkout\n  retired: 2026-11-01');
    repository.commit({ 'content/components.yml': retired });
    repository.commit({ [A]: incident('First.') });
    const result = await repository.lastGood();
    expect(result.changes).toMatchObject([{ kind: 'partial', file: 'incidents/a.md' }]);
    expect(published(result).incidents).toMatchObject([{ components: {} }]);
  });

  it('hides no open incident whose components are all gone', async () => {
    using repository = new TestRepository({ [A]: incident('First.') });
    repository.commit({ 'content/components.yml': '- id: website\n  name: Website\n' });
    expect(pageStatus(await repository.lastGood())).toBe('partial_outage');
    const later = Date.parse('2026-12-24T12:00Z');
    expect(pageStatus(await repository.lastGood({ now: later }), later)).toBe('degraded_performance');
  });
});

describe('site.yml and components.yml', () => {
  it('stay as they last read', async () => {
    using repository = new TestRepository({ [A]: incident('First.') });
    repository.commit({ 'content/site.yml': SITE.replace('Acme', 'Acme Ltd') });
    repository.commit({ 'content/site.yml': 'name: [Acme\n', 'content/components.yml': '- id: Checkout!\n' });
    const result = await repository.lastGood();
    expect(result.changes).toMatchObject([
      { kind: 'older', file: 'site.yml' },
      { kind: 'older', file: 'components.yml' },
    ]);
    expect(published(result).site.name).toBe('Acme Ltd');
    expect([...published(result).components.keys()]).toEqual(['checkout', 'website']);
  });

  it('are what incidents are read against, also where the newest of them hides what is wrong', async () => {
    using repository = new TestRepository({ [A]: incident('First.') });
    repository.commit({ 'content/components.yml': '- id: [checkout\n', [B]: incident('Second.', 'chekout') });
    const result = await repository.lastGood();
    expect(result.changes).toMatchObject([
      { kind: 'older', file: 'components.yml' },
      { kind: 'partial', file: 'incidents/b.md', reason: expect.stringContaining('chekout') as string },
    ]);
    expect(published(result).incidents.map(({ id, components }) => [id, components])).toEqual([
      ['a', { checkout: 'partial_outage' }],
      ['b', {}],
    ]);
  });

  it('come back when they are deleted, since nothing can be published without them', async () => {
    using repository = new TestRepository();
    repository.commit({ 'content/site.yml': undefined, 'content/components.yml': undefined });
    const result = await repository.lastGood();
    expect(result.changes).toMatchObject([{ file: 'site.yml' }, { file: 'components.yml' }]);
    expect(published(result).site.name).toBe('Acme');
  });

  it('that never read are said to be the reason why nothing is published', async () => {
    using repository = new TestRepository({ 'content/site.yml': 'nmae: Acme\n' });
    await expect(repository.lastGood()).rejects.toThrow(/Nothing can be published: site\.yml has errors/);
  });

  it('stay at the address where the page is served', async () => {
    const address = new URL('http://STATUS.acme.example');
    using repository = new TestRepository();
    expect((await repository.lastGood({ address })).changes).toEqual([]);
    repository.commit({ 'content/site.yml': SITE.replace('status.', 'stauts.') });
    const result = await repository.lastGood({ address });
    expect(result.changes).toMatchObject([{ kind: 'older', file: 'site.yml', line: 2 }]);
    expect(published(result).site.url.href).toBe('https://status.acme.example/');
  });

  it('that never named the address where the page is served stop everything, with the line to write', async () => {
    using repository = new TestRepository();
    const address = new URL('https://acme.github.io/status');
    await expect(repository.lastGood({ address })).rejects.toThrow(/\n {2}url: https:\/\/acme\.github\.io\/status\/$/);
  });

  it('do without a logo that was deleted', async () => {
    const site = `${SITE}logo: /logo.svg\ndescription: Whether it works\n`;
    using repository = new TestRepository({ 'public/logo.svg': '<svg/>', 'content/site.yml': site });
    repository.commit({ 'public/logo.svg': undefined });
    const result = await repository.lastGood();
    expect(result.changes).toMatchObject([{ kind: 'logo', line: 4 }]);
    expect(published(result).site).toMatchObject({ name: 'Acme', description: 'Whether it works' });
  });
});

describe('names by language', () => {
  const IN_THREE = `${SITE}locales: [en, de, ar]\n`;
  const LIST = '- id: checkout\n  name: { en: Checkout, de: Kasse, ar: الدفع }\n- id: website\n  name: Website\n';
  const names = (result: LastGood) =>
    published(result)
      .components.values()
      .map(({ name, names: others }) => [name, ...(others ?? new Map()).entries()])
      .toArray();

  it('stay where the page has their language, when it loses another', async () => {
    using repository = new TestRepository({ 'content/site.yml': IN_THREE, 'content/components.yml': LIST });
    repository.commit({ 'content/site.yml': IN_THREE.replace(', ar', '') });
    const result = await repository.lastGood();
    expect(result.changes).toMatchObject([
      { kind: 'languages', line: 2, reason: expect.stringContaining('“ar”') as string },
    ]);
    expect(names(result)).toEqual([['Checkout', ['de', { name: 'Kasse' }]], ['Website']]);
  });

  it('do for the main language, when that is a new one', async () => {
    const list = LIST.replace('en: Checkout, ', '');
    using repository = new TestRepository({
      'content/site.yml': `${SITE}locales: [de, ar]\n`,
      'content/components.yml': list,
    });
    repository.commit({ 'content/site.yml': `${SITE}locales: [en, de, ar]\n` });
    const result = await repository.lastGood();
    expect(result.changes).toMatchObject([{ kind: 'languages', line: 2 }]);
    expect(names(result)).toEqual([['Kasse', ['de', { name: 'Kasse' }], ['ar', { name: 'الدفع' }]], ['Website']]);
  });

  it('come back with a component that older incidents need', async () => {
    using repository = new TestRepository({
      'content/site.yml': IN_THREE,
      'content/components.yml': LIST,
      [A]: incident('First.'),
    });
    repository.commit({ 'content/components.yml': '- id: website\n  name: Website\n' });
    const result = await repository.lastGood();
    expect(result.changes).toMatchObject([{ kind: 'retired', name: 'checkout' }]);
    expect(names(result)).toEqual([['Website'], ['Checkout', ['de', { name: 'Kasse' }], ['ar', { name: 'الدفع' }]]]);
  });
});

describe('a deleted file', () => {
  it('stays deleted', async () => {
    using repository = new TestRepository({ [A]: incident('First.'), [B]: incident('Second.') });
    repository.commit({ [A]: undefined, [B]: BROKEN });
    const result = await repository.lastGood();
    expect(published(result).incidents).toMatchObject([{ id: 'b' }]);
  });

  it('does not come back through a new one of its name', async () => {
    using repository = new TestRepository({ [A]: incident('First.') });
    repository.commit({ [A]: undefined });
    repository.commit({ [A]: BROKEN });
    const result = await repository.lastGood();
    expect(result.changes).toMatchObject([{ kind: 'partial', file: 'incidents/a.md' }]);
    expect(textOf(published(result).incidents)).not.toContain('First.');
  });
});

describe('a picture that was deleted', () => {
  it('is published as its description', async () => {
    using repository = new TestRepository({ 'public/map.png': 'x', [A]: incident('First.') });
    repository.commit({ [A]: incident('See ![a map (of Europe)](/map.png) and more.') });
    repository.commit({ 'public/map.png': undefined });
    const result = await repository.lastGood();
    expect(result.changes).toMatchObject([{ kind: 'pictures', file: 'incidents/a.md', line: 9 }]);
    expect(textOf(published(result).incidents)).toContain('See a map (of Europe) and more.');
  });

  it('that never was there leaves the text before it', async () => {
    using repository = new TestRepository({ [A]: incident('First.') });
    repository.commit({ [A]: incident('See ![a map](/map.png).') });
    expect(textOf(published(await repository.lastGood()).incidents)).toContain('First.');
  });
});

describe('the marks of a merge conflict', () => {
  it('leave the newest of what was merged', async () => {
    using repository = new TestRepository({ [A]: incident('First.') });
    repository.git('checkout', '--quiet', '-b', 'other');
    repository.commit({ [A]: incident('Theirs.') });
    repository.git('checkout', '--quiet', 'main');
    repository.commit({ [A]: incident('Ours.') });
    expect(() => repository.git('merge', '--quiet', 'other')).toThrow();
    repository.commit({});
    const result = await repository.lastGood();
    expect(result.diagnostics).toMatchObject([{ ruleId: 'merge-conflict' }]);
    expect(result.changes).toMatchObject([{ kind: 'older', file: 'incidents/a.md' }]);
    expect(textOf(published(result).incidents)).toContain('Ours.');
  });
});

describe('the history', () => {
  it('is searched as far as it goes', async () => {
    using repository = new TestRepository({ [A]: incident('Very first.') });
    for (let index = 0; index < 9; index += 1) repository.commit({ [A]: `${BROKEN}\nNumber ${index}.` });
    expect(textOf(published(await repository.lastGood()).incidents)).toContain('Very first.');
  });

  it('holds what somebody wrote while merging', async () => {
    using repository = new TestRepository({ [A]: incident('First.') });
    repository.git('checkout', '--quiet', '-b', 'other');
    repository.commit({ [A]: incident('Theirs.') });
    repository.git('checkout', '--quiet', 'main');
    repository.commit({ [A]: incident('Ours.') });
    expect(() => repository.git('merge', '--quiet', 'other')).toThrow();
    repository.commit({ [A]: incident('Both.') });
    repository.commit({ [A]: BROKEN });
    expect(textOf(published(await repository.lastGood()).incidents)).toContain('Both.');
  });
});

describe('the instant of the examples', () => {
  it('stays when its file breaks', async () => {
    using repository = new TestRepository({ 'content/.example': '2026-11-20T10:05:00Z\n' });
    repository.commit({ 'content/.example': 'soon\n' });
    const result = await repository.lastGood();
    expect(result.changes).toMatchObject([{ kind: 'older', file: '.example' }]);
    expect(published(result).exampleNow).toBe(Date.parse('2026-11-20T10:05Z'));
  });
});

/** What is shown otherwise than its file says. */
const kinds = ({ changes }: LastGood) => changes.map((one) => ('file' in one ? `${one.kind} ${one.file}` : one.kind));

describe('a page of the owner', () => {
  const page = (text: string) => `---\ntitle: Contact\n---\n\n${text}\n`;

  it('is shown as it was without an error, and every incident as it is', async () => {
    using repository = new TestRepository({ 'content/pages/contact.md': page('Call us.') });
    repository.commit({
      'content/pages/contact.md': page('[Call us](javascript:x)'),
      'content/incidents/a.md': incident('Look.'),
    });
    const good = await repository.lastGood();
    expect(kinds(good)).toEqual(['older pages/contact.md']);
    expect(published(good).pages.map(({ body }) => bodyText(body))).toEqual(['Call us.']);
    expect(published(good).incidents).toHaveLength(1);
  });

  it('has the styles that it last had without an error, or its usual ones', async () => {
    using repository = new TestRepository({ 'content/theme.css': ':root { --soft: #fff }' });
    expect(kinds(await repository.lastGood())).toEqual(['left-out theme.css']);
    repository.commit({ 'content/theme.css': 'h1 { color: red }' });
    repository.commit({ 'content/theme.css': '@import url(https://elsewhere.example/a.css);' });
    const good = await repository.lastGood();
    expect(kinds(good)).toEqual(['older theme.css']);
    expect(published(good).theme).toContain('h1{color:red}');
  });

  it('is left out if it never was without an error, with its translation', async () => {
    using repository = new TestRepository({
      'content/site.yml': `${SITE}locales: [en, de]\n`,
      // The heading of an update makes no incident of it.
      'content/pages/contact.md': '---\ntitle: Contact\nnavi: header\n---\n\n## Monitoring\n\nText.\n',
      'content/pages/contact.de.md': page('Rufen Sie an.'),
    });
    const good = await repository.lastGood();
    expect(kinds(good)).toEqual(['left-out pages/contact.md', 'untranslated pages/contact.de.md']);
    expect(published(good).pages).toEqual([]);
  });
});

describe('an announcement', () => {
  const announcement = (front: string) => `---\ntitle: TLS\nfrom: 2026-11-20 09:00 UTC\n${front}---\n`;

  it('is shown as it was without an error, or not at all: it never is an incident, and hides none', async () => {
    using repository = new TestRepository({ 'content/announcements/tls.md': announcement('') });
    repository.commit({
      'content/announcements/tls.md': announcement('until: 2026-11-01 09:00 UTC\n'),
      'content/announcements/new.md': announcement('components: [chekout]\n'),
      'content/incidents/a.md': incident('Look.'),
    });
    const good = await repository.lastGood();
    expect(kinds(good)).toEqual(['left-out announcements/new.md', 'older announcements/tls.md']);
    const { announcements, incidents, maintenance } = published(good);
    expect(announcements.map(({ id, until }) => [id, until])).toEqual([['tls', Date.parse('2026-12-04T09:00Z')]]);
    expect([incidents.map(({ partial }) => partial), maintenance]).toEqual([[undefined], []]);
  });
});

describe('words of the owner', () => {
  const words = (good: LastGood) => published(good).words;

  it('with an error in one text are published without that text', async () => {
    using repository = new TestRepository({
      'content/i18n/en.json': '{ "history": "Past", "suport": "Help" }',
    });
    const good = await repository.lastGood();
    expect(words(good).get('en')).toEqual({ history: 'Past' });
    expect(kinds(good)).toEqual(['words i18n/en.json']);
  });

  it('that are no JSON are published as they were before', async () => {
    using repository = new TestRepository({ 'content/i18n/en.json': '{ "history": "Past" }' });
    repository.commit({ 'content/i18n/en.json': '{ "history": "Before" ' });
    const good = await repository.lastGood();
    expect(words(good).get('en')).toEqual({ history: 'Past' });
    expect(kinds(good)).toEqual(['older i18n/en.json']);
  });

  it('that were never JSON hold nothing up, not even a page in that language', async () => {
    using repository = new TestRepository({
      'content/site.yml': `${SITE}locale: ga\n`,
      'content/i18n/ga.json': 'history: Stair',
      'content/incidents/a.md': incident('We are looking.').replace('components', 'compnents'),
    });
    const good = await repository.lastGood();
    expect(published(good)).toMatchObject({ site: { locale: 'ga' }, incidents: [{ partial: true }] });
    expect(words(good).get('ga')).toEqual({});
    expect(kinds(good)).toEqual(['words i18n/ga.json', 'partial incidents/a.md']);
  });

  it('in plural forms that are not whole are published in English', async () => {
    using repository = new TestRepository({
      'content/site.yml': `${SITE}locale: ga\n`,
      'content/i18n/ga.json': '{ "history": "Stair", "duration.days.other": "{count} lá" }',
    });
    expect(words(await repository.lastGood()).get('ga')).toEqual({ history: 'Stair' });
  });

  it('in a file that is named after no language are left out', async () => {
    using repository = new TestRepository({ 'content/i18n/german.json': '{}' });
    const good = await repository.lastGood();
    expect(words(good).size).toBe(0);
    expect(kinds(good)).toEqual(['left-out i18n/german.json']);
  });
});

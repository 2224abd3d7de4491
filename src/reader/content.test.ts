import { describe, expect, it } from 'vitest';
import { readContent } from './content.ts';
import { NOW, incident, readFiles, SITE_REVIEWED } from '../__tests__/support/reader.ts';
import { CATALOGS } from '../i18n/words.ts';

const UPDATE = '## Investigating · 2026-11-20 09:20 UTC\n\nWe are looking.';

describe('one reading of content/', () => {
  it('tells the instant that the examples are of, if they are there', () => {
    expect(readFiles({ '.example': '2026-11-20T12:00:00Z' }).content?.exampleNow).toBe(NOW);
    expect(readFiles({}).content).not.toHaveProperty('exampleNow');
  });

  it('has events newest first, those of one start by name', () => {
    const later = UPDATE.replace('09:20', '09:30');
    const files = { c: UPDATE, a: UPDATE, d: later, b: UPDATE };
    const read = (names: readonly (keyof typeof files)[]) =>
      readFiles(Object.fromEntries(names.map((name) => [`incidents/${name}.md`, incident(files[name])])));
    const ids = (names: readonly (keyof typeof files)[]) => read(names).content?.incidents.map(({ id }) => id);
    expect(ids(['c', 'a', 'd', 'b'])).toEqual(['d', 'a', 'b', 'c']);
    expect(ids(['b', 'd', 'a', 'c'])).toEqual(['d', 'a', 'b', 'c']);
  });

  it('looks no further into settings with marks of a conflict', () => {
    const site = `<<<<<<< HEAD\nname: A\n=======\nname: B\n>>>>>>> main\n${SITE_REVIEWED}`;
    const { content, diagnostics } = readFiles({ 'site.yml': site });
    expect(diagnostics.map(({ file, line, ruleId }) => `${file}:${String(line)} ${ruleId}`)).toEqual([
      'site.yml:1 merge-conflict',
    ]);
    expect(content).toBeUndefined();
  });

  it('reviews the words of what has warnings, and not of what has errors', () => {
    const late = '## Investigating · 2026-11-20 11:55 UTC\n\nCard payments fail.';
    const rules = (front: string, text = late) =>
      readFiles({ 'site.yml': SITE_REVIEWED, 'incidents/a.md': incident(text, front) }).diagnostics.map(
        ({ ruleId }) => ruleId,
      );
    expect(rules('title: Card payments fail')).toEqual(['impact-unknown', 'promise-missing']);
    expect(rules('title: Card payments fail\nimpact: minor', `${late}\n\n- **Ended:** 11:50 UTC`)).toEqual([
      'label-misplaced',
    ]);
  });

  it('leaves alone what is neither of these files', () => {
    const { content, diagnostics } = readFiles({ notes: 'x', 'incidents/a.md': incident(UPDATE) });
    expect(diagnostics).toEqual([]);
    expect(content?.incidents).toHaveLength(1);
    expect(content?.maintenance).toEqual([]);
  });
});

describe('a file without front matter is shown one', () => {
  it.each([
    [
      'incidents/a.md',
      '---\ntitle: Some customers cannot pay\ncomponents:\n  checkout: partial_outage\n---\n\n## Investigating · 2026-11-20 12:00 UTC',
    ],
    [
      'maintenance/a.md',
      '---\ntitle: Database upgrade\ncomponents: [checkout]\nscheduled: 2026-11-20 12:00 UTC\nuntil: 2026-11-20 12:00 UTC\n---',
    ],
  ])('%s', (path, example) => {
    expect(readFiles({ [path]: 'Text.' }).diagnostics).toMatchObject([{ ruleId: 'front-matter-missing', example }]);
  });
});

describe('an unexpected error', () => {
  it('is reported in the file that was read, and does not stop the others', () => {
    const broken = (path: string) => ({
      path,
      get text(): string {
        throw new Error('Out of luck.');
      },
    });
    const files = [
      { path: 'site.yml', text: SITE_REVIEWED },
      { path: 'components.yml', text: '- id: checkout\n  name: Checkout\n' },
      { path: 'incidents/a.md', text: incident(UPDATE) },
      broken('incidents/b.md'),
      broken('templates/t.md'),
    ];
    const { content, diagnostics } = readContent({ files, publicFiles: new Set() }, { now: NOW, catalogs: CATALOGS });
    const faults = diagnostics.filter(({ ruleId }) => ruleId === 'file-fault');
    expect(faults.map(({ file, line }) => `${file}:${line}`)).toEqual(['incidents/b.md:1', 'templates/t.md:1']);
    expect(faults[0]?.reason).toContain('Out of luck.');
    expect(content?.incidents.map(({ id }) => id)).toEqual(['a']);
  });
});

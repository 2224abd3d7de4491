import { describe, expect, it } from 'vitest';
import { incident, readFiles, wrongWith } from '../../__tests__/support/reader.ts';

const PIN = '{#u-20261120T091800Z}';

function idsIn(text: string): string[] | undefined {
  return readFiles({ 'incidents/a.md': incident(text) }).content?.incidents[0]?.updates.map(({ id }) => id);
}

describe('an id behind a heading', () => {
  it.each(['·', '—', '–', '-', '|'])('is the id of the update, with “%s” as separator', (separator) => {
    const text = `## Resolved ${separator} 2026-11-20 09:20 UTC ${PIN}\n\nAll works.`;
    expect(wrongWith(text)).toEqual([]);
    expect(idsIn(text)).toEqual(['u-20261120T091800Z']);
  });

  it.each([
    ['an offset', '## Resolved · 2026-11-20 10:20 +01:00 {#u-20261120T091800Z}'],
    ['no space before it', '## Resolved · 2026-11-20 09:20 UTC{#u-20261120T091800Z}'],
    ['hashes behind it', '## Resolved · 2026-11-20 09:20 UTC {#u-20261120T091800Z} ##'],
    ['a comment behind it', '## Resolved · 2026-11-20 09:20 UTC {#u-20261120T091800Z} <!-- corrected -->'],
  ])('is read with %s', (_, heading) => {
    expect(wrongWith(`${heading}\n\nAll works.`)).toEqual([]);
    expect(idsIn(`${heading}\n\nAll works.`)).toEqual(['u-20261120T091800Z']);
  });

  it('may have the number of a further update at one instant', () => {
    const text =
      '## Identified · 2026-11-20 09:20 UTC {#u-20261120T091800Z-2}\n\nA.\n\n## Monitoring · 2026-11-20 09:20 UTC\n\nB.';
    expect(wrongWith(text)).toEqual([]);
    expect(idsIn(text)).toEqual(['u-20261120T091800Z-2', 'u-20261120T092000Z']);
  });

  it('names an update of a maintenance', () => {
    const front = 'title: A\ncomponents: [checkout]\nscheduled: 2026-11-25 01:00 UTC\nuntil: 2026-11-25 02:00 UTC';
    const file = incident(`## Scheduled · 2026-11-20 09:20 UTC ${PIN}\n\nWe work.`, front);
    const { content, diagnostics } = readFiles({ 'maintenance/a.md': file });
    expect(diagnostics).toEqual([]);
    expect(content?.maintenance[0]?.updates[0]?.id).toBe('u-20261120T091800Z');
  });

  it.each([
    ['{u-20261120T091800Z}', PIN],
    ['{#20261120T091800Z}', PIN],
    ['{#u-20261120T091800Z', PIN],
    ['{ #u-20261120T091800Z }', PIN],
    ['{#u-20261120091800}', PIN],
    ['(#u-20261120T091800Z)', PIN],
    ['#u-20261120T091800Z', PIN],
    ['u-20261120T091800Z', PIN],
    ['{#u-20261120T091800Z} {#u-20261120T091900Z}', PIN],
    ['{#u-20261120T091800Z-1}', ''],
    ['{#u-20261320T091800Z}', ''],
    ['{#resolved}', ''],
    ['{}', ''],
    ['{#u-20261120T091800Z-started}', ''],
    ['{#u-20261120T091800Z-ended}', ''],
  ])('%s is an error, and the line to write is free of errors', (written, meant) => {
    const expected = `## Resolved · 2026-11-20 09:20 UTC ${meant}`.trim();
    const wrong = wrongWith(`## Resolved · 2026-11-20 09:20 UTC ${written}\n\nAll works.`);
    expect(wrong).toMatchObject([{ ruleId: 'heading-id', line: 7, expected }]);
    expect(wrongWith(`${expected}\n\nAll works.`)).toEqual([]);
  });

  it.each([
    ['the status is misspelt', 'Resolvd · 2026-11-20 09:20 UTC'],
    ['the time has no zone', 'Resolved · 2026-11-20 09:20'],
    ['a colon separates', 'Resolved: 2026-11-20 09:20 UTC'],
  ])('stays in the line to write when %s', (_, heading) => {
    const [wrong] = wrongWith(`## ${heading} ${PIN}\n\nAll works.`);
    expect(wrong?.expected).toBe(`## Resolved · 2026-11-20 09:20 UTC ${PIN}`);
  });

  it('stays in the line to write for what nearly is a heading', () => {
    const wrong = wrongWith(
      `## Identified · 2026-11-20 09:00 UTC\n\nA.\n\n##Resolved · 2026-11-20 09:20 UTC ${PIN}\n\nB.`,
    );
    expect(wrong).toMatchObject([{ ruleId: 'heading-nearly', expected: `## Resolved · 2026-11-20 09:20 UTC ${PIN}` }]);
  });
});

describe('two updates with one id', () => {
  it.each([
    [
      'both are pinned',
      `## Identified · 2026-11-20 09:20 UTC ${PIN}`,
      `## Monitoring · 2026-11-20 09:40 UTC ${PIN}`,
      2,
    ],
    [
      'the time of the second has it',
      `## Identified · 2026-11-20 09:17 UTC ${PIN}`,
      '## Monitoring · 2026-11-20 09:18 UTC',
      2,
    ],
    [
      'the time of the first has it',
      '## Identified · 2026-11-20 09:18 UTC',
      `## Monitoring · 2026-11-20 09:40 UTC ${PIN}`,
      1,
    ],
  ])('are an error if %s, and the line to write has another one', (_, first, second, wrongOne) => {
    const text = (one: string, two: string) => `${one}\n\nA.\n\n${two}\n\nB.`;
    const [wrong, ...others] = wrongWith(text(first, second));
    expect(wrong).toMatchObject({ ruleId: 'heading-id-twice', line: wrongOne === 1 ? 7 : 11 });
    expect(others).toEqual([]);
    const write = wrong?.expected ?? '';
    expect(write).toContain('{#u-20261120T091800Z-2}');
    expect(wrongWith(wrongOne === 1 ? text(write, second) : text(first, write))).toEqual([]);
  });
});

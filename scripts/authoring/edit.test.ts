import { describe, expect, it } from 'vitest';
import type { NewUpdate } from './edit.ts';
import { eventText, insertUpdate, updateText } from './edit.ts';

const at = (time: string) => Date.parse(`2026-11-20T${time}Z`);
const update = (more: Partial<NewUpdate> = {}): NewUpdate => ({
  word: 'identified',
  at: at('09:48'),
  message: 'A database failed.',
  ...more,
});
const BLOCK = '## Identified · 2026-11-20 09:48 UTC\n\nA database failed.';

describe('the text of an update', () => {
  it('has the heading, the message and the labelled lines, with an empty line between them', () => {
    const text = updateText(
      update({
        components: { checkout: 'major_outage', website: 'operational' },
        areas: ['Europe', 'Asia'],
        nextUpdate: at('10:30'),
        expectedFix: at('23:00'),
      }),
    );
    expect(text).toBe(`${BLOCK}

- **Components:** checkout: major outage, website: operational
- **Areas:** Europe, Asia
- **Next update:** 10:30 UTC
- **Expected fix:** 2026-11-20 23:00 UTC`);
  });

  it('looks back for the end', () => {
    const text = updateText(update({ word: 'resolved', ended: at('09:40') }));
    expect(text).toContain('## Resolved · 2026-11-20 09:48 UTC\n');
    expect(text).toMatch(/\n\n- \*\*Ended:\*\* 09:40 UTC$/);
  });

  it('has no list when nothing is labelled', () => {
    expect(updateText(update({ areas: [], components: {} }))).toBe(BLOCK);
  });
});

describe('the text of a new file', () => {
  it('is the one that the design shows', () => {
    const front = {
      title: 'Some customers in Europe cannot pay',
      components: { checkout: 'partial_outage', 'payments-api': 'degraded_performance' } as const,
      started: at('09:12'),
      areas: ['Europe'],
      reference: 'INC-4211',
    };
    const first = update({ word: 'investigating', at: at('09:20'), message: 'We look.', nextUpdate: at('09:50') });
    expect(eventText(front, first)).toBe(`---
title: Some customers in Europe cannot pay
components:
  checkout: partial_outage
  payments-api: degraded_performance
started: 2026-11-20 09:12 UTC
areas: [Europe]
reference: INC-4211
---

## Investigating · 2026-11-20 09:20 UTC

We look.

- **Next update:** 09:50 UTC
`);
  });

  it('lists components under maintenance', () => {
    const front = { title: 'Upgrade', components: ['search'], scheduled: at('10:00'), until: at('12:00') };
    expect(eventText(front, update()).split('---')[1]).toBe(
      '\ntitle: Upgrade\ncomponents: [search]\nscheduled: 2026-11-20 10:00 UTC\nuntil: 2026-11-20 12:00 UTC\n',
    );
  });

  it.each([
    ['"; rm -rf /', `'"; rm -rf /'`],
    ['All: broken # not', `"All: broken # not"`],
    ['null', '"null"'],
    ['- 💥', '"- 💥"'],
    ['long '.repeat(60).trim(), 'long '.repeat(60).trim()],
  ])('quotes the title %j where YAML needs it, on one line', (title, written) => {
    expect(eventText({ title }, update()).split('\n')[1]).toBe(`title: ${written}`);
  });
});

const FRONT = '---\ntitle: A\n---\n';
const OLD = '## Investigating · 2026-11-20 09:20 UTC\n\nOld.';
const NEW = '## Monitoring · 2026-11-20 09:30 UTC\n\nNewer.';
const oldestFirst = [{ line: 5, at: at('09:20') }, { line: 9, at: at('09:30') }]; // prettier-ignore
const newestFirst = [{ line: 5, at: at('09:30') }, { line: 9, at: at('09:20') }]; // prettier-ignore

describe('an inserted update', () => {
  it.each([
    ['goes to the end of a file that is oldest first', `${FRONT}\n${OLD}\n\n${NEW}\n`, oldestFirst, '09:48', `${FRONT}\n${OLD}\n\n${NEW}\n\n%\n`],
    ['goes to the top of a file that is newest first', `${FRONT}\n${NEW}\n\n${OLD}\n`, newestFirst, '09:48', `${FRONT}\n%\n\n${NEW}\n\n${OLD}\n`],
    ['goes between others by its time, oldest first', `${FRONT}\n${OLD}\n\n${NEW}\n`, oldestFirst, '09:25', `${FRONT}\n${OLD}\n\n%\n\n${NEW}\n`],
    ['goes between others by its time, newest first', `${FRONT}\n${NEW}\n\n${OLD}\n`, newestFirst, '09:25', `${FRONT}\n${NEW}\n\n%\n\n${OLD}\n`],
    ['goes to the end of a file that is newest first when it is the oldest', `${FRONT}\n${NEW}\n\n${OLD}\n`, newestFirst, '09:10', `${FRONT}\n${NEW}\n\n${OLD}\n\n%\n`],
    ['goes behind one of the same time, oldest first', `${FRONT}\n${OLD}\n\n${NEW}\n`, oldestFirst, '09:30', `${FRONT}\n${OLD}\n\n${NEW}\n\n%\n`],
    ['goes above one of the same time, newest first', `${FRONT}\n${NEW}\n\n${OLD}\n`, newestFirst, '09:30', `${FRONT}\n%\n\n${NEW}\n\n${OLD}\n`],
    ['goes behind the only one', `${FRONT}\n${OLD}\n`, oldestFirst.slice(0, 1), '09:48', `${FRONT}\n${OLD}\n\n%\n`],
    ['goes behind an announcement', `${FRONT}\nSoon.\n`, [], '09:48', `${FRONT}\nSoon.\n\n%\n`],
    ['ends a last line that had no end', `${FRONT}\n${OLD}`, oldestFirst.slice(0, 1), '09:48', `${FRONT}\n${OLD}\n\n%\n`],
    ['adds no empty line where one stands', `${FRONT}\n${OLD}\n\n`, oldestFirst.slice(0, 1), '09:48', `${FRONT}\n${OLD}\n\n%\n`],
    ['keeps more empty lines than it needs', `${FRONT}\n${OLD}\n\n \t\n`, oldestFirst.slice(0, 1), '09:48', `${FRONT}\n${OLD}\n\n \t\n%\n`],
    ['makes an empty line above itself at the top', `${FRONT}${NEW}\n\n${OLD}\n`, newestFirst.map(({ line, at }) => ({ line: line - 1, at })), '09:48', `${FRONT}\n%\n\n${NEW}\n\n${OLD}\n`],
  ] as const)('%s', (_, text, existing, time, expected) => {
    const added = update({ at: at(time) });
    const result = expected.replace('%', updateText(added));
    expect(insertUpdate(text, existing, added)).toBe(result);
  }); // prettier-ignore

  it.each(['\r\n', '\r'])('ends its lines in %j where the file does, and keeps every other byte', (end) => {
    const text = `\uFEFF${FRONT}\n${OLD}  \n\n\n${NEW}`.replaceAll('\n', end);
    const existing = [{ line: 5, at: at('09:20') }, { line: 10, at: at('09:30') }]; // prettier-ignore
    const added = update({ at: at('09:25'), nextUpdate: at('10:00') });
    const block = updateText(added).replaceAll('\n', end);
    const result = insertUpdate(text, existing, added);
    expect(result.replace(`${block}${end}${end}`, '')).toBe(text);
    expect(result.indexOf(block)).toBe(text.indexOf('## Monitoring'));
  });
});

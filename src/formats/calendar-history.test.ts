import fc from 'fast-check';
import ical from 'node-ical';
import { expect, test } from 'vitest';
import { formatTime } from '../core/time-text.ts';
import { NOW } from '../__tests__/support/reader.ts';
import { calendarOf } from './calendar.ts';
import { contextOf } from '../__tests__/support/formats.ts';

const HOUR = 3_600_000;
const FIRST = Date.parse('2026-08-01T09:00Z');

const step = fc.record({
  gap: fc.integer({ min: 1, max: 100 }),
  kind: fc.constantFrom('nothing', 'announced', 'note', 'move', 'move', 'begin', 'complete', 'cancel'),
  ahead: fc.integer({ min: -30, max: 200 }),
});
const start = fc.record({
  lead: fc.integer({ min: 1, max: 2000 }),
  text: fc.constantFrom('', 'We work.\n\n'),
  scheduled: fc.boolean(),
  announced: fc.boolean(),
});

/** A file as it was written, by somebody who only adds to it and takes what check suggests. */
function* versions(
  { lead, text, scheduled, announced }: typeof start extends fc.Arbitrary<infer T> ? T : never,
  steps: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[],
) {
  const plan = FIRST + lead * HOUR;
  let at = FIRST;
  let dated = announced ? at : undefined;
  let stage: 'ahead' | 'begun' | 'over' = 'ahead';
  let updates = scheduled ? `## Scheduled · ${formatTime(at)}\n\nSoon.\n` : '';
  const file = () =>
    `---\ntitle: A\ncomponents: [checkout]\nscheduled: ${formatTime(plan)}\nuntil: ${formatTime(plan + 2 * HOUR)}\n${dated === undefined ? '' : `announced: ${formatTime(dated)}\n`}---\n\n${text}${updates}`;
  const add = (word: string, line = '') =>
    (updates += `\n## ${word} · ${formatTime(at)}\n\nText.\n${line && `\n${line}\n`}`);
  yield { at, file: file(), moved: false };
  for (const { gap, kind, ahead } of steps) {
    at += gap * HOUR;
    const from = at + ahead * HOUR;
    const open = stage !== 'over';
    if (kind === 'announced' && updates === '') dated ??= at;
    if (kind === 'note') add('Update');
    if (kind === 'begin' && stage === 'ahead') add('In progress');
    if (kind === 'move' && open) add('Update', `- **Window:** ${formatTime(from)} – ${formatTime(from + 3 * HOUR)}`);
    if (kind === 'complete' && open) add('Completed');
    if (kind === 'cancel' && open) add('Cancelled');
    if (kind === 'begin') stage = stage === 'ahead' ? 'begun' : stage;
    if (kind === 'complete' || kind === 'cancel') stage = 'over';
    yield { at, file: file(), moved: kind === 'move' && open };
  }
}

test('SEQUENCE, DTSTAMP and LAST-MODIFIED never go back, and SEQUENCE rises with each move', () => {
  fc.assert(
    fc.property(start, fc.array(step, { maxLength: 8 }), (first, steps) => {
      let before = { sequence: -1, stamp: 0, modified: 0 };
      for (const { at, file, moved } of versions(first, steps)) {
        if (at > NOW) return;
        const text = calendarOf(contextOf({ 'maintenance/a.md': file }, at));
        const [event] = Object.values(ical.sync.parseICS(text)).filter((one) => one?.type === 'VEVENT');
        const now = {
          sequence: Number(event?.sequence),
          stamp: Number(event?.dtstamp),
          modified: Number(event?.lastmodified),
        };
        expect(now.sequence).toBeGreaterThanOrEqual(before.sequence + (moved ? 1 : 0));
        expect(now.stamp).toBeGreaterThanOrEqual(before.stamp);
        expect(now.modified).toBeGreaterThanOrEqual(before.modified);
        expect(now.stamp).toBeLessThanOrEqual(at);
        before = now;
      }
    }),
    { numRuns: 60 },
  );
});

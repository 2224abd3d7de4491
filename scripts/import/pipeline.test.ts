import { wordsFor } from '../../src/i18n/words.ts';
import { describe, expect, test } from 'vitest';
import { settle, type LifecycleOptions } from './pipeline.ts';
import type { ImportedEvent, ImportedUpdate } from './model.ts';
import { emptyReport, type Report } from './report.ts';
import { formatTime } from '../../src/core/time-text.ts';

const NOW = Date.parse('2026-03-01T00:00Z');
const PLACE = { file: 'incidents.json' };

describe('an incident', () => {
  test('that has all it needs stays as it is', () => {
    const { lines, kinds } = settled(incident({}, ['investigating 10:00', 'resolved 11:00', 'postmortem 12:00']));
    expect(lines).toEqual(['investigating 10:00', 'resolved 11:00', 'postmortem 12:00']);
    expect(kinds).toEqual([]);
  });

  test('that is over without saying so gets a Resolved update, counted, before its postmortem', () => {
    const { lines, kinds, report } = settled(
      incident({ closed: true, endedAt: at('11:00') }, ['investigating 10:00', 'postmortem 12:00']),
    );
    expect(lines).toEqual(['investigating 10:00', 'resolved 11:00', 'postmortem 12:00']);
    expect(kinds).toEqual(['resolved-added']);
    expect(report.added.updates).toBe(1);
  });

  test('that is reviewed before it ends is resolved with the review', () => {
    const { lines } = settled(
      incident({ closed: true, endedAt: at('13:00') }, ['investigating 10:00', 'postmortem 12:00']),
    );
    expect(lines).toEqual(['investigating 10:00', 'resolved 12:00', 'postmortem 12:00']);
  });

  test('that ends before its last update is resolved with that one', () => {
    const { lines } = settled(
      incident({ closed: true, endedAt: at('10:30') }, ['investigating 10:00', 'update 11:00']),
    );
    expect(lines).toEqual(['investigating 10:00', 'update 11:00', 'resolved 11:00']);
  });

  test('that opened again after its Resolved update is resolved again', () => {
    const { lines } = settled(
      incident({ closed: true, endedAt: at('13:00') }, ['investigating 10:00', 'resolved 11:00', 'monitoring 12:00']),
    );
    expect(lines.at(-1)).toBe('resolved 13:00');
  });

  test('that has no update gets one', () => {
    const { lines, kinds } = settled(incident({ closed: true, endedAt: at('11:00') }, []));
    expect(lines).toEqual(['investigating 10:00', 'resolved 11:00']);
    expect(kinds).toEqual(['update-added', 'resolved-added']);
  });

  test('that begins with Update begins with Investigating', () => {
    const { lines, kinds } = settled(incident({}, ['update 10:00', 'resolved 11:00']));
    expect(lines).toEqual(['investigating 10:00', 'resolved 11:00']);
    expect(kinds).toEqual(['first-status']);
  });

  test('that explains itself before it is resolved gives an update', () => {
    const { lines, kinds } = settled(incident({}, ['postmortem 10:00', 'postmortem 10:30', 'resolved 11:00']));
    expect(lines).toEqual(['investigating 10:00', 'update 10:30', 'resolved 11:00']);
    expect(kinds).toEqual(['postmortem-early', 'postmortem-early']);
  });

  test('that is open for over 30 days stays open and is listed', () => {
    const { lines, kinds } = settled(incident({}, ['investigating 10:00']));
    expect(lines).toEqual(['investigating 10:00']);
    expect(kinds).toEqual(['open-long']);
    expect(settled(incident({}, ['investigating 10:00']), { now: at('12:00') }).kinds).toEqual([]);
  });

  test('that was not updated for longer than asked is closed with its last update', () => {
    const open = incident({}, ['investigating 10:00', 'update 10:30']);
    const { lines, kinds } = settled(open, { now: NOW, closeOlderThanDays: 30 });
    expect(lines).toEqual(['investigating 10:00', 'update 10:30', 'resolved 10:30']);
    expect(kinds).toEqual(['closed-by-age']);
    expect(settled(open, { now: NOW, closeOlderThanDays: 90 }).kinds).toEqual(['open-long']);
  });

  test('loses updates that lie ahead of the clock, and itself if it has no other', () => {
    const now = at('10:00');
    const some = settled(incident({}, ['investigating 10:00', 'update 10:10', 'update 10:11']), { now });
    expect(some.lines).toEqual(['investigating 10:00', 'update 10:10']);
    expect(some.report.notWritten).toEqual({ incidents: 0, maintenance: 0, updates: 1 });
    const none = settled(incident({}, ['investigating 11:00']), { now });
    expect(none.lines).toEqual([]);
    expect(none.report.notWritten).toEqual({ incidents: 1, maintenance: 0, updates: 1 });
  });

  test('says so where an update has no text, under its status and at its time', () => {
    const resolved = { word: 'resolved' as const, at: at('11:00'), body: '<br>', place: PLACE };
    const { updates } = incident({}, ['investigating 10:00']);
    const given = incident({ updates: [...updates, resolved] as ImportedEvent['updates'] }, []);
    const settledUpdates =
      settle(given, { now: NOW, words: wordsFor('en') }, emptyReport('source', 'content', false))?.updates ?? [];
    expect(settledUpdates.map(({ word, at: time, body }) => [word, time, body])).toEqual([
      ['investigating', at('10:00'), 'Text.'],
      ['resolved', at('11:00'), 'No message was posted with this update.'],
    ]);
  });

  test('has its updates in order of time, equal ones as they stood', () => {
    const { lines } = settled(incident({}, ['resolved 11:00', 'identified 10:00', 'monitoring 10:00']));
    expect(lines).toEqual(['identified 10:00', 'monitoring 10:00', 'resolved 11:00']);
  });
});

describe('a maintenance', () => {
  test('that only the clock runs needs no end', () => {
    const { lines, kinds } = settled(maintenance({ closed: true }, ['scheduled 08:00']));
    expect(lines).toEqual(['scheduled 08:00']);
    expect(kinds).toEqual([]);
  });

  test('that no update started is not closed for its age', () => {
    const planned = maintenance({}, ['scheduled 08:00']);
    const { lines, kinds } = settled(planned, { now: NOW, closeOlderThanDays: 30 });
    expect(lines).toEqual(['scheduled 08:00']);
    expect(kinds).toEqual([]);
  });

  test('that an update started is completed if the source says so', () => {
    const { lines, kinds } = settled(maintenance({ closed: true, endedAt: at('11:30') }, ['in_progress 10:00']));
    expect(lines).toEqual(['in_progress 10:00', 'completed 11:30']);
    expect(kinds).toEqual(['resolved-added']);
    expect(settled(maintenance({ closed: true }, ['in_progress 10:00'])).lines.at(-1)).toBe('completed 12:00');
  });

  test('that runs on is listed, or closed if asked', () => {
    const running = maintenance({}, ['in_progress 10:00']);
    expect(settled(running).kinds).toEqual(['open-long']);
    expect(settled(running, { now: NOW, closeOlderThanDays: 30 }).lines).toEqual([
      'in_progress 10:00',
      'completed 10:00',
    ]);
  });

  test('that begins with Update was scheduled until its time, and runs from it on', () => {
    expect(settled(maintenance({}, ['update 09:00'])).lines).toEqual(['scheduled 09:00']);
    expect(settled(maintenance({ closed: true }, ['update 10:00'])).lines[0]).toBe('in_progress 10:00');
  });
});

function settled(event: ImportedEvent, given: Partial<LifecycleOptions> = {}) {
  const options = { now: NOW, words: wordsFor('en'), ...given };
  const report: Report = emptyReport('source', 'content', false);
  const updates: readonly ImportedUpdate[] = settle(event, options, report)?.updates ?? [];
  return {
    lines: updates.map((update) => `${update.word} ${formatTime(update.at).slice(11, 16)}`),
    kinds: report.entries.map(({ kind }) => kind),
    report,
  };
}

function incident(fields: Partial<ImportedEvent>, updates: string[]): ImportedEvent {
  const base = { identity: 'a', place: PLACE, title: 'A', components: {}, closed: false };
  return { kind: 'incident', ...base, start: at('10:00'), updates: updatesOf(updates), ...fields };
}

function maintenance(fields: Partial<ImportedEvent>, updates: string[]): ImportedEvent {
  const base = { identity: 'a', place: PLACE, title: 'A', components: {}, closed: false };
  return {
    kind: 'maintenance',
    ...base,
    start: at('10:00'),
    until: at('12:00'),
    updates: updatesOf(updates),
    ...fields,
  };
}

function updatesOf<Word extends string>(lines: string[]): ImportedUpdate<Word>[] {
  return lines.map((line) => {
    const [word = '', clock = ''] = line.split(' ');
    return { word: word as Word, at: at(clock), body: 'Text.', place: PLACE };
  });
}

function at(clock: string): number {
  return Date.parse(`2026-01-10T${clock}Z`);
}

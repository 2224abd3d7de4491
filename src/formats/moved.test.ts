import ical from 'node-ical';
import { describe, expect, test } from 'vitest';
import { incident } from '../__tests__/support/reader.ts';
import { calendarOf } from './calendar.ts';
import { feedOf } from './feed.ts';
import { eventMarkdown } from './markdown.ts';
import { statuspageDocument } from './statuspage/documents.ts';
import { contextOf } from '../__tests__/support/formats.ts';

const FRONT = `title: Database upgrade
components: [checkout]
scheduled: 2026-11-19 01:00 UTC
until: 2026-11-19 03:00 UTC
announced: 2026-11-10 10:00 UTC`;
const MOVED = `We move to a larger database.

## Update · 2026-11-18 10:00 UTC

A part arrives late.

- **Window:** 2026-11-20 01:00 UTC – 04:00 UTC`;

function at(now: string, text = MOVED) {
  return contextOf({ 'maintenance/db.md': incident(text, FRONT) }, Date.parse(now));
}

function entriesAt(now: string, text?: string) {
  return feedOf(at(now, text)).entries.map(({ id, text: said, published }) => [
    id.split('/').at(-1),
    new Date(published).toISOString().slice(0, 16),
    said.split('\n').at(-1),
  ]);
}

const FIRST = 'Scheduled for: 19 Nov 2026, 01:00 UTC – 19 Nov 2026, 03:00 UTC';
const SECOND = 'Scheduled for: 20 Nov 2026, 01:00 UTC – 20 Nov 2026, 04:00 UTC';

describe('a maintenance that an update moves', () => {
  test('is moved from that update on; what was published before says what it said', () => {
    const before = entriesAt('2026-11-18T09:00Z', 'We move to a larger database.');
    expect(before).toEqual([['announcement', '2026-11-10T10:00', FIRST]]);
    expect(entriesAt('2026-11-19T12:00Z')).toEqual([['u-20261118T100000Z', '2026-11-18T10:00', SECOND], ...before]);
    expect(entriesAt('2026-11-20T05:00Z').slice(0, 2)).toEqual([
      ['u-20261120T040000Z-ended', '2026-11-20T04:00', SECOND],
      ['u-20261120T010000Z-started', '2026-11-20T01:00', SECOND],
    ]);
  });

  test('has its new window in the API, the page of Markdown and the calendar, with a higher SEQUENCE', () => {
    const now = at('2026-11-19T12:00Z');
    const { scheduled_maintenances: list } = JSON.parse(statuspageDocument('scheduled-maintenances', now)) as {
      scheduled_maintenances: { status: string; scheduled_for: string; scheduled_until: string }[];
    };
    expect(list[0]).toMatchObject({
      status: 'scheduled',
      scheduled_for: '2026-11-20T01:00:00.000Z',
      scheduled_until: '2026-11-20T04:00:00.000Z',
    });
    const [event] = now.ledger.content.maintenance;
    expect(event && eventMarkdown(event, now)).toContain(
      '**New time:** 20 Nov 2026, 01:00 UTC – 20 Nov 2026, 04:00 UTC',
    );
    const events = [at('2026-11-18T09:00Z', 'We move to a larger database.'), now].map((context) => {
      const [one] = Object.values(ical.sync.parseICS(calendarOf(context))).filter((each) => each?.type === 'VEVENT');
      return [Number(one?.sequence), one?.start.toISOString(), one?.dtstamp.toISOString()];
    });
    expect(events).toEqual([
      [0, '2026-11-19T01:00:00.000Z', '2026-11-10T10:00:00.000Z'],
      [1, '2026-11-20T01:00:00.000Z', '2026-11-18T10:00:00.000Z'],
    ]);
  });
});

test('an occurrence that an exception cancels is completed in the API and an entry of its own in feeds', () => {
  const weekly = `${FRONT}\nrepeat: FREQ=WEEKLY\nexcept: { 2026-11-26: cancelled }`;
  const context = contextOf({ 'maintenance/db.md': incident('We work.', weekly) });
  const { scheduled_maintenances: list } = JSON.parse(statuspageDocument('scheduled-maintenances', context)) as {
    scheduled_maintenances: {
      status: string;
      resolved_at: string;
      incident_updates: { body: string }[];
      scheduled_for: string;
    }[];
  };
  const one = list.find(({ scheduled_for: at }) => at.startsWith('2026-11-26'));
  expect(one).toMatchObject({ status: 'completed', resolved_at: '2026-11-10T10:00:00.000Z' });
  expect(one?.incident_updates[0]?.body).toBe('Cancelled - This maintenance will not take place.');
  const titles = feedOf(context).entries.map(({ title }) => title);
  expect(titles.filter((title) => title.endsWith('Cancelled'))).toEqual(['Database upgrade — Cancelled']);
});

test('an undated announcement keeps its text where the first update came after the start', () => {
  const front = FRONT.replace(/\nannounced.*/, '');
  const text = 'We move to a larger database.\n\n## In progress · 2026-11-19 01:10 UTC\n\nIt began late.';
  const context = contextOf({ 'maintenance/db.md': incident(text, front) }, Date.parse('2026-11-19T02:00Z'));
  const [event] = context.ledger.content.maintenance;
  const holding = (texts: readonly string[]) => texts.filter((one) => one.includes('larger database')).length;
  expect(holding(feedOf(context).entries.map((entry) => entry.text))).toBe(1);
  expect(statuspageDocument('scheduled-maintenances', context).match(/larger database/g)).toHaveLength(1);
  expect(event && eventMarkdown(event, context).match(/larger database/g)).toHaveLength(1);
});

describe('an occurrence that a dated exception changes', () => {
  const weekly = (except: string) => ({
    'maintenance/db.md': incident(
      'We work.',
      `${FRONT}\nrepeat: FREQ=WEEKLY${except && `\nexcept: { 2026-11-26: ${except} }`}`,
    ),
  });
  const told = (except: string, now: string) => {
    const context = contextOf(weekly(except), Date.parse(now));
    const calendar = Object.values(ical.sync.parseICS(calendarOf(context)));
    const one = calendar.find((each) => each?.type === 'VEVENT' && each.uid.startsWith('db-2026-11-26@'));
    return {
      entries: feedOf(context).entries.map(({ id, text }) => [id.split('/').slice(-2).join('/'), text]),
      calendar: one?.type === 'VEVENT' && [Number(one.sequence), one.dtstamp.toISOString(), one.start.toISOString()],
    };
  };

  test('is moved by an entry of its own, and what was published before stays', () => {
    const before = told('', '2026-11-19T12:00Z');
    const after = told('{ moved: 2026-11-27 02:00 UTC, announced: 2026-11-20 09:00 UTC }', '2026-11-20T12:00Z');
    const text = 'This maintenance has been moved.\nScheduled for: 27 Nov 2026, 02:00 UTC – 27 Nov 2026, 04:00 UTC';
    expect(after.entries).toEqual([['db-2026-11-26/u-20261120T090000Z-moved', text], ...before.entries]);
    expect(before.calendar).toEqual([0, '2026-11-10T10:00:00.000Z', '2026-11-26T01:00:00.000Z']);
    expect(after.calendar).toEqual([1, '2026-11-20T09:00:00.000Z', '2026-11-27T02:00:00.000Z']);
  });

  test('is cancelled when that was announced, and completed then in the API', () => {
    const before = told('', '2026-11-19T12:00Z');
    const except = '{ cancelled: true, announced: 2026-11-20 09:00 UTC }';
    const after = told(except, '2026-11-20T12:00Z');
    expect(after.entries.map(([id]) => id)).toEqual([
      'db-2026-11-26/u-20261120T090000Z-cancelled',
      ...before.entries.map(([id]) => id),
    ]);
    expect(after.calendar).toEqual([1, '2026-11-20T09:00:00.000Z', '2026-11-26T01:00:00.000Z']);
    const document = statuspageDocument(
      'scheduled-maintenances',
      contextOf(weekly(except), Date.parse('2026-11-20T12:00Z')),
    );
    const { scheduled_maintenances: list } = JSON.parse(document) as {
      scheduled_maintenances: { scheduled_for: string }[];
    };
    expect(list.find((one) => one.scheduled_for.startsWith('2026-11-26'))).toMatchObject({
      status: 'completed',
      created_at: '2026-11-10T10:00:00.000Z',
      resolved_at: '2026-11-20T09:00:00.000Z',
    });
  });
});

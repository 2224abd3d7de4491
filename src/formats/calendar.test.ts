import ICAL from 'ical.js';
import ical from 'node-ical';
import { describe, expect, test } from 'vitest';
import { calendarOf } from './calendar.ts';
import { componentScope } from './scopes.ts';
import { HOSTILE } from '../__tests__/support/hostile-strings.ts';
import { contextOf } from '../__tests__/support/formats.ts';
import { incident } from '../__tests__/support/reader.ts';

interface Read {
  uid: unknown;
  sequence: number;
  status: unknown;
  summary: unknown;
  description: unknown;
  start: string;
  end: string;
}

/** Independent readers of calendars. */
const READERS: Readonly<Record<string, (text: string) => Read[]>> = {
  'ical.js': (text) =>
    new ICAL.Component(ICAL.parse(text) as [])
      .getAllSubcomponents('vevent')
      .map((component) => ({ component, event: new ICAL.Event(component) }))
      .map(({ component, event }) => ({
        uid: event.uid,
        sequence: event.sequence,
        status: component.getFirstPropertyValue('status'),
        summary: event.summary,
        description: event.description,
        start: event.startDate.toJSDate().toISOString(),
        end: event.endDate.toJSDate().toISOString(),
      })),
  'node-ical': (text) =>
    Object.values(ical.sync.parseICS(text))
      .filter((one) => one?.type === 'VEVENT')
      .map(({ uid, sequence, status, summary, description, start, end }) => ({
        uid,
        sequence: Number(sequence),
        status,
        summary,
        description,
        start: new Date(start).toISOString(),
        end: new Date(end ?? start).toISOString(),
      })),
};

const FRONT = `title: Database upgrade
components: [checkout, payments-api]
scheduled: 2026-11-25 01:00 UTC
until: 2026-11-25 03:00 UTC`;
const ANNOUNCED = '## Scheduled · 2026-11-10 10:00 UTC\n\nOrders cannot be changed; paying works, as [always](/help/).';

function work(updates: string, front = FRONT): Record<string, string> {
  return { 'maintenance/db.md': `---\n${front}\n---\n\n${updates}\n` };
}

function read(files: Record<string, string>, now?: string): Read {
  const text = calendarOf(contextOf(files, now === undefined ? undefined : Date.parse(now)));
  const [first, ...others] = Object.values(READERS).map((reader) => reader(text));
  for (const other of others) expect(other).toEqual(first);
  expect(first).toHaveLength(1);
  return first?.[0] as Read;
}

describe('a maintenance in the calendar', () => {
  test('says what is planned, when, and what it affects', () => {
    expect(read(work(ANNOUNCED))).toEqual({
      uid: 'db@status.acme.example',
      sequence: 1,
      status: 'CONFIRMED',
      summary: 'Database upgrade',
      description:
        'Orders cannot be changed; paying works, as always.\n' +
        'Scheduled for: 25 Nov 2026, 01:00 UTC – 25 Nov 2026, 03:00 UTC\n' +
        'Affects: Checkout, Payments API\n' +
        'https://status.acme.example/maintenance/db/',
      start: '2026-11-25T01:00:00.000Z',
      end: '2026-11-25T03:00:00.000Z',
    });
  });

  test('that was moved has the same UID, a higher SEQUENCE and the new time', () => {
    const moved = read(
      work(`${ANNOUNCED}\n\n## Scheduled · 2026-11-12 10:00 UTC\n\nA day later.`, FRONT.replaceAll('-25', '-26')),
    );
    expect(moved).toMatchObject({
      uid: 'db@status.acme.example',
      sequence: 2,
      status: 'CONFIRMED',
      start: '2026-11-26T01:00:00.000Z',
    });
    expect(moved.description).toMatch(/^A day later\.\n/);
  });

  test('that was cancelled has STATUS CANCELLED and says so', () => {
    const cancelled = read(work(`${ANNOUNCED}\n\n## Cancelled · 2026-11-12 10:00 UTC\n\nNot needed any more.`));
    expect(cancelled).toMatchObject({
      uid: 'db@status.acme.example',
      sequence: 2,
      status: 'CANCELLED',
      summary: 'Cancelled: Database upgrade',
      start: '2026-11-25T01:00:00.000Z',
    });
  });

  test('begins and ends when the work did', () => {
    const front = FRONT.replaceAll('-25', '-20');
    const begun = `${ANNOUNCED}\n\n## In progress · 2026-11-20 00:50 UTC\n\nWe begin.`;
    expect(read(work(begun, front))).toMatchObject({
      start: '2026-11-20T00:50:00.000Z',
      end: '2026-11-20T03:00:00.000Z',
    });
    const done = `${begun}\n\n## Completed · 2026-11-20 03:40 UTC\n\nDone.`;
    expect(read(work(done, front))).toMatchObject({ sequence: 3, end: '2026-11-20T03:40:00.000Z' });
  });

  test('without any update says what was announced', () => {
    const { sequence, description } = read(work('We move to a larger database.'));
    expect(sequence).toBe(0);
    expect(description).toMatch(/^We move to a larger database\.\nScheduled for: .*\nAffects: /);
  });

  test('leaves with ninety days, but for the newest, so that no calendar becomes empty', () => {
    const later = work(ANNOUNCED, FRONT.replaceAll('-25', '-26'))['maintenance/db.md'] ?? '';
    const files = { ...work(ANNOUNCED), 'maintenance/later.md': later };
    const uids = (now: string) =>
      READERS['ical.js']?.(calendarOf(contextOf(files, Date.parse(now)))).map(({ uid }) => String(uid).split('@')[0]);
    expect(uids('2027-02-23T02:00Z')).toEqual(['later', 'db']);
    expect(uids('2027-02-23T04:00Z')).toEqual(['later']);
    expect(uids('2030-01-01T00:00Z')).toEqual(['later']);
  });
});

/** Required properties of a calendar, and the components that it holds: RFC 5545, sections 3.4, 3.6 and 3.6.5; RFC 5546, 3.2.1. */
function checkMinimum(text: string): void {
  const lines = text.split('\r\n');
  expect([lines[0], ...lines.slice(-2)]).toEqual(['BEGIN:VCALENDAR', 'END:VCALENDAR', '']);
  for (const property of ['VERSION:2.0', 'PRODID:'])
    expect(lines.filter((line) => line.startsWith(property))).toHaveLength(1);
  const root = new ICAL.Component(ICAL.parse(text) as []);
  expect(root.getAllSubcomponents().length).toBeGreaterThan(0);
  if (root.getFirstProperty('method')) expect(root.getAllSubcomponents('vevent').length).toBeGreaterThan(0);
  // Properties stand before components.
  const after = lines.slice(lines.findIndex((line, index) => index > 0 && line.startsWith('BEGIN:')));
  expect(
    after.filter((line) => /^(METHOD|NAME|SOURCE|TIMEZONE-ID|X-)/.test(line) && !line.startsWith('X-MICROSOFT')),
  ).toEqual([]);
  for (const event of root.getAllSubcomponents('vevent'))
    for (const name of ['uid', 'dtstamp', 'dtstart']) expect(event.getAllProperties(name), name).toHaveLength(1);
  for (const zone of root.getAllSubcomponents('vtimezone')) {
    expect(zone.getAllProperties('tzid')).toHaveLength(1);
    const [standard] = zone.getAllSubcomponents('standard');
    for (const name of ['dtstart', 'tzoffsetfrom', 'tzoffsetto']) expect(standard?.getFirstProperty(name)).toBeTruthy();
  }
}

describe('the calendar', () => {
  test('has what RFC 5545 requires, with and without events', () => {
    for (const files of [{}, work(ANNOUNCED), work('We move to a larger database.')]) {
      const text = calendarOf(contextOf(files));
      checkMinimum(text);
      const count = Object.keys(files).length;
      for (const reader of Object.values(READERS)) expect(reader(text)).toHaveLength(count);
    }
  });

  test('has its name, its address, and when to ask again', () => {
    const root = new ICAL.Component(ICAL.parse(calendarOf(contextOf(work(ANNOUNCED)))) as []);
    const value = (name: string) => String(root.getFirstPropertyValue(name));
    expect(value('method')).toBe('PUBLISH');
    expect(value('name')).toBe('Acme maintenance');
    expect(value('x-wr-calname')).toBe('Acme maintenance');
    expect(value('source')).toBe('https://status.acme.example/maintenance.ics');
    expect(value('refresh-interval')).toBe('PT1H');
    expect(value('x-published-ttl')).toBe('PT1H');
    const [event] = root.getAllSubcomponents('vevent');
    expect(event?.getFirstPropertyValue('transp')).toBe('TRANSPARENT');
    expect(event?.getFirstPropertyValue('url')).toBe('https://status.acme.example/maintenance/db/');
  });

  test('is the same whenever it is built, and its stamp is the last change', () => {
    const early = calendarOf(contextOf(work(ANNOUNCED)));
    expect(calendarOf(contextOf(work(ANNOUNCED), Date.parse('2026-11-24T12:00Z')))).toBe(early);
    expect(early).toContain('\r\nDTSTAMP:20261110T100000Z\r\n');
    const edited = `${ANNOUNCED}\n\n- **Edited:** 2026-11-11 09:00 UTC`;
    expect(calendarOf(contextOf(work(edited)))).toContain('\r\nDTSTAMP:20261111T090000Z\r\n');
  });

  test('of a component has what names it, and no more', () => {
    const context = contextOf(work(ANNOUNCED));
    const of = (id: string) => {
      const component = context.ledger.content.components.get(id);
      return component ? calendarOf(context, componentScope(context, component)) : '';
    };
    expect(of('checkout')).toContain('NAME:Checkout: Acme maintenance\r\n');
    expect(of('checkout')).toContain('SOURCE;VALUE=URI:https://status.acme.example/components/checkout/mainte');
    expect(READERS['ical.js']?.(of('checkout'))).toHaveLength(1);
    expect(READERS['ical.js']?.(of('ftp'))).toEqual([]);
    expect(READERS['node-ical']?.(of('ftp'))).toEqual([]);
  });

  test('takes text that is hostile to calendars: every line is short and whole, and nothing breaks out', () => {
    const nasty = ['a;b,c\\d:e"', '👩‍👩‍👧‍👦'.repeat(40), 'END:VEVENT', 'x\r\nSTATUS:CANCELLED', ...HOSTILE];
    const context = contextOf(work(ANNOUNCED));
    const [one] = context.ledger.content.maintenance;
    context.ledger.content.site.name = nasty.join(' ');
    const maintenance = nasty.flatMap((title, index) => (one ? [{ ...one, id: `m-${String(index)}`, title }] : []));
    const given = { ...context, ledger: { ...context.ledger, content: { ...context.ledger.content, maintenance } } };
    const text = calendarOf(given);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    for (const line of text.split('\r\n')) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(line).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f]|\p{Surrogate}/u);
    }
    for (const reader of Object.values(READERS)) {
      const events = reader(text);
      expect(events.map(({ status }) => status)).toEqual(nasty.map(() => 'CONFIRMED'));
      expect(String(events[1]?.summary)).toBe(nasty[1]);
      expect(String(events[0]?.summary)).toBe(nasty[0]);
    }
  });
});

test('calendar apps remind when the page does, and of nothing that is cancelled', () => {
  const window = 'title: Upgrade\nscheduled: 2026-11-25 01:00 UTC\nuntil: 2026-11-25 03:00 UTC\n';
  const alarms = (site: string, front = '', word = 'Scheduled') => {
    const text = incident(`## ${word} · 2026-11-02 10:00 UTC\n\nSoon.`, window + front);
    const files = { 'site.yml': `name: Acme\nurl: https://acme.example\n${site}`, 'maintenance/db.md': text };
    const calendar = new ICAL.Component(ICAL.parse(calendarOf(contextOf(files))) as []);
    const found = calendar.getFirstSubcomponent('vevent')?.getAllSubcomponents('valarm') ?? [];
    return found.map((one) => ['action', 'trigger'].map((name) => String(one.getFirstPropertyValue(name))).join(' '));
  };
  const twice = ['DISPLAY -P1D', 'DISPLAY -PT1H'];
  expect(alarms('')).toEqual([]);
  expect(alarms('remind: [24h, 1h]')).toEqual(twice);
  expect(alarms('', 'remind: [24h, 1h]')).toEqual(twice);
  expect(alarms('remind: [24h]', 'remind: []')).toEqual([]);
  expect(alarms('remind: [24h]', '', 'Cancelled')).toEqual([]);
});

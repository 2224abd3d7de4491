import { describe, expect, it } from 'vitest';
import { contextOf } from '../__tests__/support/formats.ts';
import { NOW } from '../__tests__/support/reader.ts';
import { areasOf } from '../core/areas.ts';
import { groupsById } from '../core/groups.ts';
import { overallAt, pageStatusAt } from '../core/status.ts';
import { nextRenewal, upcomingChanges } from '../core/upcoming-changes.ts';
import { isFor, isOld } from '../../scripts/notify/plan.ts';
import { announcementsJson } from './announcements.ts';
import { calendarOf } from './calendar.ts';
import { feedOf } from './feed.ts';
import { historyFeed } from './history.ts';
import { emailOf } from './notices/email.ts';
import { noticesOf } from './notices/notice.ts';
import { webhookBody } from './notices/webhook.ts';
import { announcementsSchema } from './schemas.ts';
import { areaScope, componentScope, groupScope } from './scopes.ts';
import { statuspageDocument } from './statuspage/documents.ts';

const HOUR = 3_600_000;
const FROM = NOW - HOUR;
const iso = (instant: number) =>
  new Date(instant)
    .toISOString()
    .replace('T', ' ')
    .replace(/:00\.000Z$/, ' UTC');
const FILES = {
  'site.yml': 'name: Acme\nurl: https://status.acme.example\ntime_zone: UTC\nareas: { eu: Europe, us: America }\n',
  'components.yml': '- group: Pay\n  components: [{ id: cards, name: Cards }, { id: bank, name: Bank }]\n',
  'announcements/tls.md': `---\ntitle: TLS 1.1 goes\nfrom: ${iso(FROM)}\nuntil: ${iso(NOW + 2 * HOUR)}\ncomponents: [cards]\nareas: [eu]\n---\n\nIt **goes**.\n`,
};
const context = contextOf(FILES);
const { ledger } = context;
const titles = (of = context, scope?: Parameters<typeof feedOf>[1]) =>
  feedOf(of, scope).entries.map(({ title }) => title);

describe('an announcement', () => {
  it('is one entry, at the time it is published, in the feed of the page and of what it is about', () => {
    const [cards, bank] = ['cards', 'bank'].map((id) => ledger.content.components.get(id));
    const pay = groupsById(ledger.content.tree).get('pay');
    const [eu, us] = areasOf(ledger.content.site);
    if (!cards || !bank || !pay || !eu || !us) throw new RangeError();
    const said = ['TLS 1.1 goes — Announcement'];
    expect(titles()).toEqual(said);
    expect(titles(context, componentScope(context, cards))).toEqual(said);
    expect(titles(context, groupScope(context, pay))).toEqual(said);
    expect(titles(context, areaScope(context, eu))).toEqual(said);
    expect(titles(context, componentScope(context, bank))).toEqual([]);
    expect(titles(context, areaScope(context, us))).toEqual([]);
    expect(feedOf(context).entries[0]).toMatchObject({
      id: 'tag:status.acme.example,2026:announcements/tls/announcement',
      url: 'https://status.acme.example/announcements/tls/',
      published: FROM,
      categories: ['Cards'],
    });
  });

  it('is shown nowhere before that, and stays in feeds after the home page has dropped it', () => {
    const before = contextOf(FILES, FROM - 1);
    expect([titles(before), noticesOf(before.ledger), before.ledger.announcements]).toEqual([[], [], []]);
    expect(announcementsJson(before)).toBe('{"announcements":[]}\n');
    expect(titles(contextOf(FILES, NOW + 90 * 24 * HOUR))).toHaveLength(1);
  });

  it('has a build due when it is published and when it leaves the home page', () => {
    expect(nextRenewal(contextOf(FILES, FROM - HOUR / 2).ledger)).toBe(FROM);
    expect(upcomingChanges(ledger)).toEqual([NOW + 2 * HOUR]);
  });

  it('changes no status, and is no incident for programs', () => {
    const none = contextOf({ 'site.yml': FILES['site.yml'], 'components.yml': FILES['components.yml'] });
    expect(pageStatusAt(ledger, NOW)).toBe('operational');
    expect(overallAt(ledger, NOW)).toEqual(overallAt(none.ledger, NOW));
    expect(ledger.events.size).toBe(0);
    expect(historyFeed(context).entries).toEqual([]);
    expect(calendarOf(context)).toBe(calendarOf(none));
    expect(statuspageDocument('summary', context)).toBe(statuspageDocument('summary', none));
  });

  it('is sent once, also when its time is corrected, to channels that take notices and what it is about', () => {
    const [notice, ...others] = noticesOf(ledger);
    if (!notice) throw new RangeError();
    expect(others).toEqual([]);
    const moved = FILES['announcements/tls.md'].replace(iso(FROM), iso(FROM - HOUR));
    expect(noticesOf(contextOf({ ...FILES, 'announcements/tls.md': moved }).ledger)[0]?.id).toBe(notice.id);
    expect([isOld(notice, NOW), isOld(notice, NOW + 8 * 24 * HOUR)]).toEqual([false, true]);
    const takes = (channel: object) => isFor(channel as never, notice);
    expect([{}, { impacts: ['none'] }, { components: ['cards'] }].map(takes)).toEqual([true, true, true]);
    expect([{ impacts: ['major', 'maintenance'] }, { components: ['bank'] }].map(takes)).toEqual([false, false]);
    const { subject, text } = emailOf(notice, context);
    expect(subject).toBe('[Acme] TLS 1.1 goes — Announcement');
    expect(text).toContain('Components: Cards\n');
    expect(text).not.toMatch(/Notice|perational|ffected/);
  });

  it('is data under a name of its own, in the API and in webhooks', () => {
    const { announcements } = announcementsSchema.parse(JSON.parse(announcementsJson(context)));
    expect(announcements).toMatchObject([{ id: 'tls', pinned: false, components: ['cards'], areas: ['eu'] }]);
    expect(announcements[0]?.body).toBe('<p>It <strong>goes</strong>.</p>');
    const [notice] = noticesOf(ledger);
    const sent = notice && webhookBody(notice, context);
    expect(sent).toMatchObject({ announcement: announcements[0] });
    expect(sent).not.toHaveProperty('incident');
  });
});

import { describe, expect, it } from 'vitest';
import { NOW, readFiles } from '../../__tests__/support/reader.ts';
import { contextOf } from '../../__tests__/support/view.ts';
import { buildLedger } from '../../core/ledger.ts';
import { contentIn } from '../../core/locales.ts';
import { upcomingChanges } from '../../core/upcoming-changes.ts';
import { bodyText } from '../../reader/markdown/html.ts';
import { allMonths, allPages } from './all-pages.ts';
import { announcementModel, currentAnnouncements } from './announcement.ts';
import { answerOf } from './answer.ts';
import { monthModel } from './history.ts';
import { searchModel, searchParts, searchRecord } from './search.ts';

const announcement = (title: string, from: string, more = '') =>
  `---\ntitle: ${title}\nfrom: ${from} UTC\n${more}---\n\nText of ${title}.\n`;
const FILES = {
  'site.yml': 'name: Acme\nurl: https://status.acme.example/status/\nlocales: [en, de]\n',
  'announcements/old.md': announcement('Old', '2026-08-03 09:00', 'components: [checkout]\n'),
  'announcements/new.md': announcement('New', '2026-11-16 09:00', 'until: 2026-11-20 15:00 UTC\n'),
  'announcements/new.de.md': '---\ntitle: Neu\n---\n\nAuf Deutsch.\n',
  'announcements/pinned.md': announcement('Pinned', '2026-11-17 09:00', 'pinned: true\n'),
  'announcements/soon.md': announcement('Soon', '2026-11-21 09:00', 'pinned: true\n'),
};

function context(locale = 'en', now = NOW) {
  const { content } = readFiles(FILES);
  if (!content) throw new Error('The files have errors.');
  const ledger = buildLedger(contentIn(content, locale), now);
  return { ...contextOf(), text: bodyText, html: bodyText, ledger, instants: upcomingChanges(ledger) };
}
/** What a list shows, with when it is shown, in seconds. */
const shown = (isPinned: boolean, at = NOW) =>
  currentAnnouncements(context('en', at), isPinned).map(({ value, when }) => [
    value.lines.map((line) => [line.value.link.text, line.when['data-until']]),
    when['data-until'],
  ]);

describe('the home page', () => {
  const end = Date.parse('2026-11-20T15:00Z') / 1000;

  it('shows an announcement from its time until its end, when the heading goes too without a new build', () => {
    expect(shown(false)).toEqual([[[['New', end]], end]]);
    expect(shown(false, end * 1000)).toEqual([]);
  });

  it('keeps pinned ones apart, for 14 days unless they say otherwise, and shows none that is to come', () => {
    expect(shown(true)).toEqual([[[['Pinned', undefined]], undefined]]);
    expect(JSON.stringify(shown(true, Date.parse('2026-11-21T09:00Z')))).toMatch(/Soon.*Pinned/);
    expect(shown(true, Date.parse('2026-12-05T09:00Z'))).toEqual([]);
  });

  it('answers as if there were none', () => {
    expect(answerOf(context()).sentence.map(({ value }) => value.text)).toEqual(['All systems operational']);
  });
});

describe('an announcement', () => {
  it('is in the history of its month, even if nothing else happened then or before, and in the search', () => {
    const given = context();
    const months = allMonths(given);
    expect(months.map(({ month }) => month)).toEqual(['2026-11', '2026-10', '2026-09', '2026-08']);
    const lists = months.map((place) => monthModel(given, place).announcements?.lines.map(({ value }) => value.link));
    expect(lists).toEqual([
      [expect.objectContaining({ text: 'Pinned' }), expect.objectContaining({ text: 'New' })],
      undefined,
      undefined,
      [{ text: 'Old', href: '/status/announcements/old/' }],
    ]);
    const found = searchParts(given).flatMap(({ events }) => events.map((event) => searchRecord(given, event)));
    expect(found.map(({ meta }) => meta.title)).toEqual(['Pinned', 'New', 'Old']);
    expect(found.at(-1)).toMatchObject({
      content: 'Text of Old.',
      meta: { facts: 'Announcement · 3 Aug 2026, 09:00 UTC', about: 'Checkout' },
      filters: { component: ['checkout'], kind: ['announcement'], impact: ['note'], year: ['2026'] },
    });
    expect(JSON.stringify(searchModel(given)?.filters)).toContain('"value":"announcement"');
    expect(JSON.stringify(allPages(given))).toMatch(/announcements\/old\/(?!.*announcements\/soon\/)/);
  });

  it('is read in the language of the page, and says where it is not', () => {
    const given = context('de');
    const [pinned, translated] = given.ledger.announcements;
    if (!pinned || !translated) throw new RangeError();
    const model = announcementModel(given, translated);
    expect([model.title, model.html, model.note]).toEqual(['Neu', 'Auf Deutsch.', undefined]);
    expect(announcementModel(given, pinned)).toMatchObject({ lang: 'en', bodyLang: 'en', note: expect.any(String) });
  });
});

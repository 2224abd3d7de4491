import { affectedComponents } from '../core/incident.ts';
import { statuspageId } from './statuspage/page.ts';
import fc from 'fast-check';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import type { Heading } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, test } from 'vitest';
import { eventText, insertUpdate } from '../../scripts/authoring/edit.ts';
import type { NewUpdate } from '../../scripts/authoring/edit.ts';
import type { DraftEvent } from '../__tests__/support/arbitrary.ts';
import { COMPONENTS, draftEvents, draftMaintenance, NOW, runs, zone } from '../__tests__/support/arbitrary.ts';
import { startedAt } from '../core/history.ts';
import { buildLedger } from '../core/ledger.ts';
import type { StatusEvent } from '../core/model.ts';
import { messagesOf, newsOf } from '../core/messages.ts';
import { datesFor } from '../i18n/dates.ts';
import { CATALOGS, wordsFor } from '../i18n/words.ts';
import { readContent } from '../reader/content.ts';
import { SITE_REVIEWED } from '../__tests__/support/reader.ts';
import { contextOf as viewContext } from '../__tests__/support/view.ts';
import { allMonths, yearsOf } from '../view/models/all-pages.ts';
import { componentYearModel } from '../view/models/component-year.ts';
import { monthModel } from '../view/models/history.ts';
import { incidentModel } from '../view/models/incident.ts';
import { maintenanceModel } from '../view/models/maintenance.ts';
import { archiveFeed, archivePeriods } from './archive.ts';
import { atom } from './atom.ts';
import { calendarOf } from './calendar.ts';
import type { Feed } from './feed.ts';
import type { FeedContext } from './context.ts';
import { componentScope } from './scopes.ts';
import { feedOf } from './feed.ts';
import { historyAtom, historyFeed, historyRss } from './history.ts';
import { jsonFeed } from './json-feed.ts';
import { eventMarkdown } from './markdown.ts';
import { noticesOf } from './notices/notice.ts';
import { webhookBody } from './notices/webhook.ts';
import { rss } from './rss.ts';
import type { DocumentName } from './statuspage/documents.ts';
import { DOCUMENT_NAMES, statuspageDocument } from './statuspage/documents.ts';
import { wrongWithDocument } from '../__tests__/support/statuspage.ts';
import { READERS } from '../__tests__/support/formats.ts';

const RUNS = runs(20);
const NEWEST = 50;

/** Events as files, each written as the commands write it. */
function filesOf(drafts: readonly DraftEvent[], timeZone: string): { path: string; text: string }[] {
  return [
    { path: 'site.yml', text: `${SITE_REVIEWED}time_zone: ${timeZone}\n` },
    { path: 'components.yml', text: COMPONENTS },
    ...drafts.map((draft) => ({
      path: `${draft.kind === 'incident' ? 'incidents' : 'maintenance'}/${draft.id}.md`,
      text: textOf(draft),
    })),
  ];
}

function textOf({ kind: _, id: __, updates, ...front }: DraftEvent): string {
  const written = (updates as NewUpdate[]).map((update) => insertUpdate('', [], update).trim());
  const [head = ''] = eventText(front, { word: 'update', at: NOW, message: '' }).split(/(?<=\n---\n)/);
  return `${head}\n${written.join('\n\n')}\n`;
}

function contextOf(files: readonly { path: string; text: string }[], now = NOW): FeedContext {
  const { content, diagnostics } = readContent({ files, publicFiles: new Set() }, { now, catalogs: CATALOGS });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (!content || errors.length > 0) throw new Error(JSON.stringify({ errors, files }, null, 2));
  return { ledger: buildLedger(content, now), words: wordsFor('en'), dates: datesFor('en', content.site.time_zone) };
}

/** A property of what is made of any events. */
function ofAny(check: (one: FeedContext) => void) {
  return fc.property(draftEvents, zone, (drafts, name) => check(contextOf(filesOf(drafts, name))));
}

/** Maintenance alone, so that there is more of it. */
const works = fc
  .array(draftMaintenance, { maxLength: 6 })
  .map((drafts) => drafts.map((draft, index) => ({ ...draft, id: `m-${String(index)}` })));

function eventsOf({ ledger }: FeedContext): StatusEvent[] {
  return [...ledger.content.incidents, ...ledger.content.maintenance];
}

/** Every message as `EVENT MESSAGE`. */
function saidIn(events: readonly StatusEvent[], { ledger }: FeedContext): string[] {
  return newsOf(events, ledger).map(({ event, message }) => `${event.id} ${message.id}`);
}

/** The same of what feeds hold: `…incidents/ID/u-…`. */
function keyOf(id: string): string {
  const [event = '', update = ''] = id.split('/').slice(-2);
  return `${decodeURIComponent(event)} ${update}`;
}

describe('feeds of any events', () => {
  test('are read by all readers alike: an entry for each of the newest 50 updates, each with an id of its own', async () => {
    await fc.assert(
      fc.asyncProperty(draftEvents, zone, async (drafts, name) => {
        const one = contextOf(filesOf(drafts, name));
        const components = [...one.ledger.content.components.values()].map((component) =>
          feedOf(one, componentScope(one, component)),
        );
        const feeds = [feedOf(one), ...components, ...archivePeriods(one).map((month) => archiveFeed(one, month))];
        for (const feed of feeds) await expectRead(feed);
        const keys = saidIn(eventsOf(one), one);
        expect(feeds[0]?.entries.length).toBe(Math.min(keys.length, NEWEST));
      }),
      RUNS,
    );
  });
});

async function expectRead(feed: Feed): Promise<void> {
  const meant = feed.entries.map(({ id, url, published }) => ({
    id,
    url,
    published: new Date(published).toISOString(),
  }));
  expect(new Set(meant.map(({ id }) => id)).size).toBe(meant.length);
  const written = { rss: rss(feed), atom: atom(feed), json: jsonFeed(feed) };
  for (const format of ['rss', 'atom', 'json'] as const) {
    for (const read of Object.values(READERS[format])) {
      const entries = await read(written[format]);
      expect(entries.map(({ id, url, published }) => ({ id, url, published }))).toEqual(meant);
      expect(entries.map(({ title = '' }) => spaced(title))).toEqual(feed.entries.map(({ title }) => spaced(title)));
    }
  }
}

function spaced(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

test('the documents of Statuspage’s API are right for any events', () => {
  fc.assert(
    ofAny((one) => {
      for (const name of DOCUMENT_NAMES) {
        expect(wrongWithDocument(name, JSON.parse(statuspageDocument(name, one)))).toEqual([]);
      }
    }),
    RUNS,
  );
});

test('calendars of any maintenance are read by all readers alike', () => {
  fc.assert(
    fc.property(works, zone, (drafts, name) => {
      const one = contextOf(filesOf(drafts, name));
      const components = [...one.ledger.content.components.values()];
      for (const text of [
        calendarOf(one),
        ...components.map((component) => calendarOf(one, componentScope(one, component))),
      ]) {
        const events = new ICAL.Component(ICAL.parse(text) as [])
          .getAllSubcomponents('vevent')
          .map((each) => new ICAL.Event(each));
        const others = Object.values(nodeIcal.sync.parseICS(text)).filter((each) => each?.type === 'VEVENT');
        expect(others.map(({ uid }) => uid)).toEqual(events.map(({ uid }) => uid));
        expect(others.map(({ start }) => start.getTime())).toEqual(
          events.map(({ startDate }) => startDate.toJSDate().getTime()),
        );
        expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
      }
    }),
    RUNS,
  );
});

/** All that is made of content for machines, as one text. */
async function allOf(one: FeedContext): Promise<string> {
  const feed = feedOf(one);
  const archives = archivePeriods(one).map((month) => atom(archiveFeed(one, month)));
  const documents = DOCUMENT_NAMES.map((name) => statuspageDocument(name, one));
  const events = eventsOf(one).map((event) => eventMarkdown(event, one));
  return [rss(feed), jsonFeed(feed), ...archives, ...documents, ...events, calendarOf(one)].join('\n');
}

test('the order of the files changes nothing that is read, nor anything that is made of it', async () => {
  const shuffled = fc
    .tuple(draftEvents, zone)
    .map(([drafts, name]) => {
      // Of what began at the same instant one has to come first.
      const alike = drafts.slice(0, 2).map((draft, index) => ({ ...draft, id: `alike-${String(index)}` }));
      return filesOf([...alike, ...drafts], name);
    })
    .chain((files) => fc.tuple(fc.constant(files), fc.shuffledSubarray(files, { minLength: files.length })));
  await fc.assert(
    fc.asyncProperty(shuffled, async ([files, others]) => {
      const [one, other] = [contextOf(files), contextOf(others)];
      expect(other.ledger.content).toEqual(one.ledger.content);
      expect(await allOf(other)).toBe(await allOf(one));
    }),
    RUNS,
  );
});

/** Every time in a text for machines that says when something was, and not for when it is planned. */
function recordedTimes(text: string): number[] {
  const quoted = text.matchAll(/"(?:\w+_at|date_published|date_modified|generated_at)":\s*"([^"]+)"/g);
  const tagged = text.matchAll(/<(?:pubDate|lastBuildDate|published|updated|atom:updated)>([^<]+)</g);
  const stamped = text.matchAll(/^(?:DTSTAMP|CREATED|LAST-MODIFIED):(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/gm);
  return [
    ...[...quoted, ...tagged].map(([, time = '']) => Date.parse(time)),
    ...[...stamped].map(([, year, month, day, ...clock]) =>
      Date.parse(`${[year, month, day].join('-')}T${clock.join(':')}Z`),
    ),
  ];
}

test('no time in any output is later than the build', async () => {
  const ahead = fc.integer({ min: 0, max: 90 * 86_400 }).map((seconds) => NOW + seconds * 1000);
  await fc.assert(
    fc.asyncProperty(draftEvents, zone, ahead, async (drafts, name, now) => {
      const one = contextOf(filesOf(drafts, name), now);
      const history = historyFeed(one);
      const notices = noticesOf(one.ledger).map((notice) => JSON.stringify(webhookBody(notice, one)));
      const text = [await allOf(one), historyAtom(history), historyRss(history), ...notices].join('\n');
      const times = recordedTimes(text);
      expect(times.filter((time) => !(time <= now)).map((time) => new Date(time).toISOString())).toEqual([]);
      expect(times.length).toBeGreaterThan(0);
    }),
    RUNS,
  );
});

const markdown = unified().use(remarkParse).use(remarkGfm).freeze();

describe('every update that was read', () => {
  test('stands once on the page of its event', () => {
    fc.assert(
      ofAny((one) => {
        const { incidents, maintenance } = one.ledger.content;
        const view = viewContext({}, { ledger: one.ledger, dates: one.dates });
        const pages = [
          ...incidents.map((event) => ({ event, page: incidentModel(view, event) })),
          ...maintenance.map((event) => ({ event, page: maintenanceModel(view, event) })),
        ];
        for (const { event, page } of pages) {
          const shown = page.updates.map(({ id }) => id).filter((id) => id.startsWith('u-'));
          const messages = messagesOf(event, NOW).map(({ id }) => id);
          expect(shown.toSorted()).toEqual(messages.filter((id) => id.startsWith('u-')).toSorted());
        }
      }),
      RUNS,
    );
  });

  test('stands once in the archive, and in the feeds of all components that it names', () => {
    fc.assert(
      ofAny((one) => {
        const archived = archivePeriods(one).flatMap((month) =>
          archiveFeed(one, month).entries.map(({ id }) => keyOf(id)),
        );
        expect(archived.toSorted()).toEqual(saidIn(eventsOf(one), one).toSorted());
        const newest = feedOf(one).entries.map(({ id }) => keyOf(id));
        expect(newest).toEqual(archived.slice(0, NEWEST));
        for (const component of one.ledger.content.components.values()) {
          const naming = eventsOf(one).filter((event) =>
            [event, ...event.updates].some(({ components }) => components && component.id in components),
          );
          const said = new Set(saidIn(naming, one));
          const entries = feedOf(one, componentScope(one, component)).entries.map(({ id }) => keyOf(id));
          const all = archived.filter((key) => said.has(key));
          expect(entries).toEqual(all.slice(0, NEWEST));
          const older = archivePeriods(one, componentScope(one, component)).flatMap((year) =>
            archiveFeed(one, year, componentScope(one, component)).entries.map(({ id }) => keyOf(id)),
          );
          expect(older).toEqual(all.length > NEWEST ? all : []);
        }
      }),
      RUNS,
    );
  });

  test('stands in the Markdown of its event, newest first', () => {
    fc.assert(
      ofAny((one) => {
        for (const event of eventsOf(one)) {
          const headings = markdown
            .parse(eventMarkdown(event, one))
            .children.filter((node): node is Heading => node.type === 'heading' && node.depth === 2);
          const times = headings.map(({ children: [text] }) => (text?.type === 'text' ? text.value : ''));
          expect(times).toEqual(
            messagesOf(event, NOW)
              .filter(({ undated }) => !undated)
              .reverse()
              .map(({ word, at }) =>
                one.words.say('markdown.update', {
                  word: one.words.say(`word.${word}`),
                  time: one.dates.dateTime(at),
                }),
              ),
          );
        }
      }),
      RUNS,
    );
  });

  test('stands in Statuspage’s API', () => {
    fc.assert(
      ofAny((one) => {
        const updatesIn = (name: DocumentName, list: string) => {
          const document = JSON.parse(statuspageDocument(name, one)) as Record<
            string,
            { incident_updates: { id: string }[] }[]
          >;
          return (document[list] ?? []).flatMap((event) => event.incident_updates.map(({ id }) => id));
        };
        const ids = (events: readonly StatusEvent[]) =>
          events.flatMap((event) => event.updates.map(({ id }) => statuspageId('update', event.id, id)));
        const { content, openIncidents, running, upcoming } = one.ledger;
        expect(updatesIn('incidents', 'incidents').toSorted()).toEqual(ids(content.incidents).toSorted());
        expect(updatesIn('incidents/unresolved', 'incidents').toSorted()).toEqual(ids(openIncidents).toSorted());
        const all = new Set(updatesIn('scheduled-maintenances', 'scheduled_maintenances'));
        expect(ids(content.maintenance).filter((id) => !all.has(id))).toEqual([]);
        const toCome = new Set(updatesIn('summary', 'scheduled_maintenances'));
        expect(ids([...running, ...upcoming]).filter((id) => !toCome.has(id))).toEqual([]);
      }),
      RUNS,
    );
  });

  test('belongs to an event that the history has once, or that is still to come', () => {
    fc.assert(
      ofAny((one) => {
        const view = viewContext({}, { ledger: one.ledger, dates: one.dates });
        const listed = allMonths(view).flatMap((month) =>
          monthModel(view, month).days.flatMap(({ events }) => events.map(({ id }) => id)),
        );
        const { content, now } = one.ledger;
        const toCome = content.maintenance
          .filter((work) => startedAt(work, now) === undefined)
          .map(({ id }) => `e-${id}`);
        expect([...listed, ...toCome].toSorted()).toEqual(
          eventsOf(one)
            .map(({ id }) => `e-${id}`)
            .toSorted(),
        );
        for (const component of content.components.values()) {
          const told = yearsOf(view, component).flatMap((place) =>
            componentYearModel(view, component, place).months.flatMap(({ events }) => events.map(({ id }) => id)),
          );
          const named = eventsOf(one).filter((event) => affectedComponents(event).includes(component.id));
          const past = named.map(({ id }) => `e-${id}`).filter((id) => listed.includes(id));
          expect(told.toSorted()).toEqual(past.toSorted());
        }
        const whole = historyFeed(one).entries.map(({ id }) => decodeURIComponent(id.split('/').at(-1) ?? ''));
        const spoken = eventsOf(one).filter(({ updates }) => updates.length > 0);
        expect(spoken.map(({ id }) => id).filter((id) => !whole.includes(id))).toEqual([]);
      }),
      RUNS,
    );
  });
});

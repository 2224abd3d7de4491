import { isFinal, nextOccurrence } from '../../core/upcoming-changes.ts';
import { startedAt } from '../../core/history.ts';
import type { Message } from '../../core/messages.ts';
import { ANNOUNCEMENT, messagesOf } from '../../core/messages.ts';
import type { Body, Maintenance } from '../../core/model.ts';
import { factsOfMessage, isClockUpdate } from '../../i18n/facts.ts';
import { hrefOf, PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import { eventAnswer } from './answer.ts';
import { announcementLang, articleDates } from './event.ts';
import { eventFeeds } from './feeds.ts';
import { followOf } from './follow.ts';
import type { Entry, EventPage } from './incident.ts';
import { monthLink } from './incident.ts';
import { pageOf } from './page.ts';
import { previewsOf } from './preview.ts';
import { linesOf } from './promise.ts';
import type { Line } from './promise.ts';
import { full } from './rich.ts';
import type { Link, Rich } from './rich.ts';
import { factView, updateView } from './update.ts';
import type { UpdateView } from './update.ts';

/** `/maintenance/ID/` */
export function maintenanceModel(site: ViewContext, maintenance: Maintenance): EventPage {
  const { words, ledger } = site;
  const finished = isFinal(maintenance, ledger);
  const context = finished ? { ...site, instants: [] } : site;
  const newest = maintenance.updates.at(-1)?.body ?? maintenance.announcement;
  const back = historyOf(context, maintenance);
  return {
    page: pageOf(site, {
      title: maintenance.title,
      description: newest
        ? words.say('feed.fact', { label: words.say('maintenance'), value: context.text(newest) })
        : maintenance.title,
      path: PATHS.event(maintenance),
      preview: previewsOf(site).get(maintenance),
      article: articleDates(maintenance, ledger.now),
      feeds: eventFeeds(site, maintenance),
      finished,
    }),
    answer: eventAnswer(
      context,
      maintenance,
      linesOf(context, () => nextLine(context, maintenance)),
    ),
    updates: entriesOf(context, maintenance),
    follow: followOf(context, maintenance),
    ...(back && { back }),
  };
}

/** A link to the next occurrence of a series. */
function nextLine(context: ViewContext, maintenance: Maintenance): Line | undefined {
  const { ledger, words } = context;
  const next = nextOccurrence(maintenance, ledger);
  if (!next) return undefined;
  const link = { text: full(context, next.scheduled).text, href: hrefOf(context, next) };
  return { text: words.parts<Rich[number]>('maintenance.next', { link }) };
}

/** Updates, and messages by the clock, newest first. */
function entriesOf(context: ViewContext, maintenance: Maintenance): Entry[] {
  const messages = messagesOf(maintenance, context.ledger.now).reverse();
  const entries = messages
    .filter(({ undated, hasText, clock }) => !undated || hasText || clock)
    .map((message): Entry => ({ id: message.id, update: messageView(context, maintenance, message) }));
  const { announcement } = maintenance;
  const isWithFirst = announcement && messages.at(-1)?.id !== ANNOUNCEMENT;
  return isWithFirst ? [...entries, announcementOf(context, maintenance, announcement)] : entries;
}

function messageView(context: ViewContext, maintenance: Maintenance, message: Message): UpdateView {
  const { words } = context;
  const { update, undated, at } = message;
  if (update) return updateView(context, maintenance, update, { headingLevel: 2, own: true });
  const time = undated ? {} : { time: full(context, at) };
  if (message.id === ANNOUNCEMENT) return { ...announced(context, maintenance, message.bodies()[0]?.body), ...time };
  const text = { type: 'text' as const, value: isClockUpdate(message, words) };
  const body: Body = { type: 'root', children: [{ type: 'paragraph', children: [text] }] };
  return {
    word: words.say(`word.${message.word}`),
    ...time,
    html: context.html(body, { idPrefix: `${message.id}-`, headingLevel: 2 }),
    facts: factsOfMessage(maintenance, message, context.ledger.content, words).map((fact) =>
      factView(context, fact, { headingLevel: 2, own: true }),
    ),
  };
}

/** An announcement without a time. */
function announcementOf(context: ViewContext, maintenance: Maintenance, body: Body): Entry {
  return { id: ANNOUNCEMENT, update: announced(context, maintenance, body) };
}

function announced(context: ViewContext, maintenance: Maintenance, body: Body | undefined): UpdateView {
  const { words, html } = context;
  const place = { idPrefix: `${ANNOUNCEMENT}-`, headingLevel: 2 };
  return {
    word: words.say('maintenance.announced'),
    html: body ? html(body, place) : '',
    ...announcementLang(context, maintenance),
    facts: [],
  };
}

/** Its place in the history, once it has begun or should have. */
function historyOf(context: ViewContext, maintenance: Maintenance): Link | undefined {
  const began = startedAt(maintenance, context.ledger.now);
  return began === undefined ? undefined : monthLink(context, began);
}

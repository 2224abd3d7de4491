import type { ICalEventData } from 'ical-generator';
import ical, {
  escape,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { affectedNodes } from '../core/affected.ts';
import { calendarUid } from '../core/identity.ts';
import { maintenancePhases, phaseAt } from '../core/maintenance.ts';
import type { Component, Instant, Maintenance } from '../core/model.ts';
import { windowAt } from '../core/window.ts';
import { affectedInWords } from '../i18n/affected.ts';
import { bodyText } from '../reader/html.ts';
import { entryOf } from './feed-entry.ts';
import type { FeedContext } from './feed.ts';
import { xmlText } from './text.ts';

/** Whose maintenance, and where. */
interface Calendar {
  /** Address of the page it follows, with a slash at the end; the calendar is beside it. */
  url: string;
  name: string;
  maintenance: readonly Maintenance[];
}

/** What has been over for longer is left out. */
const PAST = 90 * 86_400_000;
/** Seconds after which a calendar may ask again. */
const TIME_TO_LIVE = 3600;

/** All maintenance to come, running, or over for less than ninety days, as iCalendar (RFC 5545). */
export function siteCalendar(context: FeedContext): string {
  const { site, maintenance } = context.ledger.content;
  return calendar(
    { url: site.url.href, name: context.words.say('calendar.title', { site: site.name }), maintenance },
    context,
  );
}

/** The same of one component. */
export function componentCalendar(context: FeedContext, component: Component): string {
  const { content, events } = context.ledger;
  const { site } = content;
  const maintenance = (events.get(component.id) ?? []).filter((event) => event.kind === 'maintenance');
  const name = context.words.say('calendar.component_title', { site: site.name, component: component.name });
  return calendar({ url: `${site.url.href}components/${component.id}/`, name, maintenance }, context);
}

function calendar({ url, name, maintenance }: Calendar, context: FeedContext): string {
  const { now } = context.ledger;
  const events = maintenance.filter((one) => windowAt(one, now).to >= now - PAST);
  const made = ical({
    prodId: { company: 'Candor', product: 'Candor', language: context.words.locale.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    // Of names the library escapes those of events alone.
    name: escape(plainText(name), false),
    url,
    source: new URL('maintenance.ics', url).href,
    ttl: TIME_TO_LIVE,
    events: events.map((one) => eventOf(one, context)),
  });
  return `${made.toString()}\r\n`;
}

/**
 * A maintenance keeps its UID for ever, and its SEQUENCE grows with every update, so that one that was moved or
 * cancelled moves in, or vanishes from, the calendars of those who subscribed:
 * https://www.rfc-editor.org/rfc/rfc5545#section-3.8.7.4
 */
function eventOf(maintenance: Maintenance, context: FeedContext): ICalEventData {
  const { ledger, words } = context;
  const { site } = ledger.content;
  const { from, to } = windowAt(maintenance, ledger.now);
  const cancelled = phaseAt(maintenancePhases(maintenance), ledger.now).status === 'cancelled';
  const changed = new Date(changedAt(maintenance));
  const title = cancelled ? words.say('calendar.cancelled', { title: maintenance.title }) : maintenance.title;
  return {
    id: escape(calendarUid(site, maintenance.id), false),
    sequence: maintenance.updates.length + (maintenance.calledOff ? 1 : 0),
    // Not the time of the build, which would make every copy of the calendar another one.
    stamp: changed,
    lastModified: changed,
    start: new Date(from),
    // One that took no time has no end: it must lie after the beginning.
    ...(to > from && { end: new Date(to) }),
    summary: plainText(title),
    description: plainText(descriptionOf(maintenance, context)),
    url: pageOf(maintenance, context),
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: ICalEventTransparency.TRANSPARENT,
    busystatus: ICalEventBusyStatus.FREE,
  };
}

/** The newest message with what it says as data, what is affected, and the address, which few calendars show. */
function descriptionOf(maintenance: Maintenance, context: FeedContext): string {
  const { ledger, words } = context;
  const { updates, announcement } = maintenance;
  const update = updates.at(-1);
  const components = affectedInWords(affectedNodes(ledger.content, maintenance), words);
  const parts = [
    update ? entryOf({ event: maintenance, update, index: updates.length - 1 }, context).text : '',
    !update && announcement ? bodyText(announcement) : '',
    components && words.say('calendar.components', { components }),
    pageOf(maintenance, context),
  ];
  return parts.filter(Boolean).join('\n');
}

/** When something was last said of it or corrected; before anybody said anything, the time it was planned for. */
function changedAt({ updates, scheduled }: Maintenance): Instant {
  const changes = updates.map(({ at, edited }) => Math.max(at, edited ?? at));
  return changes.length > 0 ? Math.max(...changes) : scheduled;
}

function pageOf({ id }: Maintenance, { ledger }: FeedContext): string {
  return `${ledger.content.site.url.href}maintenance/${encodeURIComponent(id)}/`;
}

/** Text without the characters that iCalendar forbids: https://www.rfc-editor.org/rfc/rfc5545#section-3.1 */
function plainText(text: string): string {
  return xmlText(text).replaceAll('\u007f', '');
}

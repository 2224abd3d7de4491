import { millisecondsInSecond } from 'date-fns/constants';
import { milliseconds } from 'date-fns/milliseconds';
import type { Instant } from '../core/days.ts';
import type { ICalAlarmData, ICalEventData } from 'ical-generator';
import ical, {
  escape,
  ICalAlarmType,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { affectedNodes } from '../core/affected.ts';
import { calendarUid } from '../core/events.ts';
import { hasWindow, maintenancePhases, phaseAt, windowAt } from '../core/maintenance.ts';
import { ANNOUNCEMENT, messagesOf } from '../core/messages.ts';
import type { Maintenance } from '../core/model.ts';
import { affectedInWords } from '../i18n/facts.ts';
import { entryOf } from './feed.ts';
import type { FeedContext } from './context.ts';
import { siteScope } from './scopes.ts';
import { xmlText } from './xml.ts';

/** Events that ended earlier are left out, except the newest, so that a calendar with events never becomes empty. */
const PAST = milliseconds({ days: 90 });
/**
 * Added if there are no events, since a calendar must have at least one component: RFC 5545, section 3.6. It matches all
 * times, which are in UTC.
 */
const UTC = [
  'BEGIN:VTIMEZONE',
  'TZID:Etc/UTC',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0000',
  'END:STANDARD',
  'END:VTIMEZONE',
].join('\r\n');
/** Seconds after which a calendar may ask again. */
const TIME_TO_LIVE = 3600;

/** Upcoming, running and recent maintenance as iCalendar (RFC 5545). */
export function calendarOf(context: FeedContext, scope = siteScope(context)): string {
  const { content, now } = context.ledger;
  const url = content.site.url.href + scope.path;
  const events = shown(
    scope.events.filter((event) => event.kind === 'maintenance'),
    now,
  );
  const made = ical({
    prodId: { company: 'Candor', product: 'Candor', language: context.words.locale.toUpperCase() },
    // A calendar with METHOD must have at least one event: RFC 5546, section 3.2.1.
    method: events.length > 0 ? ICalCalendarMethod.PUBLISH : null,
    // The library escapes only names of events.
    name: escape(plainText(scope.calendar), false),
    url,
    source: new URL('maintenance.ics', url).href,
    ttl: TIME_TO_LIVE,
    events: events.map((one) => eventOf(one, context)),
  });
  const text = made.toString();
  return `${events.length > 0 ? text : text.replace(/END:VCALENDAR$/, `${UTC}\r\nEND:VCALENDAR`)}\r\n`;
}

function shown(maintenance: readonly Maintenance[], now: Instant): readonly Maintenance[] {
  const endOf = (one: Maintenance) => windowAt(one, now).to;
  const planned = maintenance.filter(hasWindow);
  const recent = planned.filter((one) => endOf(one) >= now - PAST);
  return recent.length > 0 ? recent : [...planned].sort((a, b) => endOf(b) - endOf(a)).slice(0, 1);
}

/**
 * A maintenance keeps its UID forever, and its SEQUENCE grows with every update, so that calendars of subscribers move it
 * or remove it when it is moved or cancelled:
 * https://www.rfc-editor.org/rfc/rfc5545#section-3.8.7.4
 */
function eventOf(maintenance: Maintenance, context: FeedContext): ICalEventData {
  const { ledger, words } = context;
  const { site } = ledger.content;
  const { from, to } = windowAt(maintenance, ledger.now);
  const cancelled = phaseAt(maintenancePhases(maintenance), ledger.now).status === 'cancelled';
  const messages = messagesOf(maintenance, ledger.now);
  const changed = new Date(Math.max(...messages.map((message) => message.changed)));
  const title = cancelled ? words.say('calendar.cancelled', { title: maintenance.title }) : maintenance.title;
  return {
    id: escape(calendarUid(site, maintenance.id), false),
    sequence: messages.filter((message) => message.id !== ANNOUNCEMENT).length,
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
    // Subscribers of a cancelled one have nothing to be reminded of.
    alarms: cancelled ? [] : alarmsOf(maintenance.remind ?? site.remind, plainText(title)),
    transparency: ICalEventTransparency.TRANSPARENT,
    busystatus: ICalEventBusyStatus.FREE,
  };
}

/** What calendar apps remind of, in seconds before the start. */
function alarmsOf(ahead: readonly number[], description: string): ICalAlarmData[] {
  return ahead.map((time) => ({ type: ICalAlarmType.display, trigger: time / millisecondsInSecond, description }));
}

/** The newest message with its labelled lines, the affected components, and the address, which few calendars show. */
function descriptionOf(maintenance: Maintenance, context: FeedContext): string {
  const { ledger, words } = context;
  const said = messagesOf(maintenance, ledger.now).findLast(({ hasText }) => hasText);
  const components = affectedInWords(affectedNodes(ledger.content, maintenance), words);
  const parts = [
    said ? entryOf({ event: maintenance, message: said }, context).text : '',
    components && words.say('calendar.components', { components }),
    pageOf(maintenance, context),
  ];
  return parts.filter(Boolean).join('\n');
}

function pageOf({ id }: Maintenance, { ledger }: FeedContext): string {
  return `${ledger.content.site.url.href}maintenance/${encodeURIComponent(id)}/`;
}

/** Text without the characters that iCalendar forbids: https://www.rfc-editor.org/rfc/rfc5545#section-3.1 */
function plainText(text: string): string {
  return xmlText(text).replaceAll('\u007f', '');
}

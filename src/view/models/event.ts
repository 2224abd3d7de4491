import type { Instant } from '../../core/days.ts';
import type { AffectedComponent } from '../../core/affected.ts';
import { affectedNodes } from '../../core/affected.ts';
import { affectedComponents, hasKnownStart, incidentState, isNotice, severityOf } from '../../core/incident.ts';
import { isRunning, maintenancePhases, phaseAt, windowAt } from '../../core/maintenance.ts';
import { messagesOf } from '../../core/messages.ts';
import type { Incident, Maintenance, NewsEvent, StatusEvent } from '../../core/model.ts';
import { affectedParts, severityInWords } from '../../i18n/facts.ts';
import { durationInWords } from '../../i18n/durations.ts';
import { hrefOf } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import { statusTone } from '../tone.ts';
import type { Tone } from '../tone.ts';
import type { StatusView } from './components.ts';
import { full, langOf, marked, onSiteClock, range } from './rich.ts';
import type { Link, Moment, Rich } from './rich.ts';
import { updateView } from './update.ts';
import type { FactView, UpdateView } from './update.ts';

/** An event in a list. */
export interface EventSummary {
  /** Its anchor, unless the page has the event elsewhere too. */
  id?: string;
  title: string;
  /** The language of its title, if it is not the page's. */
  lang?: string;
  href: string;
  tone: Tone;
  /** Severity, status, time and duration. */
  facts: Rich[];
  components: Rich;
  /** The text of the newest update, except postmortems. Sanitized. */
  html: string;
  /** The language of the text, if it is not the page's. */
  textLang?: string | undefined;
  labels: FactView[];
  /** A link to all updates. */
  more?: Link;
}

/** The ids of the components that an event names. */
export function inOrderOfPage({ ledger }: ViewContext, event: NewsEvent): string[] {
  const named = new Set(affectedComponents(event));
  return [...ledger.content.components.keys()].filter((id) => named.has(id));
}

export function eventTone(event: StatusEvent): Tone {
  if (event.partial) return 'unknown';
  if (event.kind === 'maintenance') return 'maintenance';
  return isNotice(event) ? 'note' : statusTone(severityOf(event));
}

/** The tone of maintenance until it is over, then ok. */
function maintenanceTone(maintenance: Maintenance, at: Instant): Tone {
  const { status } = phaseAt(maintenancePhases(maintenance), at);
  if (status === 'completed') return 'ok';
  return status === 'cancelled' ? 'note' : 'maintenance';
}

/** What it is, and how far: first that it is resolved, once it is. */
export function eventStatus(context: ViewContext, event: StatusEvent, at: Instant): StatusView {
  const { words } = context;
  // What its file says of it may be the part that cannot be read.
  if (event.partial) return { tone: eventTone(event), text: words.say('page_status.unclear') };
  const said = [...new Set([severityInWords(event, words), statusOf(context, event, at)])];
  if (event.kind === 'maintenance') return { tone: maintenanceTone(event, at), text: said.join(' · ') };
  if (incidentState(event).open) return { tone: eventTone(event), text: said.join(' · ') };
  return { tone: 'ok', text: said.reverse().join(' · ') };
}

/** The status of an event at an instant. */
export function statusOf({ words }: ViewContext, event: StatusEvent, at: Instant): string {
  const status = event.kind === 'incident' ? incidentState(event).status : phaseAt(maintenancePhases(event), at).status;
  return words.say(`word.${status}`);
}

/** The most events of a list that have their newest text, so that lists stay small. */
const MAX_SUMMARIES = 20;

/** The events of a list, newest first. */
export function summariesOf(
  context: ViewContext,
  events: readonly StatusEvent[],
  place: { headingLevel: number },
): EventSummary[] {
  return events.map((event, index) =>
    index < MAX_SUMMARIES ? summaryOf(context, event, place) : namedOf(context, event),
  );
}

/** An event in a list by day. Its times are in the site's time zone, like the days. */
export function summaryOf(context: ViewContext, event: StatusEvent, place: { headingLevel: number }): EventSummary {
  const said = latestText(context, event, { ...place, dated: true });
  return {
    ...namedOf(context, event),
    html: said?.html ?? '',
    textLang: said?.lang,
    labels: (said?.facts ?? []).map((fact) => ({ ...fact, value: onSiteClock(fact.value) })),
  };
}

/** An event in a list without its text. */
export function namedOf(context: ViewContext, event: StatusEvent): EventSummary {
  const { words, ledger } = context;
  return {
    id: `e-${event.id}`,
    title: event.title,
    ...langOf(context, event),
    href: hrefOf(context, event),
    tone: eventTone(event),
    facts: [
      [severityInWords(event, words)],
      [statusOf(context, event, ledger.now)],
      onSiteClock(whenOf(context, event)),
    ].filter(({ length }) => length > 0),
    components: namesIn(context, event),
    html: '',
    labels: [],
    ...(event.updates.length > 1 && {
      more: { text: words.count('event.updates', event.updates.length), href: hrefOf(context, event) },
    }),
  };
}

/** The names of the components that an event affects, in a row. */
export function namesIn(context: ViewContext, event: NewsEvent): Rich {
  const { words, ledger } = context;
  const ids = inOrderOfPage(context, event).map((id): AffectedComponent => [id, undefined]);
  const affected = affectedNodes(ledger.content, event, ids);
  return marked(context, affectedParts(affected, words));
}

/** An event's newest message, except postmortems, or its announcement. */
export function latestText(
  context: ViewContext,
  event: StatusEvent,
  place: { headingLevel: number; dated?: boolean },
): Pick<UpdateView, 'html' | 'lang' | 'facts'> | undefined {
  const update = event.updates.findLast(({ word }) => word !== 'postmortem');
  if (update) return updateView(context, event, update, { ...place, leaveOut: ['components', 'ended', 'next_update'] });
  if (event.kind === 'incident' || !event.announcement) return undefined;
  return {
    html: context.html(event.announcement, { idPrefix: `e-${event.id}-`, headingLevel: place.headingLevel }),
    ...announcementLang(context, event),
    facts: [],
  };
}

export function announcementLang(context: ViewContext, { announcementLang: lang }: Maintenance): { lang?: string } {
  return langOf(context, lang === undefined ? {} : { lang });
}

/** A note that not everything on the page is translated. */
export function translationNote(context: ViewContext, events: readonly StatusEvent[]): { note?: string } {
  const texts = events.flatMap((event) => [
    ...[event, ...event.updates].map((text) => langOf(context, text)),
    ...(event.kind === 'maintenance' && event.announcement ? [announcementLang(context, event)] : []),
  ]);
  return texts.some(({ lang }) => lang !== undefined) ? { note: context.words.say('untranslated') } : {};
}

/** When an event was, and how long it took. */
export function whenOf(context: ViewContext, event: StatusEvent): Rich {
  return event.kind === 'incident' ? incidentWhen(context, event) : maintenanceWhen(context, event, full);
}

function incidentWhen(context: ViewContext, incident: Incident): Rich {
  const { words } = context;
  const { endedAt } = incidentState(incident);
  if (!hasKnownStart(incident)) return [];
  const time = full(context, incident.started);
  if (endedAt === undefined) return words.parts('event.since', { time });
  return words.parts<string | Moment>('event.lasted', {
    time,
    duration: durationInWords(endedAt - incident.started, words),
  });
}

/** The announced window, with the actual start and end. */
export function maintenanceWhen(
  context: ViewContext,
  maintenance: Maintenance,
  moment: (context: ViewContext, instant: Instant) => Moment,
): Rich {
  const { from, to } = windowAt(maintenance, context.ledger.now);
  if (from === Infinity) return [];
  if (to === Infinity) return context.words.parts('event.since', { time: moment(context, from) });
  return range(context, moment(context, from), to);
}

/** The actual or planned start. */
export function startOfWork(maintenance: Maintenance): Instant {
  return maintenancePhases(maintenance).find(({ status }) => isRunning(status))?.from ?? maintenance.scheduled;
}

/** A button that copies. */
export interface Copy {
  text: string;
  /** Its accessible name. */
  name: string;
  word: string;
  /** The text after copying. */
  done: string;
}

/** @param what it copies, in words */
export function copyOf({ words }: ViewContext, text: string, what: string): Copy {
  return { text, name: words.say('copy.what', { what }), word: words.say('copy'), done: words.say('copy.done') };
}

/** The number of incidents and maintenance, in words. */
export function countsOf({ words }: ViewContext, events: readonly StatusEvent[]): string {
  const incidents = events.filter(({ kind }) => kind === 'incident').length;
  const maintenance = events.length - incidents;
  const parts = [
    ...(incidents > 0 ? [words.count('history.incidents', incidents)] : []),
    ...(maintenance > 0 ? [words.count('history.maintenance', maintenance)] : []),
  ];
  return parts.length > 0 ? words.list(parts) : words.say('history.quiet');
}

/** When an event was first published, and when what it says last changed. */
export function articleDates(event: StatusEvent, now: Instant): { published: Instant; modified: Instant } {
  const messages = messagesOf(event, now);
  return {
    published: Math.min(...messages.map(({ at }) => at)),
    modified: Math.max(...messages.map(({ changed }) => changed)),
  };
}

import { foreignLang, rootUrl } from '../../core/locales.ts';
import { statuspageId, timeIn } from './page.ts';
import type { Instant } from '../../core/days.ts';
import { eventAddress } from '../../core/events.ts';
import { affectedComponents, incidentState } from '../../core/incident.ts';
import { isOver, maintenancePhases, phaseAt, plannedAt } from '../../core/maintenance.ts';
import type { Message } from '../../core/messages.ts';
import { messagesOf } from '../../core/messages.ts';
import type { Incident, Maintenance, StatusEvent } from '../../core/model.ts';
import type { StatuspageComponent } from './components.ts';
import type { StatuspageContext } from './context.ts';
import type { ComponentStatus } from '../../core/vocabulary.ts';
import { factsOfMessage, isClockUpdate } from '../../i18n/facts.ts';
import { renderBody } from '../../reader/markdown/html.ts';
import type { FeedContext } from '../context.ts';
import type { FactLine } from '../marked.ts';
import { factLine, markedHtml } from '../marked.ts';
import { escapeMarkup } from '../xml.ts';

const LINE = '<br />';
const PARAGRAPH = LINE + LINE;

/**
 * The text of a message as in Statuspage: HTML with line breaks between lines and paragraphs, so that a text without markup
 * stays plain. Labelled lines follow in words. All addresses are absolute.
 * @param languages whether text in another language than the reader's is marked, which adds markup
 */
export function bodyOf(
  event: StatusEvent,
  message: Message,
  context: FeedContext,
  languages: 'marked' | 'unmarked' = 'unmarked',
): string {
  const { site } = context.ledger.content;
  const page = eventAddress(site.url, event);
  const isMarked = languages === 'marked';
  const texts = message.bodies().map(({ body, idPrefix, lang }) => {
    const html = withBreaks(renderBody(body, { idPrefix, headingLevel: 3, root: rootUrl(site).href, page }));
    return isMarked ? markedHtml(html, foreignLang(site, { lang })) : html;
  });
  const facts = factLines(event, message, context)
    .map(({ text, html }) => (isMarked ? html : escapeMarkup(text)))
    .join(LINE);
  return [...texts, escapeMarkup(isClockUpdate(message, context.words)), facts].filter(Boolean).join(PARAGRAPH);
}

function withBreaks(html: string): string {
  return html
    .replace(/<\/p>\n<p(?: id="[^"]*")?>/g, PARAGRAPH)
    .replace(/<p(?: id="[^"]*")?>|<\/p>/g, '')
    .replaceAll('<br>', LINE);
}

function factLines(event: StatusEvent, message: Message, context: FeedContext): FactLine[] {
  const { ledger, words } = context;
  return factsOfMessage(event, message, ledger.content, words).map((fact) => factLine(fact, context));
}

/** A message of an incident or maintenance. */
export interface StatuspageUpdate {
  id: string;
  status: string;
  /** HTML. */
  body: string;
  incident_id: string;
  created_at: string;
  updated_at: string;
  display_at: string;
  /** All components named so far, including retired ones. */
  affected_components: AffectedComponent[];
  deliver_notifications: boolean;
  custom_tweet: null;
  tweet_id: null;
}

interface AffectedComponent {
  /** The component's id. */
  code: string;
  name: string;
  old_status: ComponentStatus;
  new_status: ComponentStatus;
}

function updateOf(event: StatusEvent, message: Message, { feed }: StatuspageContext): StatuspageUpdate {
  const { site, components } = feed.ledger.content;
  const at = timeIn(site.time_zone, message.at);
  return {
    id: statuspageId('update', event.id, idOf(message)),
    status: statuspageStatus(message.status),
    body: (message.word === 'cancelled' ? `${feed.words.say('word.cancelled')} - ` : '') + bodyOf(event, message, feed),
    incident_id: statuspageId('event', event.id),
    created_at: at,
    updated_at: timeIn(site.time_zone, message.changed),
    display_at: at,
    affected_components: message.components.map((id) => ({
      code: statuspageId('component', id),
      name: components.get(id)?.name ?? id,
      old_status: message.before[id] ?? 'operational',
      new_status: message.after[id] ?? 'operational',
    })),
    deliver_notifications: true,
    custom_tweet: null,
    tweet_id: null,
  };
}

/** Statuspage has no status for cancelled maintenance, so it is completed, and the text says why. */
function statuspageStatus(status: string): string {
  return status === 'cancelled' ? 'completed' : status;
}

/** Messages by the clock keep their ids from before they were in feeds, because clients know them. */
function idOf({ id, word, clock }: Message): string {
  return clock ? `clock-${word}` : id;
}

/** An incident as Statuspage has it. */
export interface StatuspageIncident {
  id: string;
  name: string;
  /** `investigating`, `identified`, `monitoring`, `resolved` or `postmortem`; a maintenance has its own. */
  status: string;
  created_at: string;
  updated_at: string;
  monitoring_at: string | null;
  resolved_at: string | null;
  /** `none`, `minor`, `major` or `critical`; of a maintenance `maintenance`. */
  impact: string;
  /** The event's page. */
  shortlink: string;
  started_at: string;
  page_id: string;
  /** Newest first; at least one. */
  incident_updates: StatuspageUpdate[];
  /** As they are now; retired ones are left out. */
  components: StatuspageComponent[];
}

/** A maintenance as Statuspage has it: an incident with a plan. */
export interface StatuspageMaintenance extends StatuspageIncident {
  scheduled_for: string;
  scheduled_until: string;
}

export function incidentOf(incident: Incident, context: StatuspageContext): StatuspageIncident {
  const { ledger } = context.feed;
  const messages = messagesOf(incident, ledger.now);
  return eventOf(incident, messages, context, {
    status: incident.partial ? 'investigating' : (messages.at(-1)?.status ?? 'investigating'),
    monitoringAt: lastBegun(messages, 'monitoring'),
    resolvedAt: incidentState(incident).resolvedAt,
    impact: incident.impact,
    startedAt: incident.started,
  });
}

/** As in Statuspage, `started_at` is the announcement, and the impact is `maintenance`. */
export function maintenanceOf(maintenance: Maintenance, context: StatuspageContext): StatuspageMaintenance {
  const { content, now } = context.feed.ledger;
  const zone = content.site.time_zone;
  const messages = messagesOf(maintenance, now);
  const phase = phaseAt(maintenancePhases(maintenance), now);
  const incident = eventOf(maintenance, messages, context, {
    status: statuspageStatus(phase.status),
    resolvedAt: isOver(phase.status) ? Math.max(phase.from, messages[0]?.at ?? -Infinity) : undefined,
    impact: 'maintenance',
    startedAt: messages[0]?.at ?? maintenance.scheduled,
  });
  const { from, to } = plannedAt(maintenance, now);
  return { ...incident, scheduled_for: timeIn(zone, from), scheduled_until: timeIn(zone, to) };
}

/**
 * A maintenance without a valid window, as an incident without details, because maintenance in Statuspage must have times.
 */
export function unplannedOf(maintenance: Maintenance, context: StatuspageContext): StatuspageIncident {
  const messages = messagesOf(maintenance, context.feed.ledger.now);
  const investigating = messages.map((message) => ({ ...message, status: 'investigating' }));
  return eventOf(maintenance, investigating, context, {
    status: 'investigating',
    resolvedAt: undefined,
    impact: 'minor',
    startedAt: messages[0]?.at ?? context.feed.ledger.now,
  });
}

/** The fields that differ between incidents and maintenance. */
interface Told {
  status: string;
  monitoringAt?: Instant | undefined;
  resolvedAt: Instant | undefined;
  impact: string;
  startedAt: Instant;
}

function eventOf(event: StatusEvent, messages: readonly Message[], context: StatuspageContext, told: Told) {
  const { site } = context.feed.ledger.content;
  const time = (instant: Instant) => timeIn(site.time_zone, instant);
  const timeOrNull = (instant: Instant | undefined) => (instant === undefined ? null : time(instant));
  return {
    id: statuspageId('event', event.id),
    name: event.title,
    status: told.status,
    created_at: time(messages[0]?.at ?? told.startedAt),
    updated_at: time(Math.max(told.startedAt, ...messages.map(({ changed }) => changed))),
    monitoring_at: timeOrNull(told.monitoringAt),
    resolved_at: timeOrNull(told.resolvedAt),
    impact: told.impact,
    shortlink: eventAddress(site.url, event),
    started_at: time(told.startedAt),
    page_id: context.page.id,
    incident_updates: messages.map((message) => updateOf(event, message, context)).reverse(),
    components: affectedComponents(event).flatMap((id) => context.components.get(statuspageId('component', id)) ?? []),
  };
}

/** When the current status began, even if later messages repeat it. */
function lastBegun(messages: readonly Message[], status: string): Instant | undefined {
  return messages.findLast((message, index) => message.status === status && messages[index - 1]?.status !== status)?.at;
}

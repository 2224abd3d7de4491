import { affectedNodes } from '../core/affected.ts';
import { incidentState } from '../core/incident.ts';
import { maintenancePhases, phaseAt } from '../core/maintenance.ts';
import type { StatusEvent } from '../core/model.ts';
import { affectedInWords } from '../i18n/affected.ts';
import { factsOf } from '../i18n/facts.ts';
import { severityInWords } from '../i18n/severity.ts';
import type { FeedContext } from './feed.ts';
import type { BodyPlace } from './markdown-text.ts';
import { bodyMarkdown, escapeMarkdown } from './markdown-text.ts';
import { xmlText } from './text.ts';

/**
 * An incident or maintenance as Markdown, newest message first. It is made from values, never from the source file:
 * comments are gone, labelled lines are in words, no address is relative, and no HTML is left.
 */
export function eventMarkdown(event: StatusEvent, context: FeedContext): string {
  const parts = [
    `# ${escapeMarkdown(event.title)}`,
    statusOf(event, context),
    headFacts(event, context),
    ...event.updates.toReversed().flatMap((update) => messageOf(event, update, context)),
    ...announcementOf(event, context),
  ];
  return xmlText(`${parts.filter(Boolean).join('\n\n')}\n`);
}

/** Where it stands and how bad it is: `Resolved · Partial outage`. */
function statusOf(event: StatusEvent, { words, ledger }: FeedContext): string {
  const status =
    event.kind === 'maintenance' ? phaseAt(maintenancePhases(event), ledger.now).status : incidentState(event).status;
  return words.say('markdown.status', {
    status: words.say(`word.${status}`),
    severity: severityInWords(event, words),
  });
}

function headFacts(event: StatusEvent, context: FeedContext): string {
  const { words, ledger } = context;
  const names = affectedInWords(affectedNodes(ledger.content, event), words);
  return [
    ...(names ? [fact(words.say('fact.components'), escapeMarkdown(names))] : []),
    ...timesOf(event, context),
    fact(words.say('markdown.page'), `<${placeOf(event, context).page}>`),
  ].join('\n');
}

function timesOf(event: StatusEvent, { words, dates }: FeedContext): string[] {
  if (event.kind === 'maintenance') {
    const [from, to] = [dates.dateTime(event.scheduled), dates.dateTime(event.until)];
    return [fact(words.say('feed.planned'), words.say('time.range', { from, to }))];
  }
  const { endedAt } = incidentState(event);
  return [
    fact(words.say('markdown.started'), dates.dateTime(event.started)),
    ...(endedAt === undefined ? [] : [fact(words.say('fact.ended'), dates.dateTime(endedAt))]),
  ];
}

function messageOf(event: StatusEvent, update: StatusEvent['updates'][number], context: FeedContext): string[] {
  const { words, dates, ledger } = context;
  const word = words.say(`word.${update.word}`);
  const facts = factsOf(event, update, ledger.content, words).map(({ label, value }) =>
    fact(label, 'text' in value ? escapeMarkdown(value.text) : dates.dateTime(value.instant)),
  );
  return [
    `## ${words.say('markdown.update', { word, time: dates.dateTime(update.at) })}`,
    bodyMarkdown(update.body, { ...placeOf(event, context), idPrefix: `${update.id}-` }),
    facts.join('\n'),
  ];
}

function announcementOf(event: StatusEvent, context: FeedContext): string[] {
  if (event.kind === 'incident' || !event.announcement) return [];
  const place = { ...placeOf(event, context), idPrefix: 'announcement-' };
  return [`## ${context.words.say('maintenance.announced')}`, bodyMarkdown(event.announcement, place)];
}

function fact(label: string, value: string): string {
  return `- **${label}:** ${value}`;
}

function placeOf({ kind, id }: StatusEvent, { ledger }: FeedContext): Pick<BodyPlace, 'root' | 'page'> {
  const root = ledger.content.site.url.href;
  return { root, page: `${root}${kind === 'incident' ? 'incidents' : 'maintenance'}/${encodeURIComponent(id)}/` };
}

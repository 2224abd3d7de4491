import { rootUrl } from '../core/locales.ts';
import { eventAddress } from '../core/events.ts';
import { affectedNodes } from '../core/affected.ts';
import { hasKnownStart, incidentState } from '../core/incident.ts';
import { hasWindow, maintenancePhases, phaseAt } from '../core/maintenance.ts';
import type { Message } from '../core/messages.ts';
import { ANNOUNCEMENT, messagesOf } from '../core/messages.ts';
import type { StatusEvent } from '../core/model.ts';
import { affectedInWords, factsOfMessage, factText, severityInWords, isClockUpdate } from '../i18n/facts.ts';
import { problemAddress } from '../i18n/report-problem.ts';
import type { FeedContext } from './context.ts';
import type { BodyPlace } from './markdown-text.ts';
import { bodyMarkdown, escapeMarkdown } from './markdown-text.ts';
import { xmlText } from './xml.ts';

/**
 * An incident or maintenance as Markdown, newest message first. Made from parsed values, never from the source file: it has
 * no comments, HTML or relative addresses, and labelled lines are in words.
 */
export function eventMarkdown(event: StatusEvent, context: FeedContext): string {
  const parts = [
    `# ${escapeMarkdown(event.title)}`,
    statusOf(event, context),
    headFacts(event, context),
    ...messagesOf(event, context.ledger.now)
      .reverse()
      .flatMap((message) => messageOf(event, message, context)),
  ];
  return xmlText(`${parts.filter(Boolean).join('\n\n')}\n`);
}

/** Status and severity: `Resolved · Partial outage`. */
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
  const problem = event.kind === 'incident' ? problemAddress(event, context) : undefined;
  return [
    ...(names ? [fact(words.say('fact.components'), escapeMarkdown(names))] : []),
    ...timesOf(event, context),
    fact(words.say('markdown.page'), `<${placeOf(event, context).page}>`),
    ...(problem === undefined ? [] : [`- [${words.say('problem.too')}](<${problem}>)`]),
  ].join('\n');
}

function timesOf(event: StatusEvent, { words, dates }: FeedContext): string[] {
  if (event.kind === 'maintenance') {
    if (!hasWindow(event)) return [];
    const [from, to] = [dates.dateTime(event.scheduled), dates.dateTime(event.until)];
    return [fact(words.say('feed.planned'), words.say('time.range', { from, to }))];
  }
  const { endedAt } = incidentState(event);
  return [
    ...(hasKnownStart(event) ? [fact(words.say('markdown.started'), dates.dateTime(event.started))] : []),
    ...(endedAt === undefined ? [] : [fact(words.say('fact.ended'), dates.dateTime(endedAt))]),
  ];
}

function messageOf(event: StatusEvent, message: Message, context: FeedContext): string[] {
  const { words, dates, ledger } = context;
  const { undated, hasText } = message;
  const word = words.say(message.id === ANNOUNCEMENT ? 'maintenance.announced' : `word.${message.word}`);
  const facts = factsOfMessage(event, message, ledger.content, words).map((one) =>
    fact(one.label, escapeMarkdown(factText(one, words, dates))),
  );
  if (undated && !hasText && !message.clock) return [];
  return [
    `## ${undated ? word : words.say('markdown.update', { word, time: dates.dateTime(message.at) })}`,
    ...message.bodies().map(({ body, idPrefix }) => bodyMarkdown(body, { ...placeOf(event, context), idPrefix })),
    escapeMarkdown(isClockUpdate(message, words)),
    facts.join('\n'),
  ];
}

/** A labelled line of a list. @param value in Markdown */
export function fact(label: string, value: string): string {
  return `- **${label}:** ${value}`;
}

function placeOf(event: StatusEvent, { ledger }: FeedContext): Pick<BodyPlace, 'root' | 'page'> {
  const { site } = ledger.content;
  return { root: rootUrl(site).href, page: eventAddress(site.url, event) };
}

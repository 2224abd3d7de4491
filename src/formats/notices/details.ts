import type { AffectedComponent } from '../../core/affected.ts';
import { affectedNodes } from '../../core/affected.ts';
import { hasKnownStart, incidentState } from '../../core/incident.ts';
import { plannedAt } from '../../core/maintenance.ts';
import type { Instant } from '../../core/model.ts';
import { eventUntil } from '../../core/news.ts';
import { componentStatusAt } from '../../core/status.ts';
import { worstStatus } from '../../core/vocabulary.ts';
import { affectedInWords } from '../../i18n/affected.ts';
import { isPartlyRead } from '../../i18n/facts.ts';
import type { FeedContext } from '../feed.ts';
import { oneLine } from './characters.ts';
import type { Notice } from './notice.ts';
import { isOverWith, saysStatuses } from './standing.ts';

/** A labelled line in words, without line ends. */
export interface Detail {
  label: string;
  value: string;
}

/**
 * What somebody has to know who reads this message alone, besides its text. Unlike a feed's entry it repeats what
 * earlier messages said and still holds, and leaves out what does not hold any more.
 */
export function detailsOf(notice: Notice, context: FeedContext): Detail[] {
  const { event } = notice;
  const { words } = context;
  const values: [label: string, value: string][] = [
    [words.say('fact.components'), componentsIn(notice, context)],
    [words.say('fact.areas'), isOverWith(notice) ? '' : areasIn(notice).join(', ')],
    ...timesIn(notice, context),
    [words.say('fact.reference'), event.reference ?? ''],
    [words.say('fact.unreadable'), isPartlyRead(event, notice.message.update) ? words.say('update.unreadable') : ''],
  ];
  return values.map(([label, value]) => ({ label, value: oneLine(value) })).filter(({ value }) => value !== '');
}

/** With what they have now: what the message says, or worse where something else says so. */
function componentsIn(notice: Notice, { ledger, words }: FeedContext): string {
  const { event, message } = notice;
  const at = Math.min(message.at, ledger.now);
  const affected = message.components.map((id): AffectedComponent => {
    if (!saysStatuses(notice)) return [id, undefined];
    return [id, worstStatus([message.after[id] ?? 'operational', componentStatusAt(ledger, id, at)])];
  });
  return affectedInWords(affectedNodes(ledger.content, event, affected), words);
}

function areasIn(notice: Notice): readonly string[] {
  return eventUntil(notice).updates.findLast(({ areas }) => areas !== undefined)?.areas ?? notice.event.areas;
}

function timesIn(notice: Notice, { words, dates }: FeedContext): [label: string, value: string][] {
  const { event, message } = notice;
  const time = (instant: Instant | undefined) => (instant === undefined ? '' : dates.dateTime(instant));
  const over = isOverWith(notice);
  const { from, to } = event.kind === 'maintenance' ? plannedAt(event, message.at) : {};
  const planned = from !== undefined && to !== undefined && from < Infinity && message.word !== 'completed';
  return [
    [words.say('markdown.started'), event.kind === 'incident' && hasKnownStart(event) ? time(event.started) : ''],
    [words.say('fact.ended'), time(endedWith(notice))],
    [words.say('feed.planned'), planned ? words.say('time.range', { from: time(from), to: time(to) }) : ''],
    [words.say('fact.next_update'), over ? '' : time(message.update?.nextUpdate)],
    [words.say('fact.expected_fix'), over ? '' : time(fixExpectedWith(notice))],
  ];
}

function endedWith(notice: Notice): Instant | undefined {
  const event = eventUntil(notice);
  return event.kind === 'incident' ? incidentState(event).endedAt : undefined;
}

/** The newest that was given, unless it has passed or the fix is there and being watched. */
function fixExpectedWith(notice: Notice): Instant | undefined {
  const fix = eventUntil(notice).updates.findLast(({ expectedFix }) => expectedFix !== undefined)?.expectedFix;
  const watched = notice.message.update?.status === 'monitoring';
  return fix === undefined || watched || fix < notice.message.at ? undefined : fix;
}

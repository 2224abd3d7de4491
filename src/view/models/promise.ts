import type { Instant } from '../../core/days.ts';
import { newestExpectedFix } from '../../core/events.ts';
import { isOverrun } from '../../core/maintenance.ts';
import type { Incident, Maintenance, Update } from '../../core/model.ts';
import { openPromise, postmortemOf, promiseOf, promisesOf } from '../../core/promises.ts';
import { durationInWords } from '../../i18n/durations.ts';
import { numberInWords } from '../../i18n/numbers.ts';
import { hrefOf } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { Tone } from '../tone.ts';
import type { TimeVariant } from '../time-variants.ts';
import { timeVariants } from '../time-variants.ts';
import { full, fullRelative, nearRelative } from './rich.ts';
import type { Rich } from './rich.ts';

/** A line of facts. */
export interface Line {
  text: Rich;
  /** `promise`: a promise. `late`: a broken one. */
  kind?: 'promise' | 'late';
}

/** Lines with separate time variants: all variants of a line, then the next line. */
export function linesOf(
  context: ViewContext,
  ...makers: readonly ((at: Instant) => Line | undefined)[]
): TimeVariant<Line>[] {
  return makers.flatMap((make) => timeVariants(context, make));
}

/** When the next update is due, or that it is overdue. */
export function promiseLine(context: ViewContext, updates: readonly Update[], at: Instant): Line | undefined {
  const { ledger, words } = context;
  const promise = openPromise(updates, at, ledger.content.site.promises.grace);
  if (!promise) return undefined;
  const time = nearRelative(context, promise.due);
  return promise.state === 'overdue'
    ? { text: words.parts('promise.overdue', { time }), kind: 'late' }
    : { text: words.parts('promise.due', { time }), kind: 'promise' };
}

/** The expected fix, before the status is Monitoring. */
export function fixLine(context: ViewContext, updates: readonly Update[], at: Instant): Line | undefined {
  const { words } = context;
  const fix = fixToCome(updates);
  if (fix === undefined) return undefined;
  const time = nearRelative(context, fix);
  return at > fix
    ? { text: words.parts('fix.passed', { time }), kind: 'late' }
    : { text: words.parts('fix.expected', { time }) };
}

/** When a fix is expected, or was, while it is not yet being watched. */
export function fixToCome(updates: readonly Update[]): Instant | undefined {
  const newest = updates.at(-1);
  return newest?.status === 'monitoring' || newest?.status === 'resolved' ? undefined : newestExpectedFix(updates);
}

/** The result of a promise, as a word next to it. */
/** The line about an overrun. */
export function overrunLine(context: ViewContext, maintenance: Maintenance, at: Instant): Line | undefined {
  if (!isOverrun(maintenance, at)) return undefined;
  const time = nearRelative(context, maintenance.until);
  return { text: context.words.parts('maintenance.overrun', { time }), kind: 'late' };
}

export interface PromiseOutcome {
  tone: Tone;
  text: string;
}

/** The result of an update's promise in all its time variants. Empty before it is due. */
export function outcomesOf(
  context: ViewContext,
  updates: readonly Update[],
  update: Update,
): TimeVariant<PromiseOutcome>[] {
  const { ledger, words } = context;
  const answer = updates[updates.indexOf(update) + 1];
  return timeVariants(context, (at) => {
    const promise = promiseOf(update, answer, at, ledger.content.site.promises.grace);
    if (!promise || promise.state === 'due') return undefined;
    const { state, due } = promise;
    const duration = durationInWords((answer?.at ?? due) - due, words);
    return { tone: state === 'kept' ? 'ok' : 'degraded', text: words.say(`promise.state.${state}`, { duration }) };
  });
}

/** How many of an event's promises were kept, where there were several. */
export function recordLine(context: ViewContext, updates: readonly Update[], at: Instant): Line | undefined {
  const { ledger, words } = context;
  const due = promisesOf(updates, at, ledger.content.site.promises.grace).filter(({ state }) => state !== 'due');
  if (due.length < 2) return undefined;
  const kept = due.filter(({ state }) => state === 'kept').length;
  return { text: [words.count('promise.record', due.length, { kept: numberInWords(kept, words) })] };
}

/** When the postmortem is due, or was published. */
export function postmortemLine(context: ViewContext, incident: Incident, at: Instant): Line | undefined {
  const { ledger, words } = context;
  const promise = postmortemOf(incident, at, ledger.content.site.postmortems);
  if (!promise) return undefined;
  const { state, due, delivered } = promise;
  if (delivered) {
    const link = { text: words.say('postmortem.link'), href: hrefOf(context, incident, delivered) };
    return { text: words.parts<Rich[number]>('postmortem.delivered', { link, time: full(context, delivered.at) }) };
  }
  const time = fullRelative(context, due);
  return state === 'overdue'
    ? { text: words.parts('postmortem.overdue', { time }), kind: 'late' }
    : { text: words.parts('postmortem.due', { time }), kind: 'promise' };
}

import { openPromise } from '../../core/promises.ts';
import type { Instant, Update } from '../../core/model.ts';
import type { ViewContext } from '../context.ts';
import type { Form } from '../turning.ts';
import { forms } from '../turning.ts';
import { nearRelative } from './rich.ts';
import type { Rich } from './rich.ts';

/** A line of facts. */
export interface Line {
  text: Rich;
  /** `promise`: a word that was given. `late`: one that was not kept. */
  kind?: 'promise' | 'late';
}

/** Lines that each turn on their own: a line in every form it will take, then the next line. */
export function linesOf(context: ViewContext, ...makers: readonly ((at: Instant) => Line | undefined)[]): Form<Line>[] {
  return makers.flatMap((make) => forms(context, make));
}

/** When readers will hear more, or that they should have. */
export function promiseLine(context: ViewContext, updates: readonly Update[], at: Instant): Line | undefined {
  const { ledger, words } = context;
  const promise = openPromise(updates, at, ledger.content.site.promises.grace);
  if (!promise) return undefined;
  const time = nearRelative(context, promise.due);
  return promise.state === 'overdue'
    ? { text: words.parts('promise.overdue', { time }), kind: 'late' }
    : { text: words.parts('promise.due', { time }), kind: 'promise' };
}

/** When it should work again, while that is not yet being watched. */
export function fixLine(context: ViewContext, updates: readonly Update[], at: Instant): Line | undefined {
  const { words } = context;
  const newest = updates.at(-1);
  const fix = updates.findLast(({ expectedFix }) => expectedFix !== undefined)?.expectedFix;
  if (fix === undefined || newest?.status === 'monitoring' || newest?.status === 'resolved') return undefined;
  const time = nearRelative(context, fix);
  return at > fix
    ? { text: words.parts('fix.passed', { time }), kind: 'late' }
    : { text: words.parts('fix.expected', { time }) };
}

import type { Ledger } from '../core/ledger.ts';
import type { MonthReport, PromiseCounts } from '../core/report/month-report.ts';
import type { Spread } from '../core/report/records.ts';
import type { Dates } from './dates.ts';
import { shortLength } from './durations.ts';
import { numberInWords } from './numbers.ts';
import type { Words } from './words.ts';

/** What reports are told in and of. */
export interface ReportContext {
  ledger: Ledger;
  words: Words;
  dates: Dates;
}

/** A number of a month in words, with its rule. */
export interface FigureInWords {
  id: 'incidents' | 'first_update' | 'updates' | 'silence' | 'promises' | 'resolved' | 'down';
  label: string;
  /** A dash where nothing is to be counted. */
  value: string;
  /** What stands behind the number: of which kind it is, and how far others lie from it. */
  detail: string;
  rule: string;
}

/** The numbers of a month in the order of the page. */
export function figuresInWords({ figures, notices }: MonthReport, context: ReportContext): FigureInWords[] {
  const { ledger, words, dates } = context;
  const { site } = ledger.content;
  const lengths = (spread: Spread | undefined) => spreadInWords(spread, words);
  const { firstUpdate, updates, silence, promises, resolvedAfter } = figures;
  const number = (value: number) => numberInWords(value, words);
  const figure = (id: FigureInWords['id'], value: string, detail = '', blanks = {}): FigureInWords => ({
    id,
    label: words.say(`report.${id}`),
    value,
    detail,
    rule: words.say(`report.${id}.rule`, blanks),
  });
  const { toldAtOnce, open } = figures;
  const atOnce = toldAtOnce > 0 ? words.count('report.first_update.at_once', toldAtOnce) : '';
  return [
    figure(
      'incidents',
      number(figures.incidents),
      words.clauses([
        open > 0 ? words.count('report.incidents.open', open) : '',
        notices > 0 ? words.count('report.incidents.notices', notices) : '',
      ]),
      { zone: dates.zone },
    ),
    figure('first_update', lengths(firstUpdate).value, words.clauses([lengths(firstUpdate).detail, atOnce])),
    figure(
      'updates',
      updates ? number(updates.median) : words.say('report.nothing'),
      updates && updates.count > 1
        ? words.say('report.spread_numbers', { mean: number(updates.mean), greatest: number(updates.greatest) })
        : '',
    ),
    figure(
      'silence',
      silence ? shortLength(silence.greatest, words) : words.say('report.nothing'),
      silence && silence.count > 1
        ? words.say('report.silence.detail', {
            median: shortLength(silence.median, words),
            mean: shortLength(silence.mean, words),
          })
        : '',
    ),
    figure('promises', promisesInWords(promises, words), promiseDetail(promises, words), {
      grace: shortLength(site.promises.grace, words),
    }),
    figure('resolved', lengths(resolvedAfter).value, lengths(resolvedAfter).detail),
    figure('down', shortLength(figures.anyDown, words)),
  ];
}

/** `3 of 4`: how many promises were kept, of those that could be; a dash when there were none. */
export function promisesInWords({ kept, late, missed }: PromiseCounts, words: Words): string {
  const count = kept + late + missed;
  if (count === 0) return words.say('report.nothing');
  return words.say('report.promises.value', { kept: numberInWords(kept, words), count: numberInWords(count, words) });
}

/** The median as a length of time, and how far others lie from it. */
function spreadInWords(spread: Spread | undefined, words: Words): { value: string; detail: string } {
  if (!spread) return { value: words.say('report.nothing'), detail: '' };
  const [mean, greatest] = [shortLength(spread.mean, words), shortLength(spread.greatest, words)];
  const detail = spread.count > 1 ? words.say('report.spread', { mean, greatest }) : '';
  return { value: shortLength(spread.median, words), detail };
}

function promiseDetail({ late, missed, due, latestBy }: PromiseCounts, words: Words): string {
  return words.clauses([
    late > 0 ? words.count('report.promises.late', late, { duration: shortLength(latestBy, words) }) : '',
    missed > 0 ? words.count('report.promises.missed', missed) : '',
    due > 0 ? words.count('report.promises.due', due) : '',
  ]);
}

import { ledger } from './core.ts';
import type { Given } from './core.ts';
import { upcomingChanges } from '../../core/upcoming-changes.ts';
import { datesFor } from '../../i18n/dates.ts';
import { wordsFor } from '../../i18n/words.ts';
import type { ViewContext } from '../../view/context.ts';
import type { Answer } from '../../view/models/answer.ts';
import type { Line } from '../../view/models/promise.ts';
import type { Rich } from '../../view/models/rich.ts';
import type { TimeVariant } from '../../view/time-variants.ts';

/** What a page model is asked with, of a page below `/status/`; the text of updates is left out. */
export function contextOf(given: Given = {}, fields: Partial<ViewContext> = {}): ViewContext {
  const made = ledger(given);
  return {
    ledger: made,
    editions: [],
    words: wordsFor('en'),
    dates: datesFor('en', given.zone ?? 'UTC'),
    instants: upcomingChanges(made),
    html: (_, { idPrefix }) => `<p>${idPrefix}</p>`,
    text: () => 'text',
    href: (path) => `/status${path}`,
    absolute: (path) => `https://acme.example/status${path}`,
    build: { version: 'v1' },
    ...fields,
  };
}

/** A sentence as a reader without JavaScript has it. */
export function plain(rich: Rich): string {
  return rich.map((part) => (typeof part === 'string' ? part : part.text)).join('');
}

/** Each form of a part of the page, with the seconds between which it is shown. */
export function shown<T>(forms: readonly TimeVariant<T>[], say: (value: T) => unknown): unknown[][] {
  return forms.map(({ value, when }) => [when['data-from'] ?? '…', when['data-until'] ?? '…', say(value)]);
}

/** Lines as they stand when the page is built. */
export function linesNow(lines: readonly TimeVariant<Line>[]): string[] {
  return lines.filter(({ when }) => !when.hidden).map(({ value }) => plain(value.text));
}

/** The times of an answer beside their labels, as they stand when the page is built. */
export function timesNow({ times }: Answer): string[] {
  return times.filter(({ when }) => !when.hidden).map(({ value }) => `${value.label} ${plain(value.value)}`);
}

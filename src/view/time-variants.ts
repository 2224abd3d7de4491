import type { Instant } from '../core/days.ts';

/** Attributes for the script: when an element is shown, in seconds since 1970. */
export interface TimeVariantAttributes {
  'data-from'?: number;
  'data-until'?: number;
  hidden?: true;
}

/** A variant of a part of the page that is shown for some time. */
export interface TimeVariant<T> {
  value: T;
  /** Empty if it is always shown. */
  when: TimeVariantAttributes;
}

interface Clock {
  ledger: { now: Instant };
  instants: readonly Instant[];
}

/**
 * All time variants of a part of the page, the current one first. Equal neighbours are merged. Where `make` returns
 * nothing, nothing is shown.
 * @param make creates the part for an instant
 */
export function timeVariants<T>({ ledger, instants }: Clock, make: (at: Instant) => T | undefined): TimeVariant<T>[] {
  const turns: { from: Instant; value: T | undefined; key: string | undefined }[] = [];
  for (const from of [ledger.now, ...instants]) {
    const value = make(from);
    const key = JSON.stringify(value);
    if (turns.length === 0 || turns.at(-1)?.key !== key) turns.push({ from, value, key });
  }
  return turns.flatMap(({ from, value }, index) => {
    if (value === undefined) return [];
    const until = turns[index + 1]?.from;
    const when: TimeVariantAttributes = {
      ...(index > 0 && { 'data-from': seconds(from), hidden: true as const }),
      ...(until !== undefined && { 'data-until': seconds(until) }),
    };
    return [{ value, when }];
  });
}

function seconds(instant: Instant): number {
  return Math.ceil(instant / 1000);
}

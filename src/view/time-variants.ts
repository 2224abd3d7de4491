import type { Instant } from '../core/days.ts';

/** Attributes that tell the script between which instants an element is shown, in seconds since 1970. */
export interface TimeVariantAttributes {
  'data-from'?: number;
  'data-until'?: number;
  hidden?: true;
}

/** One of the forms that a part of the page takes as time passes. */
export interface TimeVariant<T> {
  value: T;
  /** Empty when this form holds at all times. */
  when: TimeVariantAttributes;
}

interface Clock {
  ledger: { now: Instant };
  instants: readonly Instant[];
}

/**
 * A part of the page in each form that it will take, the present one first. Equal neighbours are one form;
 * where nothing is made, nothing is shown.
 * @param make the part as it stands at an instant
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

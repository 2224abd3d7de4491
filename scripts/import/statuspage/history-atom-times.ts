import type { Instant } from '../../../src/core/model.ts';
import { hourOf } from '../times.ts';

/** A time as Statuspage's feeds show it: `Nov 20, 03:25 UTC`. */
export interface ShownTime {
  /** Counted from 0. */
  month: number;
  day: number;
  /** Minutes from midnight. */
  clock: number;
  /** Minutes from midnight of an end that is shown with it, as announced work has one. */
  end?: { month?: number; day?: number; clock: number };
  /** As it stands; empty when none does. */
  zone: string;
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MINUTE = 60_000;
const HALF_YEAR = 183 * 86_400_000;

/** Minutes ahead of UTC by abbreviation. Some stand for several zones. */
const OFFSETS: Record<string, readonly number[]> = {
  UTC: [0],
  GMT: [0],
  Z: [0],
  WET: [0],
  WEST: [60],
  BST: [60, 360],
  CET: [60],
  CEST: [120],
  EET: [120],
  EEST: [180],
  IST: [330, 60, 120],
  IDT: [180],
  MSK: [180],
  SAST: [120],
  PKT: [300],
  WIB: [420],
  ICT: [420],
  SGT: [480],
  HKT: [480],
  PHT: [480],
  AWST: [480],
  JST: [540],
  KST: [540],
  ACST: [570],
  ACDT: [630],
  AEST: [600],
  AEDT: [660],
  NZST: [720],
  NZDT: [780],
  NST: [-210],
  NDT: [-150],
  AST: [-240, 180],
  ADT: [-180],
  EST: [-300, 600],
  EDT: [-240, 660],
  CST: [-360, 480, -300],
  CDT: [-300, -240],
  MST: [-420, 480],
  MDT: [-360],
  PST: [-480, 480],
  PDT: [-420],
  AKST: [-540],
  AKDT: [-480],
  HST: [-600],
  BRT: [-180],
};

const DAY = String.raw`(?<month>\p{L}{3,9})\.?\s+(?<day>\d{1,2})`;
const END = String.raw`\s*[-–]\s*(?:(?<endMonth>\p{L}{3,9})\.?\s+(?<endDay>\d{1,2}),?\s+)?(?<endHour>\d{1,2}):(?<endMinute>\d{2})(?<endHalf>\s*[ap]m)?`;
const TIME = new RegExp(
  String.raw`${DAY},?\s+(?<hour>\d{1,2}):(?<minute>\d{2})(?<half>\s*[ap]m)?(?:${END})?\s*(?<zone>\S*)`,
  'iu',
);

/** Reads a time as it is shown; nothing when it is none. */
export function readShownTime(text: string): ShownTime | undefined {
  const groups = TIME.exec(text)?.groups;
  const month = monthOf(groups?.['month']);
  if (!groups || month === undefined) return undefined;
  const endMonth = monthOf(groups['endMonth']);
  const end = groups['endHour'] && {
    ...(endMonth !== undefined && { month: endMonth, day: Number(groups['endDay']) }),
    clock: clockOf(groups['endHour'], groups['endMinute'], groups['endHalf']),
  };
  return {
    month,
    day: Number(groups['day']),
    clock: clockOf(groups['hour'], groups['minute'], groups['half']),
    ...(end && { end }),
    zone: groups['zone'] ?? '',
  };
}

/** The instant of a shown time in the year in which it is nearest to `anchor`. `offset` is in minutes. */
export function nearestTo(anchor: Instant, time: Pick<ShownTime, 'month' | 'day' | 'clock'>, offset: number): Instant {
  const year = new Date(anchor).getUTCFullYear();
  const instants = [year - 1, year, year + 1].map(
    (one) => Date.UTC(one, time.month, time.day) + (time.clock - offset) * MINUTE,
  );
  return instants.reduce((best, one) => (Math.abs(one - anchor) < Math.abs(best - anchor) ? one : best));
}

/** The end that is shown with a time, the first one after it. */
export function endAfter(from: Instant, { month, day, end }: ShownTime, offset: number): Instant | undefined {
  if (!end) return undefined;
  const on = { month: end.month ?? month, day: end.day ?? day, clock: end.clock };
  const instant = nearestTo(from, on, offset);
  return instant > from ? instant : nearestTo(from + HALF_YEAR / 183, { ...on, day: on.day + 1 }, offset);
}

/** How far ahead of UTC a zone's clock is, and whether that had to be guessed. */
export interface Offset {
  minutes: number;
  guessed: boolean;
}

/**
 * What a zone's abbreviation means. Where it means several things or nothing that is known, the newest update,
 * whose time the feed also gives in full, decides.
 * @param newest what is shown of the newest update
 * @param published when that update was published
 */
export function offsetOf(zone: string, newest: ShownTime, published: Instant): Offset {
  const numeric = /^(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?$/i.exec(zone);
  if (numeric) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
    return { minutes: numeric[1] === '-' ? -minutes : minutes, guessed: false };
  }
  const known = OFFSETS[zone.toUpperCase()] ?? [];
  const [only] = known;
  if (only !== undefined && known.length === 1) return { minutes: only, guessed: false };
  const difference = (minutes: number): number => Math.abs(nearestTo(published, newest, minutes) - published);
  const candidates = known.length > 0 ? known : Array.from({ length: 105 }, (_, index) => (index - 48) * 15);
  const best = candidates.reduce((a, b) => (difference(b) < difference(a) ? b : a));
  return { minutes: best, guessed: true };
}

function monthOf(name: string | undefined): number | undefined {
  const index = MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase());
  return index === -1 ? undefined : index;
}

function clockOf(hour = '', minute = '', half?: string): number {
  return (hourOf(Number(hour), half) % 24) * 60 + Number(minute);
}

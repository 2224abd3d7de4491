import type { Instant } from '../core/days.ts';
import type { SourceFolder } from './files.ts';
import { hasText } from './files.ts';
import { FIRST, ignore } from './rules.ts';
import type { Report } from './rules.ts';

/** The time at which `content/.example` freezes the example. Undefined without that file. */
export function exampleInstant(source: SourceFolder, report: Report = ignore): Instant | undefined {
  const file = source.files.find(({ path }) => path === '.example');
  if (!file || !hasText(file, report)) return undefined;
  const instant = parseInstant(file.text.trim());
  if (instant !== undefined) return instant;
  report('example-instant', FIRST, 'The file does not contain a time.', '2026-11-20T10:05:00Z');
  return undefined;
}

/** Reads an ISO 8601 instant with its offset. Undefined for anything else. */
function parseInstant(text: string): Instant | undefined {
  const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  return Number.isNaN(instant) ? undefined : instant;
}

/**
 * The current time: `STATUS_NOW`, else the time of the example, else the clock. The only place that reads the clock.
 * @throws {RangeError} if `STATUS_NOW` is not an ISO 8601 instant
 */
export function readClock(env: Readonly<Record<string, string | undefined>>, source: SourceFolder): Instant {
  const fixed = env['STATUS_NOW'];
  if (!fixed) return exampleInstant(source) ?? machineTime();
  const instant = parseInstant(fixed);
  if (instant === undefined) {
    throw new RangeError(
      `STATUS_NOW is “${fixed}”, which is not a valid time. Write it like this: 2026-11-20T10:05:00Z.`,
    );
  }
  return instant;
}

/** The machine's time, for example to compare with file times. */
export function machineTime(): Instant {
  return Date.now();
}

import type { Instant } from '../core/model.ts';
import { exampleInstant, parseInstant } from './example.ts';
import type { SourceFolder } from './files.ts';

/**
 * What now is for a build, a command or a test: `STATUS_NOW`, else the instant of the examples, else the
 * clock's. The one place that reads the clock.
 * @throws {RangeError} when `STATUS_NOW` is no ISO 8601 instant
 */
export function readClock(env: Readonly<Record<string, string | undefined>>, source: SourceFolder): Instant {
  const fixed = env['STATUS_NOW'];
  if (!fixed) return exampleInstant(source) ?? machineTime();
  const instant = parseInstant(fixed);
  if (instant === undefined) {
    throw new RangeError(`STATUS_NOW is “${fixed}”, which is no instant. Write it as 2026-11-20T10:05:00Z.`);
  }
  return instant;
}

/** What the clock of the machine says, as for the times of files. */
export function machineTime(): Instant {
  return Date.now();
}

import type { Diagnostic } from '../../src/core/diagnostic.ts';
import type { StatusEvent, Update } from '../../src/core/model.ts';
import { startOf } from '../../src/core/ledger.ts';
import { byComponent } from './answers.ts';
import { CommandError } from '../lib/errors.ts';
import type { FoundContent } from '../lib/content.ts';
import { readAs } from '../lib/content.ts';
import type { Draft } from './draft.ts';
import type { NewUpdate } from './edit.ts';
import { printable } from '../../src/core/printable.ts';

/**
 * Reads a file as it is to be written, with the page's own reader, and makes sure that it says what was meant:
 * everything that it said before, and the new update.
 * @param before the event as the file gives it now; nothing for a new file
 * @returns what is not wrong but worth a look
 * @throws {CommandError} when the page would refuse the file or read something else from it
 */
export function approve(found: FoundContent, { path, text, update }: Draft, before?: StatusEvent): Diagnostic[] {
  const { events, diagnostics } = readWithoutErrors(found, path, text);
  const event = before ? events.find(({ id }) => id === before.id) : events[0];
  const known = new Set(before?.updates.map(({ id }) => id));
  const added = event?.updates.filter(({ id }) => !known.has(id)) ?? [];
  const written = added.find((one) => says(one, update) && (!event || setsComponents(one, update, event, found)));
  if (added.length > 1 && written) {
    throw new CommandError(
      'The message contains an update heading, which would start a new update. Remove that line, or put it in a code block.',
    );
  }
  if (!written && events.length > 1) {
    throw new CommandError(
      'An update is always about the nearest occurrence of this maintenance. To cancel or move another occurrence, use the key “except” in the file.',
    );
  }
  if (!written || event?.updates.length !== known.size + 1) {
    throw new CommandError(
      'This text would not be published as you wrote it. Check whether the message, or the file above it, opens a code block or HTML element without closing it.',
    );
  }
  return diagnostics;
}

/**
 * Reads a file with an exception for one occurrence of a series, and makes sure that it is read as intended.
 * @returns warnings
 * @throws {CommandError} when the page would refuse the file or read something else from it
 */
export function approveException(
  found: FoundContent,
  { path, text, update }: Draft,
  before: StatusEvent,
): Diagnostic[] {
  const { events, diagnostics } = readWithoutErrors(found, path, text);
  const event = events.find(({ id }) => id === before.id);
  const isMeant = event?.kind === 'maintenance' && (event.cancelled === true) === (update.word === 'cancelled');
  if (!isMeant || !event.exception)
    throw new CommandError('This exception cannot be added automatically. Add it by hand under “except”.');
  return diagnostics;
}

/** @throws {CommandError} when the page would refuse the file */
export function readWithoutErrors(found: FoundContent, path: string, text: string) {
  const reading = readAs(found, path, text);
  const errors = reading.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return reading;
  throw new CommandError(`This text cannot be published:\n${linesOf(text, errors)}`, { diagnostics: errors });
}

/** The lines that diagnostics are about, which stand in no file yet. */
function linesOf(text: string, diagnostics: readonly Diagnostic[]): string {
  const lines = text.split(/\r\n?|\n/);
  const numbers = new Set(diagnostics.map(({ line }) => line));
  return [...numbers].map((number) => `  ${number}  ${printable(lines[number - 1] ?? '')}`).join('\n');
}

/** Whether an update that was read says all that was to be written, apart from components. */
function says(read: Update, { message: _, components: __, ...wanted }: NewUpdate): boolean {
  return Object.entries(wanted).every(
    ([key, value]) => value === undefined || JSON.stringify(read[key as keyof Update]) === JSON.stringify(value),
  );
}

/** Whether an update sets the components that were to be written. A group that is operational sets only those that the event has named. */
function setsComponents(
  { components: read = {} }: Update,
  { components: wanted = {} }: NewUpdate,
  event: StatusEvent,
  { content }: FoundContent,
): boolean {
  const meant = byComponent(wanted, content, startOf(event));
  const mayBeLeftOut = (id: string) => meant[id] === 'operational' && !Object.hasOwn(wanted, id);
  return (
    Object.entries(read).every(([id, status]) => meant[id] === status) &&
    Object.keys(meant).every((id) => Object.hasOwn(read, id) || mayBeLeftOut(id))
  );
}

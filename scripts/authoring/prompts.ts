import {
  autocompleteMultiselect,
  confirm,
  isCancel,
  multiline,
  multiselect,
  select,
  spinner,
  text,
} from '@clack/prompts';
import { keyboard } from './keys.ts';
import { CommandError, interrupted } from '../lib/errors.ts';

/** Refuses an answer by throwing; the sentence is shown, and the question stays. */
type Check = (answer: string) => unknown;

export interface Choice<T extends string> {
  value: T;
  label: string;
  hint?: string;
}

/** More choices than these are searched by typing. */
const FEW = 10;

/** Whether there is somebody to ask. */
export function isTerminal(): boolean {
  return Boolean(process.stdin.isTTY && process.stdout.isTTY);
}

/** What a question shows besides its words. */
export interface LineHints {
  /** Stands there already, to be changed or left. */
  initial?: string;
  /** What Enter alone answers. */
  fallback?: string;
  example?: string;
}

/** Asks for one line. */
export async function askLine(
  message: string,
  check: Check,
  { initial, fallback, example }: LineHints = {},
): Promise<string> {
  const placeholder = fallback ?? example;
  const options = {
    ...(initial && { initialValue: initial }),
    ...(fallback && { defaultValue: fallback }),
    ...(placeholder && { placeholder }),
  };
  const more = fallback && [`Enter: ${fallback}`, example].filter(Boolean).join('; or ');
  return answered(
    await text({
      message: more ? `${message} (${more})` : message,
      validate: (answer) => problemOf(check, answer || fallback || ''),
      input: keyboard(),
      ...options,
    }),
  );
}

/**
 * Asks for a text of several lines; Tab leaves it, so that a pasted text may hold empty ones.
 * @param initial stands there already, to be changed or left
 */
export async function askText(message: string, check: Check, initial?: string): Promise<string> {
  const validate = (answer: string | undefined) => problemOf(check, answer ?? '');
  const options = { showSubmit: true, validate, input: keyboard(), ...(initial && { initialValue: initial }) };
  return answered(await multiline({ message: `${message} (Tab, then Enter, when done)`, ...options }));
}

/** Asks for one of several. */
export async function askOne<T extends string>(
  message: string,
  choices: readonly Choice<T>[],
  initial?: T,
): Promise<T> {
  const options: Choice<string>[] = [...choices];
  return answered(
    await select<string>({ message, options, input: keyboard(), ...(initial && { initialValue: initial }) }),
  ) as T;
}

/** Asks what to do with what was just shown: keys that were typed before do not answer. */
export async function askNow<T extends string>(message: string, choices: readonly Choice<T>[]): Promise<T> {
  await keyboard().forget();
  return askOne(message, choices);
}

/** Asks for any number of several. */
export async function askSome(message: string, choices: readonly Choice<string>[]): Promise<string[]> {
  const ask = choices.length > FEW ? autocompleteMultiselect<string> : multiselect<string>;
  return answered(await ask({ message, options: [...choices], required: false, maxItems: FEW, input: keyboard() }));
}

/** Asks for yes or no. */
export async function askWhether(message: string, initial: boolean): Promise<boolean> {
  return answered(await confirm({ message, initialValue: initial, input: keyboard() }));
}

/** Shows that something is waited for, and for how long. @param say prints a line, where nobody looks on */
export async function whileWaiting<T>(message: string, work: Promise<T>, say: (text: string) => void): Promise<T> {
  if (!isTerminal()) {
    say(`${message} …`);
    return work;
  }
  const shown = spinner({ indicator: 'timer', output: process.stderr });
  shown.start(message);
  return work.finally(() => shown.clear());
}

function answered<T>(answer: T): Exclude<T, symbol> {
  if (isCancel(answer)) throw interrupted();
  return answer as Exclude<T, symbol>;
}

function problemOf(check: Check, answer: string): string | undefined {
  try {
    check(answer);
    return undefined;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const [first] = error.diagnostics;
    return first
      ? [first.reason, first.expected].filter(Boolean).join(' Write: ')
      : error.message.replace(/^--[a-z-]+: /, '');
  }
}

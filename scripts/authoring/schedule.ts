import type { Instant } from '../../src/core/days.ts';
import { eventIdOf } from '../../src/core/events.ts';
import type { StatusEvent } from '../../src/core/model.ts';
import { formatTime } from '../../src/core/time-text.ts';
import { isScheduled, SCHEDULED } from '../../src/reader/files.ts';
import { eventOf } from '../../src/reader/scheduled.ts';
import type { FoundContent } from '../lib/content.ts';
import { findContent, placeOf } from '../lib/content.ts';
import type { CommandContext } from '../lib/context.ts';
import { CommandError } from '../lib/errors.ts';
import { readTimeOption } from './answers.ts';
import { updateText } from './edit.ts';
import type { Post } from './post.ts';

/**
 * When something is to be published.
 * @throws {CommandError} when the time cannot be understood, or has passed
 */
export async function publishTime(text: string, { env }: CommandContext): Promise<Instant> {
  const found = await findContent(env, () => false);
  const at = readTimeOption(text, '--publish-at', 'after', found);
  if (at > found.now) return at;
  throw new CommandError(`--publish-at: ${formatTime(at)} has passed. Give a time ahead, such as "tomorrow 09:00".`);
}

/** The context of a command as it will be at another time. */
export function contextAt(at: Instant, context: CommandContext): CommandContext {
  return { ...context, env: { ...context.env, STATUS_NOW: new Date(at).toISOString() } };
}

/** The same change in `content/scheduled/`. */
export function schedule(
  { draft, before, translations = [], hints = [], ...rest }: Post,
  at: Instant,
  found: FoundContent,
): Post {
  if (draft.lines !== undefined)
    throw new CommandError('One occurrence of a series cannot be moved or cancelled later. Leave out --publish-at.');
  const move = (file: { path: string; text: string; before?: string | undefined }, lines: string) => {
    const path = `${SCHEDULED}/${file.path}`;
    const there = found.source.files.find((one) => one.path === path)?.text;
    // The target of the updates exists, or is scheduled itself.
    const text = file.before === undefined ? file.text : `${lines}\n`;
    return { path, text: there === undefined ? text : `${there.trimEnd()}\n\n${lines}\n`, before: there };
  };
  const { before: own, ...moved } = move({ ...draft, before }, updateText(draft.update));
  return {
    ...rest,
    later: at,
    draft: { ...draft, ...moved },
    ...(own !== undefined && { before: own }),
    translations: translations.map((one) => ({ ...one, ...move(one, one.lines) })),
    hints: [
      ...hints,
      `It is published at ${formatTime(at)}, or some minutes later, once this is pushed. Until then, the page and subscribers have nothing of it. Everybody who can read the repository can read it now.`,
    ],
  };
}

/** What to look at when an event gets an update: those that are scheduled for it may no longer fit. */
export function hintsOnScheduled({ file }: StatusEvent, found: FoundContent): string[] {
  const files = found.source.files.filter(({ path }) => isScheduled(path) && eventOf(path) === eventOf(file));
  const places = files.map(({ path }) => placeOf(found, path));
  return places.length === 0
    ? []
    : [`More is scheduled for ${eventIdOf(file)}. Check that it still fits: ${places.join(', ')}.`];
}

import { affectedComponents } from '../../src/core/incident.ts';
import type { Content, StatusEvent } from '../../src/core/model.ts';
/** The owners of the components that an event affects. */
interface Owners {
  /** As in `components.yml`, without duplicates. */
  owners: string[];
  /** Names of affected components without an owner. */
  without: string[];
}

/** The owners of every component that an event ever named. */
export function ownersOf(event: StatusEvent, { components }: Pick<Content, 'components'>): Owners {
  const affected = affectedComponents(event).flatMap((id) => components.get(id) ?? []);
  return {
    owners: [...new Set(affected.flatMap(({ owner }) => owner ?? []))],
    without: affected.flatMap(({ owner, name }) => (owner === undefined ? [name] : [])),
  };
}

/** A person or team to notify, as a mention if GitHub has one for that name; otherwise only shown. */
export function mention(name: string): string {
  return MENTION.test(name) ? name : toInlineCode(name);
}

const MENTION = /^@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\/[A-Za-z0-9._-]+)?$/;

/**
 * Text of an incident within Markdown on GitHub: in a code span it notifies nobody and holds no link and no markup.
 * @see https://spec.commonmark.org/0.31.2/#code-spans
 */
export function toInlineCode(text: string): string {
  const line = oneLine(text);
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = line === '' || /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

/** Text of an incident in the title of an issue, where Markdown is not read; no longer than `most` characters. */
export function inTitle(text: string, most: number): string {
  const letters = [...oneLine(text)];
  const short = letters.length <= most ? letters : [...letters.slice(0, most - 1), '…'];
  return short.join('').replace(/@(?=\w)/g, `@${WORD_JOINER}`);
}

const WORD_JOINER = '\u2060';

/** Text on one line, without control characters. */
function oneLine(text: string): string {
  return text.replace(STEERING, ' ').replace(/\s+/g, ' ').trim();
}

/** Control characters, and those that change the direction of text. */
const STEERING = /[\u0000-\u001F\u007F-\u009F\u200B\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]+/g;

import { levelsOf } from '../../src/core/watch-moments.ts';
import { answerTo } from '../../src/core/watch-answer.ts';
import type { Content, Instant } from '../../src/core/model.ts';
import { formatTime } from '../../src/core/time-text.ts';
import type { WatchCase } from '../../src/core/watch.ts';
import { isMissed } from '../../src/core/watch.ts';
import { headingWord } from '../../src/reader/status-words.ts';
import { called, inert, inTitle } from './inert.ts';
import { writeMarks } from './marks.ts';
import { ownersOf } from './owners.ts';
import { fileAddress, pageAddress } from './places.ts';
import { spanInWords } from './span.ts';
import type { Telling } from './tracker.ts';
import { awaitedBy, commandsFor, headlineOf, sentenceOf } from './words.ts';

/** What the texts of issues are made from. */
export interface IssueContext {
  content: Content;
  now: Instant;
  /** The repository's page on GitHub. */
  repository: string;
  /** The content folder within the repository. */
  folder: string;
}

/** GitHub takes 256 characters, and the rest of a title has at most 70. */
const LONGEST = 180;

/** `Update promised for 09:50 UTC: Some customers cannot pay` */
export function issueTitle(one: WatchCase, now: Instant): string {
  return `${headlineOf(one, isMissed(one, now))}: ${inTitle(one.event.title, LONGEST)}`;
}

/** What an issue says from its beginning to its end; it changes only if the promise itself does. */
export function issueBody(one: WatchCase, told: readonly string[], context: IssueContext): string {
  const { event } = one;
  const { site } = context.content;
  const { owners, without } = ownersOf(event, context.content);
  const levels = levelsOf(one, site);
  const nobody = without.length === 0 ? '' : `Nobody is named as the owner of ${without.map(inert).join(', ')}.`;
  return [
    writeMarks({ case: one.id, told, closed: false }),
    owners.map(called).join(' '),
    `${sentenceOf(one, false)}: ${inert(event.title)}`,
    [
      `- On the page: ${pageAddress(event, site)}`,
      `- In the repository: [${inert(`${context.folder}/${event.file}`)}](${fileAddress(event, context)})`,
      ...levels.map(({ after, who }) => `- Told ${spanInWords(after)} after that: ${who.map(inert).join(', ')}`),
    ].join('\n'),
    nobody,
    `Write it, and push:\n\n\`\`\`sh\n${commandsFor(one).join('\n')}\n\`\`\``,
    'This issue closes by itself then. If you close it before, nobody else is told.',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** All that has to have been told about a case by now: that it is missed, and each level that it has climbed. */
export function tellingsOf(one: WatchCase, { content, now }: Pick<IssueContext, 'content' | 'now'>): Telling[] {
  if (!isMissed(one, now)) return [];
  const levels = levelsOf(one, content.site).filter(({ from }) => from <= now);
  const { owners } = ownersOf(one.event, content);
  const word = awaitedBy(one.kind);
  return [
    { key: missedKey(one), text: told(owners, `${sentenceOf(one, true)}.`) },
    ...levels.map(({ after, who }) => ({
      key: keyOf(one, `after ${after / 60_000}m`),
      text: told(who, `${spanInWords(after)} after it was due, the ${word} has not come.`),
    })),
  ];
}

/** What has been told once an issue is opened: that it is missed stands in the issue itself. */
export function missedKey(one: WatchCase): string {
  return keyOf(one, 'missed');
}

/** A comment of all that is to be told. */
export function commentOf(tellings: readonly Telling[]): string {
  const marks = writeMarks({ told: tellings.map(({ key }) => key), closed: false });
  return [marks, ...tellings.map(({ text }) => text)].join('\n\n');
}

/** What is told when a case is no longer due. @param due when it was, if that is still known */
export function closingOf(id: string, content: Content): Telling {
  const { update, kind } = answerTo(id, content);
  if (!update) return { key: 'gone', text: 'This is no longer due: the file says something else now, or it is gone.' };
  const text = `The ${awaitedBy(kind)} came at ${formatTime(update.at)}: ${headingWord(update.word)}.`;
  return { key: `answered ${update.id}`, text };
}

/** With the time in it, since a promise that is moved starts anew. */
function keyOf({ due }: WatchCase, what: string): string {
  return `${new Date(due).toISOString()} ${what}`;
}

function told(who: readonly string[], text: string): string {
  return who.length === 0 ? text : `${who.map(called).join(' ')} ${text}`;
}

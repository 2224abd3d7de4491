import { ownersOf, mention, toInlineCode, inTitle } from '../lib/mentions.ts';
import type { Instant } from '../../src/core/days.ts';
import { eventAddress } from '../../src/core/events.ts';
import { answerTo, isMissed, levelsOf } from '../../src/core/watch.ts';
import type { Content, StatusEvent } from '../../src/core/model.ts';
import { formatTime } from '../../src/core/time-text.ts';
import type { WatchCase, WatchKind } from '../../src/core/watch.ts';
import { headingWord } from '../../src/reader/events/headings.ts';
import { writeMarks } from './tracker.ts';
import type { Notification } from './tracker.ts';
import { counted } from '../lib/text.ts';

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

/** The text of an issue, which changes only if the promise does. */
export function issueBody(one: WatchCase, told: readonly string[], context: IssueContext): string {
  const { event } = one;
  const { site } = context.content;
  const { owners, without } = ownersOf(event, context.content);
  const levels = levelsOf(one, site);
  const nobody = without.length === 0 ? '' : `No owner is set for ${without.map(toInlineCode).join(', ')}.`;
  return [
    writeMarks({ case: one.id, told, closed: false }),
    owners.map(mention).join(' '),
    `${sentenceOf(one, false)}: ${toInlineCode(event.title)}`,
    [
      `- On the page: ${eventAddress(site.url, event)}`,
      `- In the repository: [${toInlineCode(`${context.folder}/${event.file}`)}](${fileAddress(event, context)})`,
      ...levels.map(
        ({ after, who }) => `- When ${spanInWords(after)} overdue, also notify: ${who.map(toInlineCode).join(', ')}`,
      ),
    ].join('\n'),
    nobody,
    `Post the ${PHRASES[one.kind].awaited}, then push:\n\n\`\`\`sh\n${commandsFor(one).join('\n')}\n\`\`\``,
    'This issue then closes by itself. If you close it earlier, nobody else is notified.',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Where an event's file lies on GitHub. @param folder the content folder within the repository */
function fileAddress({ file }: StatusEvent, { repository, folder }: { repository: string; folder: string }): string {
  const path = `${folder}/${file}`.split('/').map(encodeURIComponent).join('/');
  return `${repository}/blob/HEAD/${path.replace(/[()']/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`)}`;
}

/** All notifications that are due by now: that a case is missed, and each level of escalation that it has reached. */
export function dueNotifications(
  one: WatchCase,
  { content, now }: Pick<IssueContext, 'content' | 'now'>,
): Notification[] {
  if (!isMissed(one, now)) return [];
  const levels = levelsOf(one, content.site).filter(({ from }) => from <= now);
  const { owners } = ownersOf(one.event, content);
  const { awaited } = PHRASES[one.kind];
  return [
    { key: missedKey(one), text: addressed(owners, `${sentenceOf(one, true)}.`) },
    ...levels.map(({ after, who }) => ({
      key: notificationKey(one, `after ${after / 60_000}m`),
      text: addressed(who, `The ${awaited} is ${spanInWords(after)} overdue.`),
    })),
  ];
}

/** The key of the notification that a case is missed. An issue that is opened late says so itself. */
export function missedKey(one: WatchCase): string {
  return notificationKey(one, 'missed');
}

/** With the time in it, since a promise that is moved starts anew. */
function notificationKey({ due }: WatchCase, what: string): string {
  return `${new Date(due).toISOString()} ${what}`;
}

function addressed(who: readonly string[], text: string): string {
  return who.length === 0 ? text : `${who.map(mention).join(' ')} ${text}`;
}

/** The notification that a case is no longer due. */
export function closingNotification(id: string, content: Content): Notification {
  const { update, kind } = answerTo(id, content);
  if (!update) return { key: 'gone', text: 'This is no longer due: the file was changed or deleted.' };
  const text = `The ${PHRASES[kind].awaited} was posted at ${formatTime(update.at)}: ${headingWord(update.word)}.`;
  return { key: `answered ${update.id}`, text };
}

/** One comment for several notifications. */
export function commentText(notifications: readonly Notification[]): string {
  const marks = writeMarks({ told: notifications.map(({ key }) => key), closed: false });
  return [marks, ...notifications.map(({ text }) => text)].join('\n\n');
}

/** What is due, as a sentence without its full stop. */
export function sentenceOf({ kind, due }: WatchCase, missed: boolean): string {
  return PHRASES[kind][missed ? 'missed' : 'coming'](formatTime(due));
}

/** What is due, in as few words as a title takes. */
function headlineOf({ kind, due }: WatchCase, missed: boolean): string {
  const time = kind === 'postmortem' ? formatTime(due) : formatTime(due).slice('2026-11-20 '.length);
  const text = PHRASES[kind].title(time);
  return missed ? `Overdue: ${text}` : text.charAt(0).toUpperCase() + text.slice(1);
}

/** Commands that answer a case. */
export function commandsFor({ kind, event }: WatchCase): string[] {
  return PHRASES[kind].commands(event.id);
}

/** How a kind of case is put into words. */
interface Phrases {
  /** Begins the title of an issue. */
  title: (time: string) => string;
  coming: (time: string) => string;
  missed: (time: string) => string;
  /** What it waits for, after “the”. */
  awaited: string;
  /** Commands that answer it. */
  commands: (id: string) => string[];
}

const UPDATE = (id: string) => [`npm run update -- ${id}`, `npm run update -- ${id} --no-news`];

const PHRASES: Readonly<Record<WatchKind, Phrases>> = {
  promise: {
    title: (time) => `update promised for ${time}`,
    coming: (time) => `An update is promised for ${time}`,
    missed: (time) => `The update promised for ${time} has not been posted`,
    awaited: 'update',
    commands: UPDATE,
  },
  fix: {
    title: (time) => `fix expected by ${time}`,
    coming: (time) => `A fix is expected by ${time}`,
    missed: (time) => `A fix was expected by ${time}, but no update has been posted since`,
    awaited: 'update',
    commands: (id) => [`npm run update -- ${id} --expected-fix 1h`, `npm run resolve -- ${id}`],
  },
  silence: {
    title: (time) => `update expected by ${time}`,
    coming: (time) => `No update is promised, but customers expect one by ${time}`,
    missed: (time) => `No update was promised, and none was posted by ${time}`,
    awaited: 'update',
    commands: UPDATE,
  },
  overrun: {
    title: (time) => `maintenance due to end by ${time}`,
    coming: (time) => `The maintenance is due to end by ${time}`,
    missed: (time) => `The maintenance was due to end by ${time} but is still in progress`,
    awaited: 'update',
    commands: (id) => [`npm run resolve -- ${id}`, `npm run update -- ${id} --next 30m`],
  },
  postmortem: {
    title: (time) => `postmortem due by ${time}`,
    coming: (time) => `The postmortem is due by ${time}`,
    missed: (time) => `The postmortem due by ${time} has not been published`,
    awaited: 'postmortem',
    commands: (id) => [`npm run update -- ${id} --status postmortem`],
  },
};

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** A length of time in its two largest units: `2 hours 5 minutes`. @param milliseconds not negative */
export function spanInWords(milliseconds: number): string {
  let rest = milliseconds;
  const parts = UNITS.flatMap(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [counted(count, unit)];
  });
  return parts.slice(0, 2).join(' ') || 'less than a minute';
}

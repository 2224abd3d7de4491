import type { Instant } from '../../src/core/days.ts';
import { labelLine, writeWindow } from '../../src/reader/events/labels.ts';
import { Document, isSeq } from 'yaml';
import type { LabelName } from '../../src/core/labels.ts';
import { LABEL_NAMES, LABELS } from '../../src/core/labels.ts';
import type { LabelledFacts } from '../../src/core/model.ts';
import { formatTime } from '../../src/core/time-text.ts';
import type { ComponentStatus, Impact } from '../../src/core/vocabulary.ts';
import { headingLine } from '../../src/reader/events/headings.ts';
import { writeTimeNear } from '../../src/core/human-time.ts';
import type { Placed } from '../../src/reader/events/insert.ts';
import { insertBlock } from '../../src/reader/events/insert.ts';

/** An update as it is to be written. */
export interface NewUpdate extends LabelledFacts {
  /** What its heading says: `investigating`, `in_progress`. */
  word: string;
  at: Instant;
  /** Markdown with `\n` line ends, without empty lines around it. */
  message: string;
}

/** The front matter of a file to be written; what is left out stands nowhere. */
export interface NewFrontMatter {
  title: string;
  impact?: Impact;
  /** A list is under maintenance. */
  components?: Readonly<Record<string, ComponentStatus>> | readonly string[];
  started?: Instant;
  from?: Instant;
  scheduled?: Instant;
  until?: Instant;
  announced?: Instant;
  pinned?: boolean;
  areas?: readonly string[];
  reference?: string;
  aliases?: readonly string[];
}

/**
 * An update as it stands in a file: heading, message, labelled lines. Without a line end behind it.
 * @param time how times near the update are written; commands leave out the day where it is clear
 */
export function updateText(update: NewUpdate, time: typeof writeTimeNear = writeTimeNear): string {
  const parts = [headingLine(update.word, formatTime(update.at)), update.message, labelLines(update, time).join('\n')];
  return parts.filter((part) => part !== '').join('\n\n');
}

function labelLines(update: NewUpdate, time: typeof writeTimeNear): string[] {
  return LABEL_NAMES.flatMap((name) => {
    const value = labelValue(update, name, time);
    return value === '' ? [] : [labelLine(name, value)];
  });
}

function labelValue(update: NewUpdate, name: LabelName, time: typeof writeTimeNear): string {
  const pairs = Object.entries(update.components ?? {});
  if (name === 'components') return pairs.map(([id, status]) => `${id}: ${status.replaceAll('_', ' ')}`).join(', ');
  if (name === 'areas') return update.areas?.join(', ') ?? '';
  if (name === 'window') return update.window ? writeWindow(update.window) : '';
  const instant = update[name];
  return instant === undefined ? '' : time(instant, update.at, LABELS[name].isBefore ? 'before' : 'after');
}

/** A whole file with its first update. */
export function eventText(front: NewFrontMatter, update: NewUpdate): string {
  return `---\n${frontMatterText(front)}---\n\n${updateText(update)}\n`;
}

/** @param isFlow whether lists stand on one line, in brackets */
export function frontMatterText(
  {
    title,
    impact,
    components,
    started,
    from,
    scheduled,
    until,
    announced,
    pinned,
    areas,
    reference,
    aliases,
  }: NewFrontMatter,
  isFlow = true,
): string {
  const times = Object.entries({ started, from, scheduled, until, announced }).flatMap(([key, at]) =>
    at === undefined ? [] : [[key, formatTime(at)]],
  );
  const document = new Document({
    title,
    ...(impact && { impact }),
    ...(components && Object.keys(components).length > 0 && { components }),
    ...Object.fromEntries(times),
    ...(pinned && { pinned }),
    ...(areas && areas.length > 0 && { areas }),
    ...(reference && { reference }),
    ...(aliases && aliases.length > 0 && { aliases }),
  });
  for (const key of ['components', 'areas']) {
    const node = document.get(key);
    if (isSeq(node)) node.flow = isFlow;
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/**
 * A file's text with one more update where its order wants it: oldest or newest first, as the file has it. All
 * other bytes stay, and the new lines end as the file's first line does.
 * @param text as it is on the disk
 * @param existing the updates that are there, in any order
 */
export function insertUpdate(text: string, existing: readonly Placed[], update: NewUpdate): string {
  return insertBlock(text, existing, update.at, updateText(update));
}

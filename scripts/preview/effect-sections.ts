import type { Instant } from '../../src/core/model.ts';
import { durationInWords } from '../../src/i18n/dates.ts';
import type { Comparison } from './compare.ts';
import type { LineToWrite } from './entry-changes.ts';
import { fieldLine } from './event-blocks.ts';
import type { Block, Inline, Section } from './outline.ts';
import { capital, counted } from './outline.ts';
import type { PromiseNote } from './promise-notes.ts';

/** How many lines to write are shown for one change. */
const MOST_LINES = 5;
const SIDES = ['', 'Now', 'After this'];

/** The page's answer on both sides, and every component with another status. */
export function statusSection({ pageStatus, statuses, naming: { words } }: Comparison): Section {
  const after = words.say(`page_status.${pageStatus.after}`);
  const before = pageStatus.before ? words.say(`page_status.${pageStatus.before}`) : 'unknown';
  const rows = statuses.map(({ name, before: was, after: is }) => [
    name,
    words.say(`component_status.${was ?? 'no_data'}`),
    words.say(`component_status.${is ?? 'no_data'}`),
  ]);
  return { title: 'Status', blocks: [{ kind: 'table', head: SIDES, rows: [['The page', before, after], ...rows] }] };
}

/** What is promised by what is published, or that nothing is. */
export function promiseSection(comparison: Comparison): Section[] {
  const { promises } = comparison;
  if (promises.length === 0) return [];
  const items = promises.flatMap((note) =>
    promiseLines(note, comparison).map((line): Inline[] =>
      promises.length > 1 ? [`${note.event.title}: ${line}`] : [line],
    ),
  );
  const blocks: Block[] = [
    items.length > 0 ? { kind: 'list', items } : { kind: 'text', text: ['No time is promised.'] },
  ];
  return [{ title: 'Promise', blocks }];
}

function promiseLines(note: PromiseNote, { now, naming: { words, time } }: Comparison): string[] {
  const away = (instant: Instant) =>
    instant >= now ? `, in ${durationInWords(instant - now, words)}.` : '. That time has already passed.';
  const answered = note.answered.map(({ due, state, answer }) => {
    const became = state === 'kept' ? 'is kept' : 'was not kept';
    return `The promise of ${time(due)} ${became}: the next update is dated ${time(answer?.at ?? due)}.`;
  });
  return [
    ...answered,
    ...(note.next ? [`${words.say('promise.due', { time: time(note.next.due) })}${away(note.next.due)}`] : []),
    ...(note.missing ? ['No next update is promised.'] : []),
    ...(note.expectedFix === undefined
      ? []
      : [`${words.say('fix.expected', { time: time(note.expectedFix) })}${away(note.expectedFix)}`]),
    ...(note.postmortem === undefined ? [] : [`A postmortem is due by ${time(note.postmortem)}.`]),
  ];
}

/** What subscribers get. */
export function feedSection({ entries: { sent, again, keep, withdrawn, tooOld } }: Comparison): Section {
  const none: Block = { kind: 'text', text: ['No new entry goes out.'] };
  const list = (titles: readonly { title: string }[]): Block => ({
    kind: 'list',
    items: titles.map(({ title }) => [title]),
  });
  const blocks: Block[] = sent.length > 0 ? [list(sent)] : [none];
  if (again.length > 0) {
    const reason = 'Its address or its time changed, so subscribers get this again:';
    blocks.push({ kind: 'text', text: [{ strong: 'Sent again. ' }, reason] }, list(again));
    blocks.push(...keep.slice(0, MOST_LINES).flatMap(keepBlocks));
  }
  if (withdrawn.length > 0) {
    blocks.push(
      { kind: 'text', text: ['This is removed from the feeds; readers who have it already keep it:'] },
      list(withdrawn),
    );
  }
  if (tooOld > 0) {
    const are = tooOld === 1 ? 'is' : 'are';
    const text = `${capital(counted(tooOld, 'update'))} ${are} older than all that the feeds hold, and ${are} not sent.`;
    blocks.push({ kind: 'text', text: [text] });
  }
  return { title: 'Feed entries that go out', blocks };
}

/** Where to write a line, and the line. */
function keepBlocks({ file, line, text }: LineToWrite): Block[] {
  const place = { code: `content/${file}` };
  const where = line === undefined ? ['Add to ', place] : ['Replace line ', `${line} of `, place];
  return [
    { kind: 'text', text: [...where, ' to keep the id, so that subscribers do not get it again:'] },
    { kind: 'code', text },
  ];
}

/** The share of time without outage, where it is another one. */
export function uptimeSection({ uptimes, outages, site, naming: { words } }: Comparison): Section {
  const title = `Uptime over the last ${counted(site.uptime.days, 'day').replace(/^one /, '')}`;
  const falling = outages.size > 0 ? ' It goes on falling for as long as the outage lasts.' : '';
  const same = `It stays the same for every component, to two decimals.${falling}`;
  if (uptimes.length === 0) return { title, blocks: [{ kind: 'text', text: [same] }] };
  const number = new Intl.NumberFormat(words.locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const percent = (value: number | undefined) =>
    value === undefined ? words.say('uptime.unknown') : words.say('uptime.percent', { number: number.format(value) });
  const rows = uptimes.map(({ name, before, after }) => [name, percent(before), percent(after)]);
  const more: Block[] = falling ? [{ kind: 'text', text: [falling.trim()] }] : [];
  return { title, blocks: [{ kind: 'table', head: SIDES, rows }, ...more] };
}

/** What changes besides incidents and maintenance. */
export function pageSection({ page: { fields, order, files, unseen } }: Comparison): Section[] {
  const items: Inline[][] = [
    ...fields.map(fieldLine),
    ...(order ? [['Components stand in another order, or in other groups.']] : []),
    ...files.map(({ kind, path }) => [{ code: `public${path}` }, ` is ${kind}.`]),
    ...(unseen.length > 0 ? [[`Settings that customers do not see: ${unseen.join(', ')}.`]] : []),
  ];
  return items.length > 0 ? [{ title: 'The page itself', blocks: [{ kind: 'list', items }] }] : [];
}

import type { Instant } from '../../src/core/days.ts';
import { affectedNodes } from '../../src/core/affected.ts';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { adviceOf } from '../../src/core/diagnostic.ts';
import { isNotice } from '../../src/core/incident.ts';
import type { Body, StatusEvent, Update } from '../../src/core/model.ts';
import { componentStatusAt } from '../../src/core/status.ts';
import type { ComponentStatus } from '../../src/core/vocabulary.ts';
import { eventPath } from '../../src/core/events.ts';
import { plainMarkdown } from '../../src/formats/markdown-text.ts';
import { durationInWords } from '../../src/i18n/durations.ts';
import { affectedInWords, factsOf, factText, severityInWords } from '../../src/i18n/facts.ts';
import { plural } from '../lib/text.ts';
import { missingPart, olderLine, untranslatedTitle } from '../lib/untranslated.ts';
import { formatTime } from '../../src/core/time-text.ts';
import type { Scheduled } from '../lib/scheduled.ts';
import type { MissingTranslations } from '../../src/core/translations.ts';
import type { Block, Inline } from './blocks.ts';
import { code, codeBlock, link, list, paragraph, quote, strong, table } from './blocks.ts';
import type { Change, Comparison, EventChange, WordChange } from './compare.ts';
import { onlyWords } from './compare.ts';
import type { FieldChange } from './snapshot.ts';

/** Everything that a preview reports about a change. */
export interface Preview {
  /** Left out if `site.yml` or `components.yml` has errors. */
  comparison?: Comparison;
  errors: readonly Diagnostic[];
  /** Only those that this change adds. */
  warnings: readonly Diagnostic[];
  untranslated: readonly MissingTranslations[];
  /** What this change schedules. */
  scheduled: readonly Scheduled[];
  /** Files that had errors before, so that everything in them counts as new. */
  unreadBefore: readonly string[];
  /** Files that have errors now, so that their published version is compared instead. */
  kept: readonly string[];
  /** The path of the content folder in messages. */
  folder: string;
  /** The short hash of the commit that the folder is compared with. */
  commit: string;
  /** URL of the workflow run that builds the page. */
  run?: string;
}

/** The text of a preview, most important first. The comment and the terminal show the same. */
export interface Outline {
  headline: string;
  lead: Block[];
  sections: Section[];
  foot: Block[];
}

interface Section {
  title: string;
  blocks: Block[];
}

export function outlineOf(preview: Preview): Outline {
  const { comparison, errors, warnings, untranslated, scheduled, unreadBefore, folder } = preview;
  const isBroken = errors.length > 0 || !comparison;
  const unread = 'These files had errors before this change, so everything in them counts as new:';
  const files = unreadBefore.map((file) => [code(`${folder}/${file}`)]);
  return {
    headline: isBroken ? `This cannot be published yet: ${counted(errors.length, 'error')}.` : headlineOf(comparison),
    lead: isBroken ? brokenLead(preview) : leadOf(comparison),
    sections: [
      ...section('What to fix', diagnosticBlocks(errors, folder)),
      ...(comparison ? changeSections(comparison) : []),
      ...section('Scheduled', scheduled.flatMap(scheduledBlocks)),
      ...section('Warnings', diagnosticBlocks(warnings, folder)),
      ...section('Translations', untranslatedBlocks(untranslated, folder)),
      ...section(
        'Errors that this change fixes',
        comparison && files.length > 0 ? [paragraph(unread), list(files)] : [],
      ),
    ],
    foot: comparison ? footOf(comparison, errors.length > 0 ? undefined : preview.run) : [],
  };
}

function scheduledBlocks(one: Scheduled): Block[] {
  const when = `Will be published at ${formatTime(one.at)}, and can be read in the repository until then: `;
  return [paragraph(when, code(one.in.target)), codeBlock(`${one.in.head}${one.in.head && '\n'}${one.text}`)];
}

function untranslatedBlocks(missing: readonly MissingTranslations[], folder: string): Block[] {
  return missing.flatMap((one) => [
    paragraph(untranslatedTitle(one)),
    list([
      ...one.current.map((each) => [`${each.event.title}: ${missingPart(each)} `, code(`${folder}/${each.file}`)]),
      ...olderLine(one).map((line) => [line]),
    ]),
  ]);
}

/** Sums a change up in one sentence. */
export function headlineOf({ extent, pageStatus, events, wording }: Comparison): string {
  if (extent === 'nothing') return 'Nothing changes for customers.';
  if (extent === 'values') {
    const still = pageStatus.before === pageStatus.after ? 'still ' : '';
    return `After this is merged, the page ${still}says: ${wording.words.say(`page_status.${pageStatus.after}`)}.`;
  }
  const sum = (count: (event: EventChange) => number) => events.reduce((all, event) => all + count(event), 0);
  const updates = sum((event) => event.updates.length + (event.words ? 1 : 0));
  const titles = sum(({ fields }) => fields.length);
  const texts = [[updates, 'update'] as const, [titles, 'title'] as const].filter(([count]) => count > 0);
  const named = texts.map(([count, noun]) => counted(count, noun)).join(' and ');
  return `Nothing changes for customers except the wording of ${named}.`;
}

/** The sentences below the headline. */
function leadOf(comparison: Comparison): Block[] {
  const { extent, pageStatus, page, wording } = comparison;
  if (extent === 'values') {
    const sentences = countSentences(comparison.events);
    return sentences.length > 0 ? [paragraph(sentences.join(' '))] : [];
  }
  const why =
    extent === 'words'
      ? 'Statuses, times and promises stay the same, and subscribers get nothing new.'
      : page.unseen.length > 0
        ? `The settings that change are not visible to customers: ${page.unseen.join(', ')}.`
        : 'The edits are not visible to customers.';
  return [paragraph(`The page still says: ${wording.words.say(`page_status.${pageStatus.after}`)}. ${why}`)];
}

/** `One incident is added. 2 updates are published.` */
function countSentences(events: readonly EventChange[]): string[] {
  const count = (kind: EventChange['kind'], of: StatusEvent['kind']) =>
    events.filter((change) => change.kind === kind && change.subject.kind === of).length;
  const updates = events.filter(({ kind }) => kind !== 'removed').flatMap((event) => event.updates);
  const counts: [number, string, string][] = [
    [count('added', 'incident'), 'incident', 'added'],
    [updates.filter(({ kind }) => kind === 'added').length, 'update', 'published'],
    [count('added', 'maintenance'), 'maintenance window', 'announced'],
    [updates.filter(({ kind }) => kind === 'removed').length, 'update', 'removed'],
    [count('removed', 'incident'), 'incident', 'deleted'],
    [count('removed', 'maintenance'), 'maintenance window', 'deleted'],
  ];
  const isWorded = events.some(onlyWords) || updates.some(({ words }) => words);
  return [
    ...counts
      .filter(([number]) => number > 0)
      .map(([number, noun, verb]) => `${capital(counted(number, noun))} ${number === 1 ? 'is' : 'are'} ${verb}.`),
    ...(isWorded ? ['Some wording is corrected.'] : []),
  ];
}

/** What can still be compared when there are errors. */
function brokenLead({ comparison, kept, folder }: Preview): Block[] {
  const files = kept.flatMap((file, index): Inline[] => [index > 0 ? ', ' : '', code(`${folder}/${file}`)]);
  const rest =
    comparison && comparison.extent !== 'nothing'
      ? `As far as the files can be read: ${headlineOf(comparison)}`
      : 'Fix this to see what changes for customers.';
  const stay = [paragraph('Compared in the published version, because of errors: ', ...files, '.')];
  return [...(files.length > 0 ? stay : []), paragraph(rest)];
}

function diagnosticBlocks(diagnostics: readonly Diagnostic[], folder: string): Block[] {
  return diagnostics.flatMap((diagnostic): Block[] => {
    const { file, line, reason } = diagnostic;
    const advice = adviceOf(diagnostic);
    const text = paragraph(code(`${folder}/${file}:${line}`), ` ${reason}`, advice ? ` ${advice.how}` : '');
    return advice ? [text, codeBlock(advice.text)] : [text];
  });
}

/** The time of the preview, and how to open the built page: its links start with the path in `url`. */
function footOf({ after, wording }: Comparison, run: string | undefined): Block[] {
  const asOf = paragraph(`As of ${wording.dates.dateTime(after.now)}.`);
  if (run === undefined) return [asOf];
  const path = after.content.site.url.pathname.replace(/^\/|\/$/g, '');
  const place = path
    ? ['move its files into a folder ', code(path), ', run ', code('npx serve'), ' next to that folder, and open ']
    : ['run ', code('npx serve'), ' in that folder, and open '];
  const address = code(`http://localhost:3000/${path && `${path}/`}`);
  const download = link(`${run}#artifacts`, 'Download the page');
  return [paragraph(download, ' when the run has finished, unzip it, ', ...place, address, '.'), asOf];
}

function changeSections(comparison: Comparison): Section[] {
  const { events, extent } = comparison;
  const read = section(
    'What customers read',
    events.flatMap((event) => eventBlocks(event, comparison)),
  );
  if (extent !== 'values') return read;
  const { days } = comparison.after.content.site.uptime;
  return [
    ...section('Status', [statusTable(comparison)]),
    ...read,
    ...section('Promises to customers', promiseBlocks(comparison)),
    ...section('Sent to subscribers', feedBlocks(comparison)),
    ...section(`Uptime over the last ${counted(days, 'day').replace(/^one /, '')}`, uptimeBlocks(comparison)),
    ...section('Settings, components and files', pageBlocks(comparison)),
  ];
}

function section(title: string, blocks: Block[]): Section[] {
  return blocks.length > 0 ? [{ title, blocks }] : [];
}

const SIDES = ['', 'Now', 'After this change'];

/** The page's status before and after, and every component whose status changes. */
function statusTable({ pageStatus, statuses, wording: { words } }: Comparison): Block {
  const before = pageStatus.before ? words.say(`page_status.${pageStatus.before}`) : 'unknown';
  const status = (value?: ComponentStatus) => words.say(`component_status.${value ?? 'no_data'}`);
  return table([
    SIDES,
    ['The page', before, words.say(`page_status.${pageStatus.after}`)],
    ...statuses.map((one) => [one.name, status(one.before), status(one.after)]),
  ]);
}

/** What changes in one incident or maintenance. */
function eventBlocks(change: EventChange, comparison: Comparison): Block[] {
  const { subject: event, kind, fields, words, updates } = change;
  const heading = paragraph(strong(`${eventLabel(change)}: ${event.title}`));
  const count = event.updates.length;
  if (kind === 'removed') {
    const withUpdates = count > 0 ? ` with ${counted(count, 'update')}` : '';
    const text = `Its page${withUpdates} is removed, and links to /${eventPath(event)} stop working. Customers may already have read it.`;
    return [heading, paragraph(text)];
  }
  const announced = [strong(comparison.wording.words.say('maintenance.announced'))];
  const announcement = event.kind === 'maintenance' ? event.announcement : undefined;
  return [
    heading,
    ...(kind === 'added' ? [paragraph(introduction(event, comparison))] : fieldList(fields)),
    ...(kind === 'added' && announcement ? [customerText(announced, announcement, [], comparison)] : []),
    ...(words ? changedText(announced, announcement, words, comparison) : []),
    ...updates.flatMap((update) => updateBlocks(event, update, comparison)),
  ];
}

function eventLabel(change: EventChange): string {
  const { subject: event, kind, fields, updates } = change;
  const noun = event.kind === 'maintenance' ? 'maintenance' : isNotice(event) ? 'notice' : 'incident';
  if (kind !== 'changed') return `${kind === 'added' ? 'New' : 'Deleted'} ${noun}`;
  const added = updates.filter((update) => update.kind === 'added');
  if (added.some(({ subject }) => subject.word === 'cancelled')) return `Cancelled ${noun}`;
  if (fields.some(({ field }) => field === 'planned')) return `Moved ${noun}`;
  if (added.length > 0) return `New update${added.length === 1 ? '' : 's'} to an existing ${noun}`;
  return onlyWords(change) ? `Corrected wording of ${noun === 'incident' ? 'an' : 'a'} ${noun}` : `Changed ${noun}`;
}

/** The line below the title on the page. */
function introduction(event: StatusEvent, { after, wording: { words, time } }: Comparison): string {
  const when =
    event.kind === 'incident'
      ? [severityInWords(event, words), words.say('event.since', { time: time(event.started) })]
      : [words.say('time.range', { from: time(event.scheduled), to: time(event.until) })];
  const affected = affectedInWords(affectedNodes(after.content, event, Object.entries(event.components)), words);
  return [...when, affected].filter(Boolean).join(' · ');
}

function fieldList(fields: readonly FieldChange[]): Block[] {
  return fields.length > 0 ? [list(fields.map(fieldLine))] : [];
}

/** `Scheduled for: 02:00 UTC → 03:00 UTC` */
function fieldLine({ label, before, after }: FieldChange): Inline[] {
  const now = after === undefined ? 'none' : strong(after);
  return before === undefined ? [`${label}: `, now] : [`${label}: ${before} → `, now];
}

function updateBlocks(event: StatusEvent, change: Change<Update>, comparison: Comparison): Block[] {
  const { words, time } = comparison.wording;
  const { kind, subject: update, fields } = change;
  const word = words.say(`word.${update.word}` as `word.${StatusEvent['updates'][number]['word']}`);
  const head = [strong(word), ` · ${time(update.at)}`];
  if (kind === 'removed') return [paragraph('Removed: ', ...head)];
  if (kind === 'added') {
    const facts = factsOf(event, update, comparison.after.content, words).map((fact) =>
      words.say('feed.fact', { label: fact.label, value: factText(fact, words, { dateTime: time }) }),
    );
    return [customerText(head, update.body, facts, comparison)];
  }
  const text = change.words ? changedText(head, update.body, change.words, comparison) : [paragraph(...head)];
  return [...text, ...fieldList(fields)];
}

/** A text as customers read it: sanitized, and with absolute links. */
function customerText(head: readonly Inline[], body: Body, facts: readonly string[], { after }: Comparison): Block {
  const root = after.content.site.url.href;
  const { children } = plainMarkdown(body, { idPrefix: 'u-', root, page: root });
  const factList = facts.length > 0 ? [list(facts.map((fact) => [fact]))] : [];
  return quote(paragraph(...head), ...(children as Block[]), ...factList);
}

/** If less than this share of a text stays, the new text is shown instead of a diff, which would mark every word. */
const LEAST_LEFT = 0.4;

function changedText(
  head: readonly Inline[],
  body: Body | undefined,
  words: readonly WordChange[],
  comparison: Comparison,
): Block[] {
  const length = (...kinds: WordChange['kind'][]) =>
    words.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { text }) => sum + text.length, 0);
  const isReworded = length('removed', 'added') > 0;
  if (isReworded && length('same') >= LEAST_LEFT * length('same', 'added')) {
    return [quote(paragraph(...head), paragraph(...markedWords(words)))];
  }
  const note = isReworded ? 'The whole text is rewritten:' : 'Only the formatting or a link changes:';
  return [paragraph(note), customerText(head, body ?? { type: 'root', children: [] }, [], comparison)];
}

/** Unchanged words shown on each side of a change. */
const CONTEXT = 8;

function markedWords(words: readonly WordChange[]): Inline[] {
  return words.flatMap(({ kind, text }, index): Inline[] => {
    const gap = index > 0 ? [' '] : [];
    const children = [{ type: 'text' as const, value: text }];
    if (kind === 'added') return [...gap, { type: 'strong', data: { change: kind }, children }];
    if (kind === 'removed') return [...gap, { type: 'delete', data: { change: kind }, children }];
    const all = text.split(' ');
    const head = index === 0 ? 0 : CONTEXT;
    const tail = index === words.length - 1 ? 0 : CONTEXT;
    if (all.length <= head + tail) return [...gap, text];
    return [...gap, [...all.slice(0, head), '…', ...all.slice(all.length - tail)].join(' ')];
  });
}

function promiseBlocks(comparison: Comparison): Block[] {
  const { promises } = comparison;
  const lines = promises.flatMap((note) =>
    promiseLines(note, comparison).map((line) => [promises.length > 1 ? `${note.event.title}: ${line}` : line]),
  );
  if (lines.length > 0) return [list(lines)];
  return promises.length > 0 ? [paragraph('This change makes no promise.')] : [];
}

function promiseLines(note: Comparison['promises'][number], { after, wording: { words, time } }: Comparison): string[] {
  const away = (instant: Instant) =>
    instant >= after.now ? `, in ${durationInWords(instant - after.now, words)}.` : '. That time has already passed.';
  const { answered, next, missing, expectedFix, postmortem } = note;
  return [
    ...answered.map(({ due, state, answer }) => {
      const came = state === 'kept' ? 'came in time' : 'came late';
      return `The update promised by ${time(due)} ${came}, at ${time(answer?.at ?? due)}.`;
    }),
    next ? `${words.say('promise.due', { time: time(next.due) })}${away(next.due)}` : '',
    missing ? 'No time is given for the next update.' : '',
    expectedFix === undefined ? '' : `${words.say('fix.expected', { time: time(expectedFix) })}${away(expectedFix)}`,
    postmortem === undefined ? '' : `A postmortem is due by ${time(postmortem)}.`,
  ].filter(Boolean);
}

/** Most suggested lines in one preview. */
const MOST_LINES = 5;

function feedBlocks({ entries: { sent, again, keep, withdrawn, tooOld } }: Comparison): Block[] {
  const titles = (entries: readonly { title: string }[]) => list(entries.map(({ title }) => [title]));
  const why = 'The address or time changed, so subscribers get these entries again:';
  const linesToKeep = keep
    .slice(0, MOST_LINES)
    .flatMap(({ file, line, text }) => [
      paragraph(
        line === undefined ? 'Add to ' : `Replace line ${line} of `,
        code(`content/${file}`),
        ' so that subscribers do not get it again:',
      ),
      codeBlock(text),
    ]);
  const removed = 'These entries are removed from the feeds. Subscribers who already have them keep them:';
  const are = tooOld === 1 ? 'is' : 'are';
  const old = `${capital(counted(tooOld, 'update'))} ${are} older than everything in the feeds, so subscribers do not get ${tooOld === 1 ? 'it' : 'them'}.`;
  return [
    sent.length > 0 ? titles(sent) : paragraph('Nothing new.'),
    ...when(again.length > 0, paragraph(strong('Sent again. '), why), titles(again), ...linesToKeep),
    ...when(withdrawn.length > 0, paragraph(removed), titles(withdrawn)),
    ...when(tooOld > 0, paragraph(old)),
  ];
}

function when(isShown: boolean, ...blocks: Block[]): Block[] {
  return isShown ? blocks : [];
}

function uptimeBlocks({ uptimes, after, wording: { words } }: Comparison): Block[] {
  const weights: Readonly<Partial<Record<ComponentStatus, number>>> = after.content.site.uptime.weights;
  const isOut = (id: string) => (weights[componentStatusAt(after, id, after.now)] ?? 0) > 0;
  const falling = [...after.content.components.keys()].some(isOut)
    ? 'Uptime will keep falling until the outage ends.'
    : '';
  if (uptimes.length === 0) {
    return [paragraph(`No change in the first two decimals. ${falling}`.trim())];
  }
  const format = new Intl.NumberFormat(words.locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const percent = (value?: number) =>
    value === undefined ? words.say('uptime.unknown') : words.say('uptime.percent', { number: format.format(value) });
  const rows = uptimes.map(({ name, before, after }) => [name, percent(before), percent(after)]);
  return [table([SIDES, ...rows]), ...(falling ? [paragraph(falling)] : [])];
}

function pageBlocks({ page: { fields, order, files, unseen } }: Comparison): Block[] {
  const items = [
    ...fields.map(fieldLine),
    ...(order ? [['The order or grouping of components changes.']] : []),
    ...files.map(({ kind, path }) => [code(`public${path}`), ` is ${kind}.`]),
    ...(unseen.length > 0 ? [[`Settings that are not visible to customers: ${unseen.join(', ')}.`]] : []),
  ];
  return items.length > 0 ? [list(items)] : [];
}

/** `one update`, `2 updates` */
function counted(count: number, noun: string): string {
  return plural(count, `one ${noun}`, `${count} ${noun}s`);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

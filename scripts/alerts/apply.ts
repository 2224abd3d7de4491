import type { Instant } from '../../src/core/days.ts';
import type { Announcement } from '../../src/core/alerts/decide.ts';
import { decide } from '../../src/core/alerts/decide.ts';
import type { AlertMessage, AlertRecord } from '../../src/core/alerts/record.ts';
import { mergeRecords, withMessages } from '../../src/core/alerts/record.ts';
import type { AlertRule } from '../../src/core/alerts/rule.ts';
import { CommandError } from '../lib/errors.ts';
import type { FoundContent } from '../lib/content.ts';
import { updateText } from '../authoring/edit.ts';
import { commitMessage } from '../authoring/post.ts';
import { incidentIn, recordsIn, waitingPath, withRecords } from './rule-state.ts';
import type { AlertFile, RuleState } from './rule-state.ts';
import { affectedComponents, impactOf, incidentState } from '../../src/core/incident.ts';
import { isRetired } from '../../src/core/ledger.ts';
import type { Component, Incident, Template } from '../../src/core/model.ts';
import { formatTime } from '../../src/core/time-text.ts';
import { approve } from '../authoring/approve.ts';
import type { Draft } from '../authoring/draft.ts';
import { usualNext, writeDuration } from '../authoring/answers.ts';
import { draftIncident, draftUpdate } from '../authoring/draft.ts';
import { factsInWords } from '../authoring/facts.ts';
import { fill, findTemplate, missingBlanks } from '../authoring/template.ts';
import type { TranslatedDraft } from '../authoring/translate.ts';
import { translateDraft, withFiles } from '../authoring/translate.ts';
import { minuteOf } from '../../src/core/human-time.ts';

/** The rule's field for the template of each kind of message. */
const TEMPLATES = { begun: 'template', more: 'more', back: 'back', over: 'over' } as const;

/** A file in which something is said, and what its translations say. */
interface Rendered {
  draft: Draft;
  translated: TranslatedDraft;
}

/**
 * Adds an announcement to a file, with the text of the rule's template. If the alert's own texts make the file invalid,
 * the rule's texts replace them, so that no monitor can prevent an announcement.
 * @throws {CommandError} if the template is missing or has errors
 */
function renderUpdate(
  announcement: Announcement,
  rule: AlertRule,
  file: AlertFile | undefined,
  found: FoundContent,
): Rendered {
  try {
    return renderWith(announcement.because.fields, announcement, rule, file, found);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return renderWith({}, announcement, rule, file, found);
  }
}

function renderWith(
  fields: AlertRecord['fields'],
  announcement: Announcement,
  rule: AlertRule,
  file: AlertFile | undefined,
  found: FoundContent,
): Rendered {
  const template = findTemplate(rule[TEMPLATES[announcement.what]], found);
  const valuesFor = ({ blanks }: Template, inLanguage: FoundContent) => {
    const values = new Map([
      ...factsInWords(factsOf(announcement, rule, file), inLanguage),
      ...Object.entries(rule.set),
      ...Object.entries(fields),
    ]);
    for (const { name, usual } of blanks) {
      const words = usual[file ? incidentState(file.incident).status : ''];
      if (!values.has(name) && words !== undefined) values.set(name, words);
    }
    return values;
  };
  const say = (other: Template, inLanguage: FoundContent) => {
    const values = valuesFor(other, inLanguage);
    return missingBlanks(other, values).length > 0 ? undefined : fill(other, values, inLanguage);
  };
  const component = Object.entries('components' in announcement ? announcement.components : {})
    .filter(([id]) => isThere(found.content.components.get(id), found.now))
    .map((pair) => pair.join('='));
  const answers = { message: fill(template, valuesFor(template, found), found), status: template.status, component };
  const incident = announcement.what === 'begun' ? undefined : file?.incident;
  const draft =
    file && incident
      ? draftUpdate({ ...answers, ...timesOf(announcement, rule, incident, found) }, incident, file.text, found)
      : draftIncident(
          { ...answers, ...frontOf(announcement, rule), ...timesOf(announcement, rule, undefined, found) },
          found,
        );
  approve(found, draft, incident);
  const prepared = { templates: template.translations ?? new Map<string, Template>(), say, titles: rule.names };
  const textAt = (path: string) => file?.translations.get(path);
  return { draft, translated: translateDraft(prepared, draft, found, incident, textAt) };
}

/** Whether a component exists and is not retired. */
function isThere(component: Component | undefined, now: Instant): boolean {
  return component !== undefined && !isRetired(component, now);
}

function frontOf(announcement: Announcement, { title, areas, impact }: AlertRule) {
  const started = announcement.what === 'begun' ? { started: formatTime(minuteOf(announcement.started)) } : {};
  return { title, area: areas, ...(impact && { impact }), ...started };
}

/** The facts for an announcement: the components that are affected now, or all of them if it is over. */
function factsOf(announcement: Announcement, rule: AlertRule, file: AlertFile | undefined) {
  const said = 'components' in announcement ? announcement.components : {};
  const unwell = Object.keys(said).filter((id) => said[id] !== 'operational');
  const components = unwell.length > 0 || !file ? unwell : affectedComponents(file.incident);
  const started = announcement.what === 'begun' ? announcement.started : file?.incident.started;
  return { components, areas: rule.areas, ...(started !== undefined && { started: minuteOf(started) }) };
}

/** The time of the next update, by the rule or the page's update interval; or the end, if it is over. */
function timesOf(announcement: Announcement, rule: AlertRule, incident: Incident | undefined, found: FoundContent) {
  const at = minuteOf(found.now);
  if (announcement.what === 'over') {
    const ended = Math.max(minuteOf(announcement.ended), incident ? openedAt(incident) : -Infinity);
    return ended < at ? { ended: formatTime(ended) } : {};
  }
  if (rule.next === null) return {};
  const impact = incident?.impact ?? rule.impact ?? impactOf(Object.values(announcement.components));
  const started = incident?.started ?? (announcement.what === 'begun' ? announcement.started : at);
  return { next: rule.next === undefined ? usualNext(impact, started, found) : writeDuration(rule.next) };
}

/** When an incident was opened, or last reopened. */
function openedAt({ started, updates }: Incident): number {
  const reopened = updates.findLast(
    ({ status }, index) => status !== 'resolved' && updates[index - 1]?.status === 'resolved',
  );
  return reopened?.at ?? started;
}

/** The result of applying messages to one rule: files to write, and announcements. */
export interface Applied {
  /** Text by path below the content folder, of all files that differ from the published ones. Undefined to delete a file. */
  files: ReadonlyMap<string, string | undefined>;
  /** Whether anything changes. */
  changed: boolean;
  records: readonly AlertRecord[];
  /** The announcements, in order. */
  said: readonly Said[];
  /** The incident's file, if there is one without errors. */
  file?: AlertFile;
  /** When to decide again. */
  next?: Instant;
  /** Why an announcement was not possible. It is made once the cause is fixed. */
  failure?: CommandError;
}

/** One announcement in a file. */
export interface Said {
  what: Announcement['what'];
  /** Below the content folder. */
  path: string;
  /** The keyword of its heading: `investigating`. */
  word: string;
  title: string;
  /** The lines added to the file. */
  lines: string;
  /** In which languages it is, on a page in several. */
  hints?: readonly string[];
}

/** The most announcements in one run. More would repeat the same start and end. */
const MOST_ANNOUNCEMENTS = 4;
/** How long an ended alert is remembered, for messages that arrive late. */
const REMEMBERED = 7 * 86_400_000;
/** How many ended alerts are remembered longer than that. */
const MOST_OLD = 20;

/** Adds messages to the records of a rule, and makes the announcements that are due. Does not write files. */
export function applyMessages(
  rule: AlertRule,
  messages: readonly AlertMessage[],
  memory: RuleState,
  found: FoundContent,
): Applied {
  const records = withMessages(memory.records, messages, found.now);
  const told = sayAll(rule, records, memory.file, found);
  const older = memory.older.map((file) => {
    const own = mergeRecords(recordsIn(file.text)?.records ?? [], records);
    const keys = new Set(recordsIn(file.text)?.records.map(({ key }) => key));
    return sayAll(
      rule,
      own.filter(({ key }) => keys.has(key)),
      file,
      found,
    );
  });
  const all = [told, ...older];
  const failure = isMute(rule, messages) ? unsaidOf(rule) : all.find((one) => one.failure)?.failure;
  return {
    ...filesOf(rule, told, older, memory, found.now),
    records: told.records,
    said: all.flatMap(({ said }) => said),
    ...(typeof told.file === 'object' && { file: told.file }),
    ...(told.next !== undefined && { next: told.next }),
    ...(failure && { failure }),
  };
}

/** The commit message for announcements. */
export function messageFor({ said }: Applied, rule: AlertRule): string {
  const last = said.at(-1);
  if (!last) return `Alerts of ${rule.name}\n\nThis changes nothing for customers.\n`;
  return `${commitMessage(last.word, last.title, last.path)}\nBy the rule ${rule.name} of alerts.yml\n`;
}

/** Whether a rule with messages cannot announce them. */
function isMute({ then }: AlertRule, { length }: readonly AlertMessage[]): boolean {
  return then === 'broken' && length > 0;
}

function unsaidOf({ name }: AlertRule): CommandError {
  return new CommandError(
    `Alerts for the rule ${name} are recorded but not published. The rule has errors or is missing from alerts.yml, or its update under review cannot be read. For details, run npm run check.`,
  );
}

interface Told extends Pick<Applied, 'records' | 'next' | 'failure'> {
  said: Said[];
  file: AlertFile | 'unreadable' | undefined;
}

/** Makes the announcements one by one, because each changes the state. A rule with errors only keeps records. */
function sayAll(rule: AlertRule, given: readonly AlertRecord[], before: RuleState['file'], found: FoundContent): Told {
  const told: Told = { records: given, said: [], file: before };
  let current = found;
  for (let turn = 0; rule.then !== 'broken' && turn < MOST_ANNOUNCEMENTS; turn += 1) {
    const event = typeof told.file === 'object' ? told.file.incident : told.file;
    const { records, say, next } = decide(told.records, event, rule, found.now);
    const unsaid = told.records;
    const isSettled = records.every(({ stage }, index) => stage === told.records[index]?.stage);
    told.records = records;
    if (!say && isSettled) return { ...told, ...(next !== undefined && { next }) };
    if (!say) continue;
    try {
      const open = typeof told.file === 'object' ? told.file : undefined;
      const { draft, translated } = renderUpdate(say, rule, open, current);
      const { path, text, update } = draft;
      const { hints } = translated;
      const incident = incidentIn(current, path, text);
      if (!incident) throw new CommandError(`The update written to ${path} cannot be read.`);
      const lines = say.what === 'begun' ? text : updateText(update);
      told.said.push({
        what: say.what,
        path,
        word: update.word,
        title: incident.title,
        lines,
        ...(hints.length > 0 && { hints }),
      });
      const kept = say.what === 'begun' ? [] : (open?.translations ?? []);
      const written = translated.files.map((one) => [one.path, one.text] as const);
      told.file = { path, text, incident, translations: new Map([...kept, ...written]) };
      current = withFiles(current, [{ path, text }, ...translated.files]);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      return { ...told, records: unsaid, failure: error };
    }
  }
  return told;
}

/** The files with the records: in the incident's file, or in a separate one while there is no incident. */
function filesOf(
  rule: AlertRule,
  { records, file }: Told,
  older: readonly Told[],
  { file: before, known, published }: RuleState,
  now: Instant,
): Pick<Applied, 'files' | 'changed'> {
  const kept = records.filter(
    ({ until }, index) => until === undefined || now - until < REMEMBERED || index >= records.length - MOST_OLD,
  );
  // New records are written before old ones are removed, so that nothing is lost if the process is killed in between.
  const texts = new Map<string, string | undefined>();
  const holds = typeof file === 'object';
  if (holds) texts.set(file.path, withRecords(file.text, rule.name, kept));
  for (const [path, text] of holds ? file.translations : []) texts.set(path, text);
  for (const { file: ended, records: own } of older) {
    if (typeof ended !== 'object') continue;
    texts.set(ended.path, withRecords(ended.text, rule.name, own));
    for (const [path, text] of ended.translations) texts.set(path, text);
  }
  if (typeof before === 'object' && !texts.has(before.path)) {
    texts.set(before.path, withRecords(before.text, rule.name, []));
  }
  texts.set(waitingPath(rule.name), holds || kept.length === 0 ? undefined : waitingText(rule, kept));
  const all = [...texts];
  return {
    files: new Map(all.filter(([path, text]) => text !== published.get(path))),
    changed: all.some(([path, text]) => text !== known.get(path)),
  };
}

function waitingText(rule: AlertRule, records: readonly AlertRecord[]): string {
  return withRecords(
    `---\n# Alerts that were not published. Candor writes and deletes this file.\n---\n`,
    rule.name,
    records,
  );
}

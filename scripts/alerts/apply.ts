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

/** Which template says what. */
const TEMPLATES = { begun: 'template', more: 'more', back: 'back', over: 'over' } as const;

/** A file in which something is said, and what its translations say. */
interface Rendered {
  draft: Draft;
  translated: TranslatedDraft;
}

/**
 * The file in which something is said, in the words of the rule's template. Should the page refuse what the alert itself
 * says in it, the rule's own words stand there instead, so that no monitor can keep customers from being told.
 * @throws {CommandError} when the template is missing or broken
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
    return missingBlanks(other, values).length > 0 ? undefined : fill(other, values);
  };
  const component = Object.entries('components' in announcement ? announcement.components : {})
    .filter(([id]) => isThere(found.content.components.get(id), found.now))
    .map((pair) => pair.join('='));
  const answers = { message: fill(template, valuesFor(template, found)), status: template.status, component };
  const incident = announcement.what === 'begun' ? undefined : file?.incident;
  const draft =
    file && incident
      ? draftUpdate({ ...answers, ...timesOf(announcement, rule, incident, found) }, incident, file.text, found)
      : draftIncident(
          { ...answers, ...frontOf(announcement, rule), ...timesOf(announcement, rule, undefined, found) },
          found,
        );
  approve(found, draft, incident);
  const prepared = { templates: template.translations ?? new Map<string, Template>(), say };
  const textAt = (path: string) => file?.translations.get(path);
  return { draft, translated: translateDraft(prepared, draft, found, incident, textAt) };
}

/** What has retired since an alert came has no status that anybody could be told of. */
function isThere(component: Component | undefined, now: Instant): boolean {
  return component !== undefined && !isRetired(component, now);
}

function frontOf(announcement: Announcement, { title, areas, impact }: AlertRule) {
  const started = announcement.what === 'begun' ? { started: formatTime(minuteOf(announcement.started)) } : {};
  return { title, area: areas, ...(impact && { impact }), ...started };
}

/** What is known when something is said: what is not well then, or all that there was, when it is over. */
function factsOf(announcement: Announcement, rule: AlertRule, file: AlertFile | undefined) {
  const said = 'components' in announcement ? announcement.components : {};
  const unwell = Object.keys(said).filter((id) => said[id] !== 'operational');
  const components = unwell.length > 0 || !file ? unwell : affectedComponents(file.incident);
  const started = announcement.what === 'begun' ? announcement.started : file?.incident.started;
  return { components, areas: rule.areas, ...(started !== undefined && { started: minuteOf(started) }) };
}

/** When the next update is promised, by the rule or by the page's rhythm; of what is over, when it ended. */
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

/** When an incident was opened last. */
function openedAt({ started, updates }: Incident): number {
  const reopened = updates.findLast(
    ({ status }, index) => status !== 'resolved' && updates[index - 1]?.status === 'resolved',
  );
  return reopened?.at ?? started;
}

/** What becomes of one rule's alerts: files as they are to be, and what customers are told. */
export interface Applied {
  /** Text by path below the content folder, of all that is not as it is published; nothing for a file that goes away. */
  files: ReadonlyMap<string, string | undefined>;
  /** Whether anything is otherwise than before. */
  changed: boolean;
  records: readonly AlertRecord[];
  /** What is said, in order. */
  said: readonly Said[];
  /** The incident's file, if there is one now that can be read. */
  file?: AlertFile;
  /** When to look again. */
  next?: Instant;
  /** Why something could not be said. It is remembered, and said once that is mended. */
  failure?: CommandError;
}

/** One message to customers, as it stands in a file. */
export interface Said {
  what: Announcement['what'];
  /** Below the content folder. */
  path: string;
  /** What its heading says: `investigating`. */
  word: string;
  title: string;
  /** The lines that come into the file. */
  lines: string;
  /** In which languages it is, on a page in several. */
  hints?: readonly string[];
}

/** More than this say the same thing in one run: a beginning and its end. */
const MOST_ANNOUNCEMENTS = 4;
/** So long after its end the end of an alert is remembered, for messages that come late. */
const REMEMBERED = 7 * 86_400_000;
/** And so many however long ago they ended. */
const MOST_OLD = 20;

/** Takes messages of one rule's alerts into its memory, and says what is to be said. Changes no file by itself. */
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

/** The message of a commit that holds what was said. */
export function messageFor({ said }: Applied, rule: AlertRule): string {
  const last = said.at(-1);
  if (!last) return `Alerts of ${rule.name}\n\nThis changes nothing for customers.\n`;
  return `${commitMessage(last.word, last.title, last.path)}\nBy the rule ${rule.name} of alerts.yml\n`;
}

/** Whether messages came for a rule that has no words. */
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

/** Says one thing after the other, each with what is true then. A rule with errors has no words, and only remembers. */
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

/** Where everything stands then: with the incident that it belongs to, else by itself. */
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
  // What remembers is written before what forgets, so that nothing is lost where this is killed in between.
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

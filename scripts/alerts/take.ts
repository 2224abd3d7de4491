import type { Saying } from '../../src/core/alerts/decide.ts';
import { decide } from '../../src/core/alerts/decide.ts';
import type { AlertMessage, AlertRecord } from '../../src/core/alerts/record.ts';
import { withMessages } from '../../src/core/alerts/record.ts';
import type { AlertRule } from '../../src/core/alerts/rule.ts';
import type { Instant } from '../../src/core/model.ts';
import type { FoundContent } from '../author/content.ts';
import { updateText } from '../author/edit.ts';
import { commitMessage } from '../author/post.ts';
import { withRecords } from './records-comment.ts';
import type { AlertFile, RuleMemory } from './rule-memory.ts';
import { incidentIn, waitingPath } from './rule-memory.ts';
import { speak } from './speak.ts';

/** What becomes of one rule's alerts: files as they are to be, and what customers are told. */
export interface Taken {
  /** Text by path below the content folder; nothing for a file that goes away. Only what changes. */
  files: ReadonlyMap<string, string | undefined>;
  records: readonly AlertRecord[];
  /** What is said, in order. */
  said: readonly Said[];
  /** The incident's file, if there is one now. */
  file?: AlertFile;
  /** When to look again. */
  next?: Instant;
}

/** One message to customers, as it stands in a file. */
export interface Said {
  what: Saying['what'];
  /** Below the content folder. */
  path: string;
  /** What its heading says: `investigating`. */
  word: string;
  title: string;
  /** The lines that come into the file. */
  lines: string;
}

/** More than this say the same thing in one run: a beginning and its end. */
const MOST_SAYINGS = 4;
/** So long after its end the end of an alert is remembered, for messages that come late. */
const REMEMBERED = 86_400_000;

/**
 * Takes messages of one rule's alerts into its memory, and says what is to be said. Changes no file by itself.
 * @throws {AuthorError} when a template is missing or broken
 */
export function take(
  rule: AlertRule,
  messages: readonly AlertMessage[],
  memory: RuleMemory,
  found: FoundContent,
): Taken {
  let { file } = memory;
  let current = found;
  let records: readonly AlertRecord[] = withMessages(memory.records, messages, found.now);
  const said: Said[] = [];
  let next: Instant | undefined;
  // A rule with errors has no words; what it is told to remember is said once it is mended.
  for (let turn = 0; rule.then !== 'broken' && turn < MOST_SAYINGS; turn += 1) {
    const decision = decide(records, file?.incident, rule, found.now);
    ({ records, next } = { next: undefined, ...decision });
    if (!decision.say) break;
    const { path, text, update } = speak(decision.say, rule, file, current);
    const incident = incidentIn(current, path, text);
    if (!incident) break;
    const { what } = decision.say;
    said.push({
      what,
      path,
      word: update.word,
      title: incident.title,
      lines: what === 'begun' ? text : updateText(update),
    });
    file = { path, text, incident };
    current = withFile(current, path, text);
  }
  const files = filesOf(rule, records, memory, file, found);
  return { files, records, said, ...(file && { file }), ...(next !== undefined && { next }) };
}

/** The message of a commit that holds what was said. */
export function messageFor({ said }: Taken, rule: AlertRule): string {
  const last = said.at(-1);
  if (!last) return `Alerts of ${rule.name}\n\nCustomers see nothing of this.\n`;
  return `${commitMessage(last.word, last.title, last.path)}\nBy the rule ${rule.name} of alerts.yml\n`;
}

/** Where everything stands then: with the incident that it belongs to, else by itself. */
function filesOf(
  rule: AlertRule,
  records: readonly AlertRecord[],
  memory: RuleMemory,
  file: AlertFile | undefined,
  { now }: FoundContent,
): Map<string, string | undefined> {
  const kept = records.filter(({ until }) => until === undefined || now - until < REMEMBERED);
  const files = new Map<string, string | undefined>();
  const put = (path: string, text: string | undefined, before: string | undefined) => {
    if (text !== before) files.set(path, text);
  };
  const begun = file !== undefined && file.path !== memory.file?.path;
  if (file) put(file.path, withRecords(file.text, rule.name, kept), begun ? undefined : memory.file?.text);
  if (begun && memory.file) put(memory.file.path, withRecords(memory.file.text, rule.name, []), memory.file.text);
  const alone = file || kept.length === 0 ? undefined : waitingText(rule, kept);
  put(waitingPath(rule.name), alone, memory.waiting?.text);
  return files;
}

function waitingText(rule: AlertRule, records: readonly AlertRecord[]): string {
  return withRecords(
    `---\n# Alerts of which customers were not told anything. Candor writes this file, and takes it away.\n---\n`,
    rule.name,
    records,
  );
}

function withFile(found: FoundContent, path: string, text: string): FoundContent {
  const files = [...found.source.files.filter((file) => file.path !== path), { path, text }];
  return { ...found, source: { ...found.source, files } };
}

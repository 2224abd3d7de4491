import { readWritten, type WrittenTime } from './written-time.ts';

/** What a mark of an update says of its status. Of `update` and of times alone no status can be told. */
export type MarkWord =
  | 'initial'
  | 'investigating'
  | 'identified'
  | 'in_progress'
  | 'monitoring'
  | 'update'
  | 'final'
  | 'resolved'
  | 'cancelled'
  | 'postmortem'
  | 'scheduled';

/** The words that begin an update: `[Final message]`, `*Monitoring* -`, `2026-08-14 06:10 UTC`. */
export interface Mark {
  /** As it stands there, without signs around it. */
  label: string;
  word?: MarkWord;
  time?: WrittenTime;
  /** What stands behind it on its line. */
  rest: string;
}

const THING =
  '(?: (?:the )?(?:message|issue|incident|report|notice|announcement|maintenance|update|status|post|communication|outage|entry))*';
const NUMBER = '(?: ?#?\\d+)?';

const WORDS: readonly (readonly [MarkWord, RegExp])[] = [
  ['initial', new RegExp(`^(?:initial(?:ly)?|opening|open|opened|first|original|start of)${THING}$`)],
  ['final', new RegExp(`^(?:final|closing|close|closed|end|ended|last|end of)${THING}$`)],
  ['update', new RegExp(`^(?:edit|edited|update|updated|updates|status update|latest update|new update)${THING}${NUMBER}$`)],
  ['investigating', /^(?:we are |still |further )?(?:investigating|investigation|reopened|re-opened|detected|reported)$/],
  ['identified', /^(?:issue |problem |cause |root cause )?(?:identified|found)$/],
  ['monitoring', /^(?:we are |now )?(?:monitoring|observing|watching|mitigated|mitigation|recovering|fix implemented|verifying)$/],
  ['resolved', /^(?:now |fully |incident |issue )?(?:resolved|fixed|solved|restored|recovered|done|completed?|finished|maintenance completed?|service restored|full service restored)$/],
  ['postmortem', /^(?:post ?-?mortem|rca|root cause analysis|retrospective)$/],
  ['in_progress', /^(?:in progress|just began|just started|ongoing|under ?way|started|starting|begun|maintenance (?:started|begun|has begun|in progress))$/],
  ['scheduled', /^(?:scheduled|planned|upcoming|announced|announcement)(?: maintenance)?$/],
  ['cancelled', /^(?:cancell?ed)$/],
]; // prettier-ignore

/** Of these, a plain word and a colon are enough. */
const PLAIN = /^(?:final |latest )?(?:investigating|identified|monitoring|resolved|updated?|edit)(?: ?#?\d+)?$/i;
const BRACKETS = /^[*_]{0,3}\\?\[(?<inner>[^\]\n]{2,70})\\?\][*_]{0,3}[ \t]*:?(?<rest>(?![([:]).*)$/;
const LEAD = /^(?<open>[*_]{1,3})(?<inner>[^*_\n]{2,70}?)(?<close>[*_]{1,3})(?<after>.*)$/;
/** What a link or a footnote refers to: `[1]: https://…`. */
export const DEFINITION = /^ {0,3}\[(?:\^[^\]]+\]:.*|[^\]]+\]:\s*(?:<[^>]*>|\S*[/.#]\S*)(?:\s+["'(].*)?)$/;
const SIGNS = /^[\s:.\-–—]*$/;
const JOIN =
  /^(?<words>.*?)(?:\s+(?:on|at|as of|from|since)\s+|\s*[-–—,|(@]\s*|\s+|:\s*)(?<time>(?:on\s+|at\s+)?[\d(]?(?:\d|[a-z]{3,9}\s+\d).*?)\)?$/i;

/**
 * The mark that a line begins with; nothing for one that is only text.
 * @param isStart whether the line begins a paragraph, where marks may be plainer
 */
export function readMark(line: string, isStart: boolean): Mark | undefined {
  if (DEFINITION.test(line) || /^ {4}|^\s*[-+*] |^\s*>|^\s*\d+[.)] /.test(line)) return undefined;
  const hashes = /^\s*#{1,6}\s+/.exec(line)?.[0] ?? '';
  const text = line
    .slice(hashes.length)
    .replace(/\s*#*\s*$/, hashes === '' ? '$&' : '')
    .trim();
  const bracketed = BRACKETS.exec(text)?.groups;
  if (bracketed) return meaning(bracketed['inner'] ?? '', bracketed['rest'] ?? '');
  const led = LEAD.exec(text)?.groups;
  if (led) return leadMark(led);
  const whole = meaning(text.replace(/[*_]{1,3}/g, ''), '');
  if (whole && (whole.time || hashes !== '')) return whole;
  return isStart ? plainMark(text) : undefined;
}

/** `**Update 12:42**: …`, `***Resolved** -* …`. */
function leadMark({ open = '', inner = '', close = '', after = '' }: Record<string, string>): Mark | undefined {
  // A sign may stand before the emphasis ends: `***Investigating* -** text`.
  const left = open.length - close.length;
  const tail = left > 0 ? new RegExp(`^([\\s:.\\-–—]*)[*_]{${left}}([\\s:.\\-–—]*)`) : /^()([\s:.\-–—]*)/;
  const behind = tail.exec(after);
  if (!behind) return undefined;
  return meaning(inner, after.slice(behind[0].length));
}

/** `Update on 10:15: …`, `Resolved - …`; a time alone is one only where a colon or a dash parts it from text. */
function plainMark(text: string): Mark | undefined {
  for (const { index, 0: sign } of text.slice(0, 80).matchAll(/\s*[:–—-](?=\s|$)\s*/g)) {
    const before = text.slice(0, index);
    const rest = text.slice(index + sign.length);
    const mark = meaning(before, rest);
    const words = mark?.word === undefined ? '' : before.replace(JOIN, '$<words>');
    if (mark && rest !== '' && (mark.word === undefined ? isMoment(mark, rest) : PLAIN.test(words.trim()))) return mark;
  }
  return undefined;
}

/** Whether a time alone stands for a moment, not for the beginning of a span: `10:00 - 12:00 UTC: …`. */
function isMoment({ time }: Mark, rest: string): boolean {
  return (
    time?.clock !== undefined &&
    (time.day !== undefined || time.offset !== undefined) &&
    !/^\d{1,2}[:h]\d{2}/.test(rest)
  );
}

function meaning(inner: string, rest: string): Mark | undefined {
  const label = inner.replace(/^[\s\\-]+|[\s:.\-–—]+$/g, '').trim();
  const behind = SIGNS.test(rest) ? '' : rest.replace(/^[\s:\-–—]+/, '').trimEnd();
  const alone = readWritten(label);
  if (alone) return alone.clock === undefined && !alone.day?.year ? undefined : { label, time: alone, rest: behind };
  const word = wordOf(label);
  if (word) return { label, word, rest: behind };
  const joined = JOIN.exec(label)?.groups;
  const joinedWord = joined && wordOf(joined['words'] ?? '');
  if (!joined || !joinedWord) return undefined;
  const time = readWritten((joined['time'] ?? '').replace(/^(?:on|at)\s+/i, ''));
  const onlyName = time === undefined && !/^(?:initial|final|update)$/.test(joinedWord);
  return onlyName ? undefined : { label, word: joinedWord, rest: behind, ...(time && { time }) };
}

function wordOf(text: string): MarkWord | undefined {
  const clean = text
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/^[^a-z]+|[^a-z\d]+$/g, '');
  return WORDS.find(([, pattern]) => pattern.test(clean))?.[0];
}

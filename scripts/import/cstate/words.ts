import { distance } from 'fastest-levenshtein';
import { statusMeant } from '../model.ts';
import { readWritten, type WrittenTime } from '../written-time.ts';
import type { ComponentStatus, Impact } from '../../../src/core/vocabulary.ts';

/** The status that a mark of an update means. `update` and times alone mean none. */
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

/** When in an incident a status is usually said. */
export const RANKS: Readonly<Record<MarkWord, number | undefined>> = {
  scheduled: 0, initial: 1, investigating: 1, identified: 2, in_progress: 2, update: undefined, monitoring: 3,
  final: 4, resolved: 4, cancelled: 4, postmortem: 5,
}; // prettier-ignore

/** Whether a mark is that of a first message. */
export function isFirstWord(word: MarkWord | undefined): boolean {
  return (RANKS[word ?? 'update'] ?? 9) < 2;
}

/** What words mean, and whether they only name the message, so that the status can replace them. */
interface Meaning {
  /** Nothing where the words only name a message: `Stand 11.10.2023`. */
  word?: MarkWord;
  isName: boolean;
}

const THING =
  '(?: (?:the )?(?:message|issue|incident|report|notice|announcement|maintenance|update|status|post|communication|outage|entry))*';
const NUMBER = '(?: ?#?\\d+)?';

/** Names of messages in the languages of known pages. */
const NAMES: readonly (readonly [MarkWord, RegExp])[] = [
  ['initial', new RegExp(`^(?:initial(?:ly)?|opening|open|opened|first|original|start of)${THING}$`)],
  ['initial', /^(?:(?:ursprüngliche|erste) (?:meldung|nachricht)|erstmeldung|mensaje inicial|messaggio iniziale|message initial|mensagem inicial)$/],
  ['final', new RegExp(`^(?:final|closing|close|closed|end|ended|last|end of)${THING}$`)],
  ['final', /^(?:abschluss(?:meldung)?|letzte meldung|entwarnung|mensaje final|messaggio finale|message final)$/],
  ['update', new RegExp(`^(?:edit|edited|update|updated|updates|status update|latest update|new update)${THING}${NUMBER}$`)],
  ['update', new RegExp(`^(?:aktualisierung|aktualisiert|nachtrag|actualización|aggiornamento|mise à jour|atualização)${NUMBER}$`)],
  ['investigating', /^(?:investigating|investigation|(?:in )?untersuchung|wird untersucht|investigando|investigazione|in (?:fase di )?(?:indagine|analisi)|en cours d['’]investigation)$/],
  ['identified', /^(?:identified|identifiziert|identificado|identificato|identifié)$/],
  ['monitoring', /^(?:monitoring|(?:in )?beobachtung|wird beobachtet|überwachung|monitoreando|monitoreo|monitorando|monitoraggio(?: in corso)?|surveillance)$/],
  ['resolved', /^(?:resolved|completed?|behoben|gelöst|erledigt|resuelto|solucionado|resolvido|risolto|résolu|opgelost|已解决|解決)$/],
  ['postmortem', /^post ?-?mortem$/],
  ['in_progress', /^in progress$/],
  ['scheduled', /^scheduled$/],
  ['cancelled', /^cancell?ed$/],
]; // prettier-ignore

/** Words that say more than the status they mean. */
const PHRASES: readonly (readonly [MarkWord, RegExp])[] = [
  ['investigating', /^(?:we are |still |further )?(?:investigating|investigation|reopened|re-opened|detected|reported)$/],
  ['identified', /^(?:issue |problem |cause |root cause )?(?:identified|found)$/],
  ['monitoring', /^(?:we are |now )?(?:monitoring|observing|watching|mitigated|mitigation|recovering|fix implemented|verifying)$/],
  ['resolved', /^(?:now |fully |incident |issue |störung |problem )?(?:resolved|fixed|solved|restored|recovered|done|behoben|finished|(?:maintenance|work) (?:completed?|finished)|(?:full )?service restored)$/],
  ['postmortem', /^(?:rca|root cause analysis|retrospective)$/],
  ['in_progress', /^(?:just began|just started|ongoing|under ?way|started|starting|begun|maintenance (?:started|begun|has begun|in progress))$/],
  ['scheduled', /^(?:scheduled|planned|upcoming|announced|announcement|angekündigte)(?: maintenance| work| wartung)?$/],
]; // prettier-ignore

/** Words that name a message only together with a time: `Stand 11.10.2023 12:37`. */
const WITH_TIME = /^(?:stand|meldung|nachricht|status|as of|nota|aviso|info)$/;

/** These mark a message as plain words with a colon or dash at the beginning of a paragraph. */
const PLAIN =
  /^(?:(?:final |latest )?(?:investigating|identified|monitoring|resolved|updated?|edit)|aktualisierung|nachtrag|behoben|gelöst|investigando|identificado|monitoreando|resuelto|solucionado|actualización|risolto|aggiornamento|résolu|resolvido)(?: ?#?\d+)?$/i;

/** What the words of a mark mean; nothing for other words. */
function meaningOf(text: string, hasTime = false): Meaning | undefined {
  const clean = text
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/^[^\p{L}]+|[^\p{L}\d]+$/gu, '');
  const find = (list: typeof NAMES): MarkWord | undefined => list.find(([, pattern]) => pattern.test(clean))?.[0];
  const name = find(NAMES);
  if (name) return { word: name, isName: true };
  if (hasTime && WITH_TIME.test(clean)) return { isName: true };
  const word = find(PHRASES);
  return word && { word, isName: false };
}

/** Whether words are a mark without bold, brackets or the like. */
function isPlainName(words: string): boolean {
  return PLAIN.test(words.trim());
}

/** The words that begin an update: `[Final message]`, `*Monitoring* -`, `2026-08-14 06:10 UTC`. */
export interface Mark {
  /** As it stands there, without signs around it. */
  label: string;
  /** The rest of its words, without status and time; empty for a name such as “Update 2”. */
  kept: string;
  word?: MarkWord;
  time?: WrittenTime;
  /** What stands behind it on its line. */
  rest: string;
}

/** A heading of Markdown. */
interface HeadingLine {
  level: number;
  text: string;
}

const BRACKETS = /^[*_]{0,3}\\?\[(?<inner>[^\]\n]{2,70})\\?\][*_]{0,3}[ \t]*:?(?<rest>(?![([:]).*)$/;
const LEAD = /^(?<open>[*_]{1,3})(?<inner>[^*_\n]{2,90}?)(?<close>[*_]{1,3})(?<after>.*)$/;
const EMPHASISED = /^(?<signs>[*_]{1,3})(?<inner>[^*_\s][^*_]*[^*_\s])\k<signs>$/;
/** An item of a list that begins with a time in brackets: `- [2026-06-22 12:00] text`. */
const TIMED_ITEM = /^\s{0,3}[-+*]\s+(?=\\?\[\d[^\]]*\d:\d\d[^\]]*\])/;
/** What a link or a footnote refers to: `[1]: https://…`. */
export const DEFINITION = /^ {0,3}\[(?:\^[^\]]+\]:.*|[^\]]+\]:\s*(?:<[^>]*>|\S*[/.#]\S*)(?:\s+["'(].*)?)$/;
const SIGNS = /^[\s:.\-–—>]*$/;
const JOIN =
  /^(?<words>.*?)(?:\s+(?:on|at|as of|from|since|vom|am|um|del|du)\s+|\s*[-–—,|(@]\s*|\s+|:\s*)(?<time>(?:(?:on|at|vom|am)\s+)?[\d(]?(?:\d|\p{L}{3,10}\.?\s+\d).*?)\)?$/iu;
const SPLIT = /\s*[:–—-](?=\s|$)\s*/g;
/** Words that need a colon or dash after them: “**First**, we …” is only text. */
const NEEDS_SIGN = new Set<MarkWord>(['initial', 'final', 'scheduled', 'in_progress', 'cancelled']);
/** The most emphasised words that can be a heading; more of them are a sentence. */
const MOST_WORDS = 6;

/** The heading that a line is; nothing for another line. */
export function readHeading(line: string): HeadingLine | undefined {
  const [, hashes = '', text = ''] = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line) ?? [];
  const words = text.replace(/^[*_]{1,3}|[*_]{1,3}$/g, '').trim();
  return words === '' ? undefined : { level: hashes.length, text: words };
}

/**
 * The mark that a line begins with; nothing for one that is only text.
 * @param isStart whether the line begins a paragraph, where marks may be plainer
 */
export function readMark(line: string, isStart: boolean): Mark | undefined {
  if (DEFINITION.test(line)) return undefined;
  const item = TIMED_ITEM.exec(line)?.[0] ?? '';
  if (item === '' && /^ {4}|^\s*[-+*] |^\s*>|^\s*\d+[.)] /.test(line)) return undefined;
  const heading = readHeading(line);
  const text = heading ? line.replace(/^\s*#+\s+|\s*#*\s*$/g, '').trim() : line.slice(item.length).trim();
  const bracketed = BRACKETS.exec(text)?.groups;
  if (bracketed) return meaning(bracketed['inner'] ?? '', bracketed['rest'] ?? '');
  const led = LEAD.exec(text)?.groups;
  if (led && (!EMPHASISED.test(text) || text.length < 80)) {
    const mark = leadMark(led);
    if (mark) return mark;
  }
  if (heading) return dayMark(heading.text) ?? timedOf(heading.text);
  const whole = meaning(text.replace(/[*_]{1,3}/g, ''), '');
  if (whole?.time) return whole;
  return isStart ? plainMark(EMPHASISED.exec(text)?.groups?.['inner'] ?? text) : undefined;
}

/** A heading may be a day without its year: `27.07.` */
function dayMark(text: string): Mark | undefined {
  const time = readWritten(text);
  return time?.day && { label: text, kept: '', time, rest: '' };
}

/** `**Update 12:42**: …`, `***Resolved** -* …`, `**Power is back**`. */
function leadMark({ open = '', inner = '', close = '', after = '' }: Record<string, string>): Mark | undefined {
  // A sign may stand before the emphasis ends: `***Investigating* -** text`.
  const left = open.length - close.length;
  const tail = left > 0 ? new RegExp(`^([\\s:.\\-–—]*)[*_]{${left}}([\\s:.\\-–—]*)`) : /^()([\s:.\-–—]*)/;
  const behind = tail.exec(after);
  if (!behind) return undefined;
  const rest = after.slice(behind[0].length);
  const hasSign = rest === '' || /[:.\-–—]/.test(behind[0]) || /[:.\-–—]\s*$/.test(inner);
  const mark = rest === '' ? timedOf(inner) : (meaning(inner, rest) ?? splitMark(inner));
  if (mark) return hasSign || !mark.word || mark.time || !NEEDS_SIGN.has(mark.word) ? mark : undefined;
  const status = hasSign && inner.split(/\s+/).length <= MOST_WORDS ? statusMeant(inner) : undefined;
  if (status !== 'resolved' && status !== 'monitoring') return undefined;
  const words = trimmed(inner);
  return { label: words, kept: words, word: status, rest: withoutSigns(rest) };
}

/** The mark of all the words, or of a time at their beginning with more text after it. */
function timedOf(text: string): Mark | undefined {
  const whole = meaning(text, '');
  return whole?.time || whole?.kept === '' ? whole : (splitMark(text) ?? whole);
}

/** A mark in the part before a colon or a dash: `2025-01-21 18:00 - It can be reached again`. */
function splitMark(text: string): Mark | undefined {
  for (const { index, 0: sign } of text.matchAll(SPLIT)) {
    const mark = meaning(text.slice(0, index), text.slice(index + sign.length));
    if (mark?.time ?? (mark && mark.kept === '')) return mark;
  }
  return undefined;
}

/** `Update on 10:15: …`, `Resolved - …`; a time alone is one only where a colon or a dash parts it from text. */
function plainMark(text: string): Mark | undefined {
  for (const { index, 0: sign } of text.slice(0, 80).matchAll(SPLIT)) {
    const before = text.slice(0, index);
    const rest = text.slice(index + sign.length);
    const mark = meaning(before, rest);
    const words = mark?.word === undefined ? '' : before.replace(JOIN, '$<words>');
    if (mark && rest !== '' && (mark.word === undefined ? isMoment(mark, rest) : isPlainName(words))) return mark;
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
  const label = trimmed(inner);
  const behind = withoutSigns(rest);
  const alone = readWritten(label);
  if (alone) {
    const isMoment = alone.clock !== undefined || alone.day?.year !== undefined;
    return isMoment ? { label, kept: '', time: alone, rest: behind } : undefined;
  }
  const whole = meaningOf(label);
  if (whole?.word) return { label, kept: whole.isName ? '' : label, word: whole.word, rest: behind };
  const joined = JOIN.exec(label)?.groups;
  const words = joined?.['words'] ?? '';
  const time = joined && readWritten((joined['time'] ?? '').replace(/^(?:on|at|vom|am)\s+/i, ''));
  const meant = joined && meaningOf(words, time !== undefined);
  if (!meant) return undefined;
  const { word, isName } = meant;
  if (time) return { label, kept: isName ? '' : trimmed(words), ...(word && { word }), time, rest: behind };
  return word && /^(?:initial|final|update)$/.test(word) ? { label, kept: label, word, rest: behind } : undefined;
}

function trimmed(text: string): string {
  return text.replace(/^[\s\\-]+|[\s:.\-–—]+$/g, '').trim();
}

function withoutSigns(text: string): string {
  return SIGNS.test(text) ? '' : text.replace(/^[\s:\-–—]+/, '').trimEnd();
}

/** Words in bold, without characters that would end it. */
export function inBold(words: string): string {
  return `**${words.replace(/[[\]*_]/g, '')}**`;
}

/** A text below some words in bold. */
export function withLabel(label: string, text: string): string {
  return label === '' ? text : `${inBold(label)}\n\n${text}`.trim();
}

/** Words that say that something is over; "will be" and "not yet" do not. */
const OVER =
  /(?<!\p{L})(?:resolved|restored|fixed|solved|recovered|completed?|finished|successful(?:ly)?|back (?:online|to normal|up|in service|in operation)|(?:is|are|was|came|come) (?:done|back)|up and running|(?:reachable|available|operational|accessible|works?|working|answers?) again|all systems operational|closed|(?:is|are|was) (?:now )?over|behoben|gelöst|wiederhergestellt|abgeschlossen|wieder (?:\p{L}+ )?(?:verfügbar|erreichbar|online|normal)|resuelto|solucionado|restablecido|risolto|ripristinat[oi]|résolu|rétabli|resolvido)(?!\p{L})/iu;
const NOT_OVER =
  /\b(?:not|n't|until|once|before|will|should|expect\w*|soon|partially|mostly|yet|still|continu\w+|being|nicht|bis|sobald|werden|noch)\b/i;

/** Whether one of a text's first sentences says that it is over. */
export function saysOver(text: string): boolean {
  const sentences = text.split(/(?<=[.!?])\s+|\n+/).slice(0, 3);
  return sentences.some((sentence) => OVER.test(sentence) && !NOT_OVER.test(sentence));
}

const BEGUN =
  /\b(?:investigating|looking into|aware of|are (?:currently )?(?:experiencing|seeing)|reports? (?:of|that|from)|(?:has|have|had|is) an? (?:outage|problem|issue)|is (?:currently )?(?:down|out|unavailable|offline)|(?:we|will be) (?:will|going to|perform\w*)|scheduled|planned|wir untersuchen|ausgefallen|kommt es)\b/i;

/** Whether a text reads like the first report of a problem or of work. */
export function saysBegun(text: string): boolean {
  return BEGUN.test(text.slice(0, 300));
}

/** Whether a text looks back on what happened, as after the end. */
export function looksBack(text: string): boolean {
  return /^[#*_\s]*(?:summary|post-?\s?mortem|root cause|rca|what happened|incident report|zusammenfassung|rückblick)\b/i.test(
    text,
  );
}

/** Variants of the word as people spell it: maintenance, maintainance, maintenence. */
const MAINTENANCE = String.raw`maint[ae]i?n[ae]?n[cs]e|mantenimiento|wartung\w*|manutenção|onderhoud`;
const PLANNED = String.raw`(?<!un|not |un-)(?:planned|scheduled?)|upcoming`;
const WORK =
  'upgrad\\w*|migrat\\w*|brown-?out|reboots?|restart|patch(?:ing)?|operation|rollout|window|moving|move|switch(?:ing)?|' +
  'replacement|renewal|decommission\\w*|end of life|version update|update (?:[\\w.-]+ )*(?:version|cluster\\w*|to)';

const SAYS_WORK = new RegExp(`\\b(?:${MAINTENANCE})|\\b(?:${PLANNED})`, 'i');
const SUGGESTS_WORK = new RegExp(`\\b(?:${WORK})\\b`, 'i');
/** How an announcement speaks of work. */
const ANNOUNCES = new RegExp(
  `\\b(?:${MAINTENANCE}|${PLANNED}|we(?:['’]ll| will)|will be|(?:we['’]re|we are) (?:doing|performing|moving|migrating|upgrading))\\b`,
  'i',
);
/** What went wrong with work, or because of it, is no work. */
const WENT_WRONG =
  /\b(?:fail(?:ed|ure|ing)?|errors?|outage after|after (?:the )?\w*\s?maint|caused|broken|unplanned|unscheduled|incident|timeouts?|issues? (?:with|after|during)|problems?)\b/i;

interface Signs {
  title: string;
  text: string;
  isNotice: boolean;
  /** Whether it begins later than now. */
  isAhead: boolean;
  /** Whether its fields give a time from which and one until which. */
  hasWindow: boolean;
}

/**
 * Why a post is planned work rather than an incident; nothing when it is not. cState does not tell the two apart:
 * it offers every notice as an appointment, and planned downtime is often posted as `down`.
 */
export function whyPlanned({ title, text, isNotice, isAhead, hasWindow }: Signs): string | undefined {
  if (isAhead) return 'It is in the future.';
  if (WENT_WRONG.test(title)) return undefined;
  if (SAYS_WORK.test(title)) return 'Its title says so.';
  if (SUGGESTS_WORK.test(title) && ANNOUNCES.test(text))
    return 'Its title mentions work on something, and its text announces it.';
  if (!isNotice) return undefined;
  if (SUGGESTS_WORK.test(title)) return 'It is a notice, and its title mentions work on something.';
  if (hasWindow && SAYS_WORK.test(text)) return 'It is a notice with a start and an end, and its text says so.';
  return undefined;
}

/** What a severity of cState's means for components, and for an incident that names none. */
export interface Severity {
  status: ComponentStatus;
  impact: Impact;
  isNotice: boolean;
  /** What it was read as, unless it is exactly one of cState's three words. */
  readAs?: string;
}

const KNOWN: Readonly<Record<string, Omit<Severity, 'readAs'>>> = {
  down: { status: 'major_outage', impact: 'critical', isNotice: false },
  disrupted: { status: 'partial_outage', impact: 'major', isNotice: false },
  notice: { status: 'degraded_performance', impact: 'none', isNotice: true },
};

const OTHERS: Readonly<Record<string, string>> = {
  outage: 'down', offline: 'down', major: 'down', critical: 'down', unavailable: 'down',
  disruption: 'disrupted', partial: 'disrupted', notify: 'notice', info: 'notice', information: 'notice',
}; // prettier-ignore

const DEGRADED = { status: 'degraded_performance', impact: 'minor', isNotice: false } as const;

/** Reads a severity. A word that cState does not have is read as the closest one, or as the mildest. */
export function readSeverity(text: string): Severity {
  const word = text.trim().toLowerCase();
  const known = KNOWN[word];
  if (known) return { ...known, ...(text.trim() !== word && { readAs: word }) };
  if (word === '') return { status: 'degraded_performance', impact: 'none', isNotice: true, readAs: 'notice' };
  const meant = OTHERS[word] ?? Object.keys(KNOWN).find((one) => distance(word, one) <= one.length / 4);
  const found = meant === undefined ? undefined : KNOWN[meant];
  return found ? { ...found, readAs: meant ?? '' } : { ...DEGRADED, readAs: 'degraded performance' };
}

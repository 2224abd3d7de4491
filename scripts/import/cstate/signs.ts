import { distance } from 'fastest-levenshtein';
import type { ComponentStatus, Impact } from '../../../src/core/vocabulary.ts';

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
  if (isAhead) return 'It lies ahead.';
  if (WENT_WRONG.test(title)) return undefined;
  if (SAYS_WORK.test(title)) return 'Its title says so.';
  if (SUGGESTS_WORK.test(title) && ANNOUNCES.test(text))
    return 'Its title speaks of work on something, and its text announces it.';
  if (!isNotice) return undefined;
  if (SUGGESTS_WORK.test(title)) return 'It is a notice, and its title speaks of work on something.';
  if (hasWindow && SAYS_WORK.test(text)) return 'It is a notice with a beginning and an end, and its text says so.';
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

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

export interface Signs {
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

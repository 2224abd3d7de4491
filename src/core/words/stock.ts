import { sentencesOf, wordsOf, type Finding } from './sentences.ts';

/**
 * The words that stock sentences are made of; `_` joins those that count only together. None of them says what is broken, for
 * whom, since when, or what is done about it: a sentence of these alone says no more than "Investigating", "Identified",
 * "Monitoring" or "Resolved".
 */
const STOCK = table(`
  we we're we've we'll i our ours us it it's its this that these those there the a an any all some such both
  am is are was were be been being has have had do will may might can
  and or but so as at by for from in into of on onto to towards with while until once after when which what
  now currently presently actively already also still again further ongoing shortly soon quickly swiftly promptly
  immediately urgently closely diligently continuously carefully fully completely successfully properly hard
  this_time the_moment at_present

  aware acknowledge acknowledged investigate investigates investigated investigating investigation investigations
  look looking looked troubleshoot troubleshooting diagnose diagnosing assess assessing determine determining
  analyze analyse analyzing analysing analysis understand confirm confirmed confirming verify verified verifying
  find finding found locate located identify identifies identified identifying discovered isolated receive received receiving
  issue issues incident incidents problem problems situation matter cause causes caused reason root degradation impact
  report reports reported reporting potential possible underlying experiencing detected alerted our_monitoring_systems
  continue continues continued continuing keep keeping
  fix fixes fixed fixing prepare prepared preparing resolve resolves resolved resolving resolution solve solved solving solution solutions
  mitigate mitigated mitigating mitigation mitigations remediate remediated remediating remediation address addressed addressing
  implement implemented implementing implementation apply applied applying deploy deployed deploying deployment put place
  work working_on working_to working_towards working_hard working_as working_with_our_team working_quickly working_actively
  working_diligently working_through working_toward toward progress progressing underway take taking taken steps measures
  monitor monitors monitored monitoring observe observing watch watching ensure ensuring stability stable result results effective
  closed close done
  team teams engineer engineers engineering technical technicians developers

  thank thanks appreciate you your patience understanding bear bearing sorry apologies apologize apologise apologising
  apologizing inconvenience inconveniences disruption
  update updates updated provide provides provided providing share shared sharing post posted posting give let know
  follow following more additional another new next final information info detail details become becomes available_soon
  information_becomes_available information_is_available information_available details_become_available
  details_are_available stay_tuned
`);

/** Words that add nothing once the status is Resolved; before that they are news. */
const STOCK_WHEN_RESOLVED = table(`
  service services system systems everything normal normally as_expected operating operational operations functioning
  functional working running restored returned back recovered stabilized
`);

/** The statuses in order, each with the words that tell that it has been reached: before it they are news. */
const REACHED: readonly (readonly [status: string, told: ReadonlySet<string>])[] = [
  ['investigating', table('')],
  ['identified', table('identified found located isolated discovered')],
  ['monitoring', table('implemented applied deployed mitigated remediated')],
  ['resolved', table('resolved solved fixed closed done')],
];

/** No entry of the tables joins more words than this. */
const LONGEST = 4;

/**
 * The first sentence of an update that says nothing but what its status says already; from the issue "A second pair of eyes on
 * the words". Every sentence must be made of stock words: with one word of another kind, a number, or the name of a
 * component, the update is left alone.
 * @param text what customers read of the update, without its labels
 * @param components names of the incident's components: "an issue with Reports" says something
 */
export function stockWords(text: string, status: string, components: readonly string[] = []): Finding | undefined {
  if (components.some((name) => text.includes(name))) return undefined;
  const reached = REACHED.findIndex(([name]) => name === status);
  if (reached === -1) return undefined;
  const known = status === 'resolved' ? [STOCK, STOCK_WHEN_RESOLVED] : [STOCK];
  const words = wordsOf(text);
  const done = words.filter((_, index) => words[index - 1] !== 'being');
  const isNews = REACHED.slice(reached + 1).some(([, told]) => done.some((word) => told.has(word)));
  return words.length > 0 && !isNews && isMadeOf(words, known) ? sentencesOf(text)[0] : undefined;
}

/** Whether a word, in small letters, is one that stock sentences are made of. */
export function isStockWord(word: string): boolean {
  return STOCK.has(word);
}

function isMadeOf(words: readonly string[], known: readonly ReadonlySet<string>[]): boolean {
  let at = 0;
  while (at < words.length) {
    let taken = LONGEST;
    while (taken > 0 && !known.some((entries) => entries.has(words.slice(at, at + taken).join('_')))) taken -= 1;
    if (taken === 0) return false;
    at += taken;
  }
  return true;
}

function table(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}

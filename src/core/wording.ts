/** Words that a rule found, and their position in the text. */
interface Finding {
  phrase: string;
  /** In UTF-16 code units. */
  offset: number;
}

/** A sentence ends with `.`, `!` or `?` before a space, or with its line. */
const SENTENCE = /[^\s.!?](?:[^.!?\n]|[.!?](?!\s|$))*[.!?]*/g;

/** The sentences of a text, in order. */
export function sentencesOf(text: string): Finding[] {
  return [...text.matchAll(SENTENCE)].map(({ 0: found, index }) => ({ phrase: found.trimEnd(), offset: index }));
}

/** The words of a text in lower case, with straight apostrophes, and `#` for a number or another meaningful sign. */
export function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{L}\p{M}\p{N}'#%$€£]+/gu) ?? []
  );
}

/**
 * Words of stock sentences; `_` joins words that count only together. None says what is broken, for whom, since when, or
 * what is done about it: a sentence of these words says no more than "Investigating", "Identified", "Monitoring" or
 * "Resolved".
 */
const STOCK = wordSet(`
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

/** Words that add nothing if the status is Resolved. Before that, they are news. */
const STOCK_WHEN_RESOLVED = wordSet(`
  service services system systems everything normal normally as_expected operating operational operations functioning
  functional working running restored returned back recovered stabilized
`);

/** Statuses in order, each with words that say it has been reached. Before that, they are news. */
const REACHED: readonly (readonly [status: string, told: ReadonlySet<string>])[] = [
  ['investigating', wordSet('')],
  ['identified', wordSet('identified found located isolated discovered')],
  ['monitoring', wordSet('implemented applied deployed mitigated remediated')],
  ['resolved', wordSet('resolved solved fixed closed done')],
];

/** No entry of the tables joins more words than this. */
const MOST_WORDS = 4;

/**
 * The first sentence of an update that only repeats its status. All sentences must consist of stock words: one other
 * word, a number or a component's name is enough to find nothing.
 * @param text the update's text, without labelled lines
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

function isMadeOf(words: readonly string[], known: readonly ReadonlySet<string>[]): boolean {
  let at = 0;
  while (at < words.length) {
    let taken = MOST_WORDS;
    while (taken > 0 && !known.some((entries) => entries.has(words.slice(at, at + taken).join('_')))) taken -= 1;
    if (taken === 0) return false;
    at += taken;
  }
  return true;
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(phrases(words));
}

/** Words for a problem that do not say what it is. */
const TROUBLE =
  /(?<![\p{L}\p{N}])(?:issues?|incidents?|problems?|troubles?|disruptions?|situation|impact(?:ed|ing)?|affect(?:ed|ing)?)(?![\p{L}\p{N}])/iu;

/** More words without an effect: who, where, and what kind of thing. */
const HOLLOW = wordSet(`
    affect affects affected affecting impacts impacted impacting involving related using use uses who whose specific certain
    multiple several many various few number subset portion group potentially possibly widespread major minor general
    customer customers customers' user users client clients
    detected alerted monitoring systems system service services product products feature features functionality component components
    api apis app apps application applications platform site website websites portal console dashboard page pages panel
    server servers network cloud database databases infrastructure environment environments endpoint endpoints integration
    integrations tool tools provider providers partner vendor third party public internal external main core web mobile desktop
    region regions area areas zone zones location locations country countries city global globally worldwide between
    working time moment present available
    utc gmt est pst pt et cet am pm
`);

/**
 * Words for what customers see or cannot do; with `*`, words that begin so. If a text has one of them, it names an effect.
 * Capitalised words count too, because some titles capitalise all words.
 */
const EFFECT = phrases(`
  error* fail* crash* timeout* exception* blank broken break* corrupt* bug* glitch* slow* delay* laten* lag* late
  backlog* behind queue* wait* stuck hang* hung freez* frozen stale outdated overload* throttl* unable inabil*
  unavail* avail* unreach* unrespons* unus* inaccess* inoperab* incorrect* wrong* inaccura* incomplete invalid
  unexpected* unintended inconsist* mismatch* discrepan* duplicat* twice repeated* missing miss* lost lose losing
  loss* drop* gap* outage* offline down downtime degrad* perform* disconnect* interrupt* intermittent* sporadic*
  partial* imped* block* prevent* reject* refus* deny denied denies denial* declin* restrict* limit* suspend*
  disabled expire* revert* challenge* congest* increas* elevat* higher high low lower reduc* decreas* spike* surge*
  longer shorter fewer less not cannot cant can't won't don't doesn't didn't isn't aren't wasn't weren't hasn't
  haven't couldn't no without unaffected only display* show* appear* visib* render* return* respon* prompt* redirect*
  logged empty hidden disappear* vanish* leak* expos* unauthori* truncat* cut locked lock-out overcharg* charge*
  charged bounc* malform* mis* poor* bad impossible defect* malfunction* fault* abort* cancel* terminat* kill* reset*
  shut* stop* halt* paus* stall* unstab* instab* unrel* unsuccess* undeliver* flap* spotty choppy buffer* exceed*
  hiccup* old too abnormal* restart* functioning operating operational online normal normally test difficult*
  struggl* noise nois* echo distort* quality garbl* jitter* flicker* static one-way
`);

/** What customers do: a problem with one of these names an effect. */
const DOING = phrases(`
  login* signin* sign-in* signup* sign-up* authenticat* register* registr* verif* pay paying payment* purchas*
  checkout* order* book* refund* deliver* send* sent receiv* upload* download* access* connect* reconnect* reach*
  load* reload* open opening creat* start starting launch* join* view* edit* delet* add adding remov* updating chang*
  modif* sav* submit* publish* propagat* brows* stream* playback play playing watching print* export* import*
  sync* migrat* provision* resiz* queries query* listing rout* call* dial* messag* sms email* notification* build*
  booking* scheduling renew* certificate* purg* process* deploy* scan* interact* install* configur* managing generat*
  ingest*
`);

const ENTRIES = Map.groupBy([...EFFECT, ...DOING], (entry) => entry.endsWith('*'));

/**
 * An entry of the tables, or an error code (500, 5xx). `\p{L}` is used once for all prefixes, because compiling each takes
 * Node a tenth of a millisecond.
 */
const NAMED = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${ENTRIES.get(false)?.join('|')}|(?:${ENTRIES.get(true)?.join('|').replaceAll('*', '')})\\p{L}*|[45](?:\\d\\d|xx))(?![\\p{L}\\p{N}])`,
  'iu',
);

/** A word, including the characters of names: capitals, digits, dots and dashes. */
const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}'._/-]*[\p{L}\p{N}])?/gu;

/**
 * The title of an incident, if neither the title nor any update names an effect: "Incident with Search. We are
 * investigating." One word that is not in the tables and not a name is enough to find nothing.
 * @param texts the updates' texts, without labelled lines, oldest first
 * @param components names of components. They say where, not what, except for names of what customers do, like "Payments"
 */
export function noEffect(
  title: string,
  texts: readonly string[],
  components: readonly string[] = [],
): Finding | undefined {
  if (texts.length === 0 || !TROUBLE.test(title)) return undefined;
  const byLength = components.filter((name) => name !== '' && !NAMED.test(name)).sort((a, b) => b.length - a.length);
  const isSilent = (text: string): boolean =>
    isHollow(byLength.reduce((rest, name) => rest.replaceAll(name, ' It '), text.replaceAll('’', "'")));
  return [title, ...texts].every(isSilent)
    ? { phrase: title.trim(), offset: title.length - title.trimStart().length }
    : undefined;
}

function isHollow(text: string): boolean {
  if (text.includes('%')) return false;
  for (const [word] of text.matchAll(WORD)) {
    const small = word.toLowerCase();
    if (HOLLOW.has(small) || STOCK.has(small)) continue;
    if (!isName(word) || NAMED.test(word)) return false;
  }
  return true;
}

/** Whether a word is a name: it has a capital or a digit, and is not a verb form such as "Storing" or "Presented". */
function isName(word: string): boolean {
  return /[\p{Lu}\p{N}]/u.test(word) && !/(?:ing|ed)$/i.test(word);
}

function phrases(words: string): string[] {
  return words.trim().split(/\s+/);
}

/** Words for the future. */
const AHEAD = words(String.raw`
  expect|expects|expecting|(?<!as )expected|anticipate|anticipates|anticipating|anticipated|estimate|estimates|estimating|estimated
  should|will|we'll|it'll|hope|hopes|hoping|hopefully|aim|aims|aiming|plan|planning|planned|target|targeting|targetting
  likely|projected|predict|believe
`);

/** Words for the end of a problem. */
const WORKING = words(String.raw`
  fix|fixed|fixes|repaired|repair|resolve|resolved|resolves|resolving|resolution|restore|restored|restores|restoring|restoration|recover|recovered
  recovers|recovery|mitigate|mitigated|mitigation|solved|rectified|corrected|back up|back online|back to normal|be back|return to normal
  returned to normal|work again|working again|works again|up and running|fully operational|normali[sz]ed?|stabili[sz]ed?
  available|accessible|online|operational|reinstated|re-enabled|last until
  roll out|rolled out|rollout|deploy|deployed|deployment|released|release it|complete|completed|completion|finish|finished
`);

/** Words of sentences about something else: the next update, the search for the cause, a delay, an earlier guess. */
const ELSEWHERE = words(String.raw`
  update|updates|updating|information|info|detail|details|report|reports|summary|rca|post-?mortem|post-mortems|statement
  share|inform|notify|communicate|announce|investigate|investigating|investigation|analysis|assess|assessment|evaluate|reassess|review|learn
  monitor|monitoring|observe|observing|watch|maintenance|window|queue|queues|queued|queueing|backlog|backlogs|backlogged|delay|delays|delayed|lag
  latency|technician|technicians|on-?site|dispatched|arrive|arrival|ticket|refund|credit|credits|if|retry|cache
  (?:was|were|had|been|originally|previously|initially) (?:expected|estimated|anticipated|scheduled|planned)|should(?: have| now| already| no longer)|as of
`);

const NUMBER = String.raw`(?:~ ?)?(?:\d{1,3}(?:\.\d)?|an?|one|two|three|four|five|six|seven|eight|ten|twelve|fifteen|twenty|thirty|forty|forty-five|sixty|few|several|couple of)`;
const UNIT = String.raw`(?:minutes?|mins?|hours?|hrs?|h|m|(?:business |working )?days?|weeks?)`;
const LENGTH = String.raw`(?:${NUMBER}(?: ?(?:-|–|to|or) ?${NUMBER})?(?: more)?[ -]?${UNIT}|half an hour)`;
const ROUGHLY = String.raw`(?:(?:the|about|around|approximately|approx\.?|roughly|under|less than|at most|as little as|next|coming|another|a|an|up to|following) ){0,4}`;
const CLOCK = String.raw`(?:\d{1,2}:\d\d|\d{1,2} ?[ap]\.?m\b|\d{4} ?(?:hrs )?(?:utc|gmt))`;
const DAY = String.raw`(?:tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday|(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}|noon|midnight|the end of (?:the )?(?:day|week|month|today)|end of (?:the )?(?:day|week|business)|eod|cob)`;

/** A future time, anywhere in the clause. */
const WHEN = new RegExp(
  String.raw`\b(?:(?:within|in|over) ${ROUGHLY}${LENGTH}|within the (?:hour|day|week)|(?:in|over) the (?:next|coming) (?:hour|day|week|minutes|hours|days|weeks)|(?:within|in|over) the next (?:few )?(?:hour|day|week)|(?:by|before) ${ROUGHLY}(?:${CLOCK}|${DAY})|later (?:today|tonight|this (?:morning|afternoon|evening|week))|(?:early |late )?next week)\b`,
  'i',
);

/** A time that counts only after a word for the future. */
const WHEN_BEHIND = new RegExp(
  String.raw`\b(?:(?<!(?:since|from|between|after|started|began|beginning) (?:at |on )?(?:~)?)(?:${CLOCK}|${DAY})|takes? ${ROUGHLY}${LENGTH}|today|this (?:morning|afternoon|evening|week))`,
  'i',
);

/** "ETA 30 minutes" needs no other words. */
const ETA = new RegExp(
  String.raw`\b(?:eta|estimated time (?:to|of|for) (?:fix|repair|resolution|recovery|restoration))\b[^,;]{0,60}?(?:${CLOCK}|${DAY}|${LENGTH})`,
  'i',
);

/** Separators of clauses. */
const CLAUSES = /[,;()]\s(?:(?:and|but|so|with)\s)?|\s(?:and|but|while|after which|although|though|so)\s|\s[-–—]\s/;

/** A longer clause is not a guess, but a text without punctuation. */
const LONGEST_CLAUSE = 300;

/** The statuses of an incident before its fix. */
const OPEN: readonly string[] = ['investigating', 'identified', 'monitoring'];

/**
 * The first time in the prose at which a fix is expected, for an update without the label `Expected fix`. The time of the
 * next update, a delay, or a past time does not count.
 * @param text the update's text, without labelled lines
 */
export function fixGuess(text: string, status: string): Finding | undefined {
  if (!OPEN.includes(status)) return undefined;
  for (const sentence of sentencesOf(text)) {
    let from = 0;
    for (const clause of sentence.phrase.split(CLAUSES)) {
      const at = sentence.phrase.indexOf(clause, from);
      from = at + clause.length;
      if (isGuess(clause)) return { phrase: clause, offset: sentence.offset + at };
    }
  }
  return undefined;
}

function isGuess(clause: string): boolean {
  if (clause.length > LONGEST_CLAUSE || ELSEWHERE.test(clause)) return false;
  if (ETA.test(clause)) return true;
  const ahead = AHEAD.exec(clause);
  if (!ahead || !WORKING.test(clause)) return false;
  return WHEN.test(clause) || WHEN_BEHIND.test(clause.slice(ahead.index));
}

function words(table: string): RegExp {
  return new RegExp(
    String.raw`(?<![\p{L}\p{N}])(?:${table
      .trim()
      .split(/\s*\n\s*/)
      .join('|')})(?![\p{L}\p{N}])`,
    'iu',
  );
}

import { sentencesOf, type Finding } from './sentences.ts';

/** Words that look ahead. */
const AHEAD = words(String.raw`
  expect|expects|expecting|(?<!as )expected|anticipate|anticipates|anticipating|anticipated|estimate|estimates|estimating|estimated
  should|will|we'll|it'll|hope|hopes|hoping|hopefully|aim|aims|aiming|plan|planning|planned|target|targeting|targetting
  likely|projected|predict|believe
`);

/** Words for the end of the trouble. */
const WORKING = words(String.raw`
  fix|fixed|fixes|repaired|repair|resolve|resolved|resolves|resolving|resolution|restore|restored|restores|restoring|restoration|recover|recovered
  recovers|recovery|mitigate|mitigated|mitigation|solved|rectified|corrected|back up|back online|back to normal|be back|return to normal
  returned to normal|work again|working again|works again|up and running|fully operational|normali[sz]ed?|stabili[sz]ed?
  available|accessible|online|operational|reinstated|re-enabled|last until
  roll out|rolled out|rollout|deploy|deployed|deployment|released|release it|complete|completed|completion|finish|finished
`);

/** Sentences about something else: the next message, the search, what customers wait for, what was once thought. */
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

/** A time to come, wherever it stands in the clause. */
const WHEN = new RegExp(
  String.raw`\b(?:(?:within|in|over) ${ROUGHLY}${LENGTH}|within the (?:hour|day|week)|(?:in|over) the (?:next|coming) (?:hour|day|week|minutes|hours|days|weeks)|(?:within|in|over) the next (?:few )?(?:hour|day|week)|(?:by|before) ${ROUGHLY}(?:${CLOCK}|${DAY})|later (?:today|tonight|this (?:morning|afternoon|evening|week))|(?:early |late )?next week)\b`,
  'i',
);

/** A time that counts only behind the word that looks ahead. */
const WHEN_BEHIND = new RegExp(
  String.raw`\b(?:(?<!(?:since|from|between|after|started|began|beginning) (?:at |on )?(?:~)?)(?:${CLOCK}|${DAY})|takes? ${ROUGHLY}${LENGTH}|today|this (?:morning|afternoon|evening|week))`,
  'i',
);

/** "ETA 30 minutes" looks ahead to the end of the trouble by itself. */
const ETA = new RegExp(
  String.raw`\b(?:eta|estimated time (?:to|of|for) (?:fix|repair|resolution|recovery|restoration))\b[^,;]{0,60}?(?:${CLOCK}|${DAY}|${LENGTH})`,
  'i',
);

/** Where one clause ends and the next begins. */
const CLAUSES = /[,;()]\s(?:(?:and|but|so|with)\s)?|\s(?:and|but|while|after which|although|though|so)\s|\s[-–—]\s/;

/** A clause longer than this is no guess, but a text without marks. */
const LONGEST = 300;

/** The statuses of an incident in which a fix is still to come. */
const OPEN: readonly string[] = ['investigating', 'identified', 'monitoring'];

/**
 * The first guess at a time when it works again that prose makes, for an update without the label `Expected fix`; from the issue
 * "A second pair of eyes on the words". The time of the next update, a delay, or a time that has passed is none.
 * @param text what customers read of the update, without its labels
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
  if (clause.length > LONGEST || ELSEWHERE.test(clause)) return false;
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

import { isStockWord } from './stock.ts';
import type { Finding } from './sentences.ts';

/** What a title calls a trouble without saying what it is. */
const TROUBLE =
  /(?<![\p{L}\p{N}])(?:issues?|incidents?|problems?|troubles?|disruptions?|situation|impact(?:ed|ing)?|affect(?:ed|ing)?)(?![\p{L}\p{N}])/iu;

/** Words that tell of no effect either, beside the stock words: who, where, and what kind of thing. */
const HOLLOW: ReadonlySet<string> = new Set(
  table(`
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
  `),
);

/**
 * Words that tell what customers see or cannot do, whole or, with `*`, as a beginning; a name may be one, in a title with
 * capitals throughout. Whoever wrote one of them has said something about the effect, and is left alone.
 */
const EFFECT = table(`
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

/** What customers do: trouble with one of these is told in their words already. */
const DOING = table(`
  login* signin* sign-in* signup* sign-up* authenticat* register* registr* verif* pay paying payment* purchas*
  checkout* order* book* refund* deliver* send* sent receiv* upload* download* access* connect* reconnect* reach*
  load* reload* open opening creat* start starting launch* join* view* edit* delet* add adding remov* updating chang*
  modif* sav* submit* publish* propagat* brows* stream* playback play playing watching print* export* import*
  sync* migrat* provision* resiz* queries query* listing rout* call* dial* messag* sms email* notification* build*
  booking* scheduling renew* certificate* purg* process* deploy* scan* interact* install* configur* managing generat*
  ingest*
`);

/** One of the tables' entries, or an error's code (500, 5xx). */
const NAMED = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${[...EFFECT, ...DOING]
    .map((entry) => entry.replace(/\*$/, '\\p{L}*'))
    .join('|')}|[45](?:\\d\\d|xx))(?![\\p{L}\\p{N}])`,
  'iu',
);

/** A word of a text, with what makes it a name: capitals, digits, dots and dashes. */
const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}'._/-]*[\p{L}\p{N}])?/gu;

/**
 * The title of an incident of which neither the title nor any update so far names an effect: "Incident with Search. We are
 * investigating." From the issue "A second pair of eyes on the words". It is sure only of words that it knows to be
 * hollow, and of names; with one word of another kind it is silent.
 * @param texts what customers read of each update, without labels, oldest first
 * @param components names of components: they say where, not what, save for such as "Payments", which say what customers do
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
    if (HOLLOW.has(small) || isStockWord(small)) continue;
    if (!isName(word) || NAMED.test(word)) return false;
  }
  return true;
}

/** A capital or a digit makes a name, but "Storing" and "Presented" are what happens, even in a title with capitals throughout. */
function isName(word: string): boolean {
  return /[\p{Lu}\p{N}]/u.test(word) && !/(?:ing|ed)$/i.test(word);
}

function table(words: string): string[] {
  return words.trim().split(/\s+/);
}

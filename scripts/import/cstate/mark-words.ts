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

/** What words mean, and whether they only name the message, so that the status can replace them. */
export interface Meaning {
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
export function meaningOf(text: string, hasTime = false): Meaning | undefined {
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
export function isPlainName(words: string): boolean {
  return PLAIN.test(words.trim());
}

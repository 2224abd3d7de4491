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

/** Words that say that something is over; "will be" and "not yet" do not. */
const OVER =
  /\b(?:resolved|restored|fixed|solved|recovered|completed?|finished|successful(?:ly)?|back (?:online|to normal|up|in service)|(?:is|are|was) (?:done|back)|up and running|reachable again|closed)\b/i;
const NOT_OVER =
  /\b(?:not|n't|until|once|before|will|should|expect\w*|soon|partially|mostly|yet|still|continu\w+|being)\b/i;

/** Whether one of a text's first sentences says that it is over. */
export function saysOver(text: string): boolean {
  const sentences = text.split(/(?<=[.!?])\s+|\n+/).slice(0, 3);
  return sentences.some((sentence) => OVER.test(sentence) && !NOT_OVER.test(sentence));
}

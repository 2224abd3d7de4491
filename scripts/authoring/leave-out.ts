/** Stands where a blank was left empty; nobody writes this character. */
export const EMPTY = '\uE000';

/** An empty blank that is a sentence of its own: between sentences, other blanks, and the ends. */
const ALONE = /(?<=^\s*|[.!?…。！？؟।]["'”’»)]*\s+|\uE000\s*)\uE000(?=\s*$|\s*\uE000|\s+["'“‘«(]?[\p{Lu}\p{N}])/gu;
/** What a line of a list or a quotation begins with. */
const MARKER = /^\s*(?:[-*+>]|\d+[.)])\s+/;
const HEADING = /^(#{1,6})\s/;

/**
 * A text without the sentences in which a blank was left empty, without list items and paragraphs that this leaves empty,
 * and without headings that then have nothing below them.
 */
export function leaveOut(text: string, locale: string): string {
  if (!text.includes(EMPTY)) return text;
  const blocks = text.split(/\n(?:[ \t]*\n)+/);
  const kept: { text: string; isGone: boolean }[] = blocks.map((block) => {
    if (!block.includes(EMPTY)) return { text: block, isGone: false };
    const left = unitsOf(block).flatMap((unit) => withoutSentences(unit, locale));
    return { text: left.join('\n'), isGone: left.length === 0 };
  });
  return kept
    .filter(({ text: block, isGone }, index) => !isGone && !(HEADING.test(block) && isBare(index)))
    .map(({ text: block }) => block)
    .join('\n\n');

  /** Whether everything below a heading has gone. */
  function isBare(index: number): boolean {
    const level = HEADING.exec(kept[index]?.text ?? '')?.[1]?.length ?? 0;
    const below = kept.slice(index + 1);
    const end = below.findIndex((one) => !one.isGone && (HEADING.exec(one.text)?.[1]?.length ?? 7) <= level);
    const section = end === -1 ? below : below.slice(0, end);
    return section.length > 0 && section.every(({ isGone }) => isGone);
  }
}

/** The items of a list, or a paragraph as a whole. */
function unitsOf(block: string): string[] {
  return block.split(/\n(?=\s*(?:[-*+>]|\d+[.)])\s)/);
}

/** @returns nothing when no sentence is left */
function withoutSentences(unit: string, locale: string): string[] {
  if (!unit.includes(EMPTY)) return [unit];
  const marker = MARKER.exec(unit)?.[0] ?? '';
  const said = unit.slice(marker.length).replace(ALONE, '');
  // A line end within a sentence would end it, and only a capital letter begins one.
  const flat = said.replaceAll('\n', ' ').replaceAll(EMPTY, 'X');
  const sentences = new Intl.Segmenter(locale, { granularity: 'sentence' }).segment(flat);
  const left = Array.from(sentences, ({ segment, index }) => said.slice(index, index + segment.length))
    .filter((sentence) => !sentence.includes(EMPTY))
    .join('')
    .replace(/ {2,}/g, ' ')
    .trim();
  return left === '' ? [] : [marker + left];
}

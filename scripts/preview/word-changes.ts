/** A stretch of words that stays, goes or comes. */
export interface WordChange {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** Texts that differ in more words than this are shown as wholly rewritten: nobody reads so many marks. */
const MOST_WORDS = 1_000;

/** What differs between two texts, word by word; words are separated by spaces. */
export function wordChanges(before: string, after: string): WordChange[] {
  const old = wordsOf(before);
  const now = wordsOf(after);
  let head = 0;
  while (head < Math.min(old.length, now.length) && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  return drawnTogether([
    ...old.slice(0, head).map((text) => ({ kind: 'same' as const, text })),
    ...middle(old.slice(head, old.length - tail), now.slice(head, now.length - tail)),
    ...old.slice(old.length - tail).map((text) => ({ kind: 'same' as const, text })),
  ]);
}

/** By the longest common subsequence: https://en.wikipedia.org/wiki/Longest_common_subsequence */
function middle(old: readonly string[], now: readonly string[]): WordChange[] {
  if (old.length > MOST_WORDS || now.length > MOST_WORDS) return rewritten(old, now);
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
  const lengthAt = (row: number, column: number) => lengths[row]?.[column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = now.length - 1; column >= 0; column -= 1) {
      const longest =
        old[row] === now[column]
          ? lengthAt(row + 1, column + 1) + 1
          : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
      lengths[row]?.fill(longest, column, column + 1);
    }
  }
  const changes: WordChange[] = [];
  let [row, column] = [0, 0];
  while (row < old.length && column < now.length) {
    if (old[row] === now[column]) {
      changes.push({ kind: 'same', text: old[row] ?? '' });
      row += 1;
      column += 1;
    } else if (lengthAt(row + 1, column) >= lengthAt(row, column + 1)) {
      changes.push({ kind: 'removed', text: old[row] ?? '' });
      row += 1;
    } else {
      changes.push({ kind: 'added', text: now[column] ?? '' });
      column += 1;
    }
  }
  return [...changes, ...rewritten(old.slice(row), now.slice(column))];
}

function rewritten(old: readonly string[], now: readonly string[]): WordChange[] {
  return [
    ...old.map((text) => ({ kind: 'removed' as const, text })),
    ...now.map((text) => ({ kind: 'added' as const, text })),
  ];
}

function drawnTogether(changes: readonly WordChange[]): WordChange[] {
  const together: WordChange[] = [];
  for (const { kind, text } of changes) {
    const last = together.at(-1);
    if (last?.kind === kind) last.text += ` ${text}`;
    else together.push({ kind, text });
  }
  return together;
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

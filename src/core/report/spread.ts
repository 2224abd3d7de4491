/** What several numbers of one kind come to. */
export interface Spread {
  count: number;
  /** The one in the middle, of an even count the mean of the two there. */
  median: number;
  mean: number;
  greatest: number;
}

/** `undefined` of no numbers at all. */
export function spreadOf(numbers: readonly number[]): Spread | undefined {
  const sorted = [...numbers].sort((a, b) => a - b);
  const greatest = sorted.at(-1);
  if (greatest === undefined) return undefined;
  const half = sorted.length / 2;
  const [low = 0, high = low] = sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1);
  return {
    count: sorted.length,
    median: (low + high) / 2,
    mean: sorted.reduce((sum, number) => sum + number, 0) / sorted.length,
    greatest,
  };
}

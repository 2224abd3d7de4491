/** Seconds of the processor below which a measurement says nothing. */
const LEAST = 0.05;
const TRIES = 3;

/**
 * By how much more work something is for four times as much: 4 where it grows with the size, 16 with its square. Work is
 * what the processor does, so that it is the same on a machine that is slow or busy.
 * @param run is handed how much there is: 1 or 4
 */
export function growth(run: (times: 1 | 4) => unknown): number {
  return workOf(() => run(4)) / workOf(() => run(1));
}

/** The least of some tries, since a collection of garbage may fall into one. */
function workOf(run: () => unknown): number {
  const tries = Array.from({ length: TRIES }, () => {
    const begun = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1e6;
  });
  return Math.max(LEAST, ...[Math.min(...tries)]);
}

/** Halfway between what grows with the size and what grows with its square. */
export const LINEAR = 9;

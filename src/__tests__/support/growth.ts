/** Processor seconds below which a measurement means nothing. */
const LEAST = 0.05;
const TRIES = 3;

/**
 * How much more work four times the input takes: 4 if work grows in proportion, 16 if it grows with the square. Measured in
 * processor time, which is the same on a slow or busy machine.
 * @param run gets the size: 1 or 4
 */
export function growth(run: (times: 1 | 4) => unknown): number {
  return workOf(() => run(4)) / workOf(() => run(1));
}

/** The least of several runs, since garbage collection may slow one down. */
function workOf(run: () => unknown): number {
  const tries = Array.from({ length: TRIES }, () => {
    const begun = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1e6;
  });
  return Math.max(LEAST, ...[Math.min(...tries)]);
}

/** Between growth in proportion (4) and with the square (16). */
export const LINEAR = 9;

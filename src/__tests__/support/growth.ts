/** Processor seconds below which a measurement means nothing. */
const LEAST = 0.05;
const TRIES = 3;

/**
 * How much more work four times the input takes: 4 if work grows in proportion, 16 if it grows with the square. Measured in
 * processor time, which is the same on a slow or busy machine.
 * @param run gets the size: 1 or 4
 */
export function growth(run: (times: 1 | 4) => unknown): number {
  // The least of several runs, since garbage collection may slow one down. The large one first: it warms up the small.
  let large = workOf(() => run(4));
  const small = Math.min(...Array.from({ length: TRIES }, () => workOf(() => run(1))));
  // More runs could only show less growth than what is little already.
  for (let tries = 1; tries < TRIES && large / small >= LINEAR; tries += 1)
    large = Math.min(
      large,
      workOf(() => run(4)),
    );
  return large / small;
}

function workOf(run: () => unknown): number {
  const begun = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(begun);
  return Math.max(LEAST, (user + system) / 1e6);
}

/** Between growth in proportion (4) and with the square (16). */
export const LINEAR = 9;

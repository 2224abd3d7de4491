/** Why the watch could not do its work, in full sentences. Printed without a stack trace. */
export class WatchProblem extends Error {
  /** Whether it may be over in a few minutes: GitHub is down, and not: the token may not write. */
  readonly passing: boolean;

  constructor(message: string, passing = false) {
    super(message);
    this.passing = passing;
  }
}

import { Problem } from '../problem.ts';

/** Why GitHub did not do what it was asked for. */
export class GitHubProblem extends Problem {
  /** Of its answer; nothing when there was none. */
  readonly status: number | undefined;
  /** Whether the same request may do in a few minutes: GitHub is down, and not: the token may not write. */
  readonly passing: boolean;

  constructor(message: string, { status, passing = false }: { status?: number; passing?: boolean } = {}) {
    super(message);
    this.status = status;
    this.passing = passing;
  }
}

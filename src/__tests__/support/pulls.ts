/** A pull request, as GitHub's API gives it. */
export interface StoredPull {
  number: number;
  html_url: string;
  state: 'open' | 'closed';
  title: string;
  body: string;
  head: string;
  base: string;
  /** Users and teams that were asked. */
  reviewers: string[];
  /** Texts, oldest first. */
  comments: string[];
}

/** The pull requests of one repository, with what GitHub's API does to them. */
export class PullsStandIn {
  readonly pulls: StoredPull[] = [];
  /** What a request to open one is answered with, where workflows may not. */
  refusal: 403 | undefined;
  /** The newest commit of a branch. */
  tipOf: (branch: string) => string = () => '';
  /** Takes a branch away. */
  deleteBranch: (branch: string) => void = () => undefined;

  /** Answers a request, or nothing when it asks for something else. @param path below the repository, with its query */
  answer(method: string, path: string, body: () => unknown): { status: number; body?: unknown } | undefined {
    const { pathname, searchParams } = new URL(path, 'https://stand.in');
    if (method === 'GET' && pathname === '/pulls') {
      return { status: 200, body: this.#list(searchParams).map((pull) => this.#asAnswered(pull)) };
    }
    const branch = /^\/git\/refs\/heads\/(.+)$/.exec(pathname)?.[1];
    if (method === 'DELETE' && branch !== undefined) {
      this.deleteBranch(branch);
      return { status: 204 };
    }
    if (method === 'POST' && pathname === '/pulls') return this.#open(body() as Partial<StoredPull>);
    const commented = this.pulls.find((one) => pathname === `/issues/${one.number}/comments`);
    if (commented && method === 'POST') {
      const { body: text } = body() as { body: string };
      commented.comments.push(text);
      return { status: 201, body: {} };
    }
    const [, number, reviewers] = /^\/pulls\/(\d+)(\/requested_reviewers)?$/.exec(pathname) ?? [];
    const pull = this.pulls.find((one) => one.number === Number(number));
    if (!pull) return undefined;
    if (!reviewers) Object.assign(pull, body());
    else {
      const asked = body() as { reviewers?: string[]; team_reviewers?: string[] };
      pull.reviewers.push(...(asked.reviewers ?? []), ...(asked.team_reviewers ?? []));
    }
    return { status: reviewers ? 201 : 200, body: pull };
  }

  #list(query: URLSearchParams): StoredPull[] {
    const head = query.get('head')?.replace(/^acme:/, '');
    return this.pulls.filter(
      (pull) => ['all', pull.state].includes(query.get('state') ?? 'open') && pull.head === (head ?? pull.head),
    );
  }

  #asAnswered(pull: StoredPull): object {
    return { ...pull, head: { ref: pull.head, sha: this.tipOf(pull.head) } };
  }

  #open({ title = '', body = '', head = '', base = '' }: Partial<StoredPull>): { status: number; body?: unknown } {
    if (this.refusal) return { status: this.refusal };
    const number = 101 + this.pulls.length;
    const html_url = `https://github.com/acme/status/pull/${number}`;
    const pull: StoredPull = { number, html_url, state: 'open', title, body, head, base, reviewers: [], comments: [] };
    this.pulls.push(pull);
    return { status: 201, body: this.#asAnswered(pull) };
  }
}

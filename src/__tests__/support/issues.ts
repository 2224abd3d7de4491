import { setTimeout as pause } from 'node:timers/promises';

/** An issue, as GitHub's API gives it. */
export interface StoredIssue {
  number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
  state_reason: string | null;
  labels: { name: string }[];
  user: { id: number };
  created_at: string;
  updated_at: string;
  pull_request?: object;
}

export interface StoredComment {
  id: number;
  issue: number;
  body: string;
  user: { id: number };
  author_association: string;
}

interface Reply {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** The account behind a workflow's token. */
export const BOT = { id: 41898282 };

/**
 * Issues, labels and comments of one repository, with what GitHub's API does to them: a list is in pages, newest first;
 * an issue with an unknown label is refused; numbers are given in order and never again.
 */
export class IssuesStandIn {
  readonly issues: StoredIssue[] = [];
  readonly comments: StoredComment[] = [];
  readonly labels = new Set<string>();
  /** Every request that changes something: `POST /issues`. */
  readonly writes: string[] = [];
  /** Answers instead of the usual ones, one for each request that matches; the last stays while `forever` holds. */
  readonly failures: { matches: RegExp; reply: Reply | 'hang up'; forever?: boolean }[] = [];
  /** What now is for `updated_at`. */
  now = '2026-11-20T09:20:00Z';
  #lastNumber = 0;
  #lastComment = 0;
  #gates: { matches: RegExp; waiting: number; opened: Promise<void>; open: () => void }[] = [];

  /** Holds requests back until so many have come, so that all of them see the same. */
  gate(matches: RegExp, waiting: number): void {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#gates.push({ matches, waiting, opened: promise, open: () => resolve(undefined) });
  }

  /** Answers one request, or nothing where the line is cut. @param path below the repository, with its query */
  async answer(method: string, path: string, body: unknown): Promise<Reply | undefined> {
    const asked = `${method} ${path}`;
    const failure = this.failures.find(({ matches }) => matches.test(asked));
    if (failure && !failure.forever) this.failures.splice(this.failures.indexOf(failure), 1);
    if (failure) return failure.reply === 'hang up' ? undefined : failure.reply;
    if (method !== 'GET') this.writes.push(`${method} ${path}`);
    const reply = this.#reply(method, new URL(path, 'https://stand.in'), (body ?? {}) as Record<string, unknown>);
    await this.#hold(asked);
    // An answer takes a moment to arrive, as everywhere.
    await pause(1);
    return reply;
  }

  open(): StoredIssue[] {
    return this.issues.filter(({ state }) => state === 'open');
  }

  /** Texts of the comments of an issue, without the marks, oldest first. */
  said(number: number): string[] {
    return this.comments.filter(({ issue }) => issue === number).map(({ body }) => body.replace(/^<!--.*-->\s*/, ''));
  }

  #reply(method: string, { pathname, searchParams }: URL, body: Record<string, unknown>): Reply {
    if (method === 'GET' && pathname === '/issues') return { status: 200, body: this.#list(searchParams) };
    if (method === 'POST' && pathname === '/issues') return this.#create(body);
    if (method === 'POST' && pathname === '/labels') {
      if (this.labels.has(String(body['name']))) return { status: 422, body: { errors: [{ code: 'already_exists' }] } };
      this.labels.add(String(body['name']));
      return { status: 201, body };
    }
    const comment = this.comments.find(({ id }) => pathname === `/issues/comments/${id}`);
    if (comment && method === 'DELETE') {
      this.comments.splice(this.comments.indexOf(comment), 1);
      return { status: 204 };
    }
    const [, number, comments] = /^\/issues\/(\d+)(\/comments)?$/.exec(pathname) ?? [];
    const issue = this.issues.find((one) => one.number === Number(number));
    if (!issue) return { status: 404, body: { message: 'Not Found' } };
    if (comments && method === 'GET') {
      const own = this.comments.filter((one) => one.issue === issue.number);
      return { status: 200, body: this.#page(own, searchParams) };
    }
    if (comments && method === 'POST') return { status: 201, body: this.comment(issue.number, String(body['body'])) };
    if (method === 'GET') return { status: 200, body: issue };
    if (method !== 'PATCH') return { status: 404, body: { message: 'Not Found' } };
    Object.assign(issue, body, { updated_at: this.now });
    return { status: 200, body: issue };
  }

  /** Adds a comment; by the watch itself unless said otherwise. */
  comment(issue: number, body: string, user = BOT, association = 'NONE'): StoredComment {
    this.#lastComment += 1;
    const comment = { id: this.#lastComment, issue, body, user, author_association: association };
    this.comments.push(comment);
    return comment;
  }

  /** Adds an issue that the watch did not open. */
  add(fields: Partial<StoredIssue>): StoredIssue {
    this.#lastNumber += 1;
    const issue: StoredIssue = {
      number: this.#lastNumber,
      title: '',
      body: '',
      state: 'open',
      state_reason: null,
      labels: [],
      user: BOT,
      created_at: this.now,
      updated_at: this.now,
      ...fields,
    };
    this.issues.push(issue);
    return issue;
  }

  #create({ title, body, labels }: Record<string, unknown>): Reply {
    const names = (labels ?? []) as string[];
    if (names.some((name) => !this.labels.has(name))) return { status: 422, body: { message: 'Validation Failed' } };
    const fields = { title: String(title), body: String(body), labels: names.map((name) => ({ name })) };
    return { status: 201, body: this.add(fields) };
  }

  #list(query: URLSearchParams): StoredIssue[] {
    const state = query.get('state') ?? 'open';
    const labels = (query.get('labels') ?? '').split(',').filter((name) => name !== '');
    const since = Date.parse(query.get('since') ?? '1970-01-01');
    const found = this.issues
      .filter((one) => state === 'all' || one.state === state)
      .filter((one) => labels.every((name) => one.labels.some((label) => label.name === name)))
      .filter((one) => Date.parse(one.updated_at) >= since)
      .sort((a, b) => b.number - a.number);
    return structuredClone(this.#page(found, query));
  }

  #page<T>(all: readonly T[], query: URLSearchParams): T[] {
    const size = Math.min(100, Number(query.get('per_page') ?? 30));
    const page = Number(query.get('page') ?? 1);
    return all.slice((page - 1) * size, page * size);
  }

  async #hold(asked: string): Promise<void> {
    const gate = this.#gates.find(({ matches }) => matches.test(asked));
    if (!gate) return;
    gate.waiting -= 1;
    if (gate.waiting > 0) return gate.opened;
    this.#gates.splice(this.#gates.indexOf(gate), 1);
    gate.open();
  }
}

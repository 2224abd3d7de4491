/** A comment, as GitHub's API gives it. */
export interface StoredComment {
  id: number;
  body: string;
  html_url: string;
  user: { login: string; type: 'Bot' | 'User' };
}

export const BOT: StoredComment['user'] = { login: 'github-actions[bot]', type: 'Bot' };

/** The comments of one pull request, with what GitHub's API does to them: a list is in pages, oldest first. */
export class PullRequestStandIn {
  static readonly NUMBER = 7;
  comments: StoredComment[] = [];
  /** Statuses that the next requests are answered with, whatever they ask. */
  readonly troubles: number[] = [];
  /** What a request that writes is answered with, where the token may only read. */
  writeStatus: 403 | 404 | undefined;
  /** Whose token it is; a workflow's own may not ask. */
  login: string | undefined;
  #last = 0;

  add(body: string, user = BOT): StoredComment {
    this.#last += 1;
    const comment = { id: this.#last, body, user, html_url: `https://github.com/acme/status/pull/7#${this.#last}` };
    this.comments.push(comment);
    return comment;
  }

  /** Answers a request, or nothing when it asks for something else. @param path below the API */
  answer(method: string, path: string, body: () => unknown): { status: number; body?: unknown } | undefined {
    const { pathname, searchParams } = new URL(path, 'https://stand.in');
    if (pathname === '/user') return this.login ? { status: 200, body: { login: this.login } } : { status: 403 };
    const [, list, id] = /^\/repos\/acme\/status\/issues\/(?:(7\/comments)|comments\/(\d+))$/.exec(pathname) ?? [];
    if (!list && !id) return undefined;
    const trouble = this.troubles.shift();
    if (trouble !== undefined) return { status: trouble };
    if (method === 'GET') {
      const [size, page] = [Number(searchParams.get('per_page') ?? 30), Number(searchParams.get('page') ?? 1)];
      return { status: 200, body: this.comments.slice((page - 1) * size, page * size) };
    }
    if (this.writeStatus) return { status: this.writeStatus };
    if (method === 'DELETE') this.comments = this.comments.filter((one) => one.id !== Number(id));
    if (method === 'DELETE') return { status: 204 };
    const { body: text } = body() as { body: string };
    if (text.length > 65_536) return { status: 422 };
    if (method === 'POST') return { status: 201, body: this.add(text) };
    const comment = this.comments.find((one) => one.id === Number(id));
    if (!comment) return { status: 404 };
    comment.body = text;
    return { status: 200, body: comment };
  }
}

import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PullsStandIn } from './pulls.ts';
import type { PullRequestStandIn } from './pull-request.ts';
import { IssuesStandIn } from './issues.ts';

/**
 * GitHub's API and a live page on loopback. As with a workflow's own token, nothing but a dispatch starts a workflow:
 * a push is taken and starts none.
 */
export class GitHubStandIn implements AsyncDisposable {
  /** Workflows that were started, with the branch. */
  readonly started: { workflow: string; ref: string }[] = [];
  readonly asked: string[] = [];
  /** What `/build.json` answers; nothing for no page. */
  build: string | undefined;
  /** The status with which dispatches are answered. */
  dispatchStatus = 204;
  readonly token = 'token-of-the-job';
  /** The newest commit of `main`. */
  head = 'a'.repeat(40);
  readonly issues = new IssuesStandIn();
  readonly pulls = new PullsStandIn();
  /** What GitHub says that an account may do; others may do nothing. */
  readonly permissions = new Map<string, string>();
  /** The status with which the question for a permission is answered, where it is not. */
  permissionStatus: number | undefined;
  /** When runs of workflows were first started, by their ids. */
  readonly runs = new Map<string, string>();
  /** The pull request that a job runs for. */
  pull: PullRequestStandIn | undefined;
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  static async start(): Promise<GitHubStandIn> {
    const standIn = new GitHubStandIn();
    standIn.#server.listen(0, '127.0.0.1');
    await once(standIn.#server, 'listening');
    return standIn;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What a job finds in its environment. */
  get env(): Record<string, string> {
    return { GITHUB_API_URL: `${this.url}/api`, GITHUB_REPOSITORY: 'acme/status', GITHUB_REF_NAME: 'main' };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname: path, search } = new URL(request.url ?? '/', this.url);
    this.asked.push(`${request.method} ${path}`);
    const end = (status: number, text = '') => response.writeHead(status).end(text);
    if (path === '/build.json') return void (this.build === undefined ? end(404) : end(200, this.build));
    if (request.headers.authorization !== `Bearer ${this.token}`) return void end(401);
    if (request.method === 'PATCH' && path === '/api/repos/acme/status/git/refs/heads/main') return void end(200, '{}');
    if (path === '/api/repos/acme/status/commits/main') return void end(200, JSON.stringify({ sha: this.head }));
    const body = () => JSON.parse(Buffer.concat(chunks).toString()) as unknown;
    const pulled = this.pull?.answer(request.method ?? '', path.replace('/api', '') + search, body);
    if (pulled) return void end(pulled.status, pulled.body === undefined ? '' : JSON.stringify(pulled.body));
    const inRepository = path.replace('/api/repos/acme/status', '');
    const reviewed = this.pulls.answer(request.method ?? '', inRepository + search, body);
    if (reviewed) return void end(reviewed.status, JSON.stringify(reviewed.body));
    const started = this.runs.get(inRepository.replace('/actions/runs/', ''));
    if (started !== undefined) return void end(200, JSON.stringify({ created_at: started }));
    const login = /^\/collaborators\/([^/]+)\/permission$/.exec(inRepository)?.[1];
    if (login !== undefined) {
      if (this.permissionStatus !== undefined) return void end(this.permissionStatus);
      const permission = this.permissions.get(decodeURIComponent(login));
      return void (permission === undefined ? end(404) : end(200, JSON.stringify({ permission })));
    }
    const below = /^\/api\/repos\/acme\/status(\/(?:issues|labels)(?:\/.*)?)$/.exec(path)?.[1];
    if (below !== undefined) {
      const text = Buffer.concat(chunks).toString();
      const reply = await this.issues.answer(request.method ?? '', below + search, text ? JSON.parse(text) : undefined);
      if (!reply) return void request.socket.destroy();
      for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
      return void end(reply.status, reply.body === undefined ? '' : JSON.stringify(reply.body));
    }
    const workflow = /^\/api\/repos\/acme\/status\/actions\/workflows\/([\w.]+)\/dispatches$/.exec(path)?.[1];
    if (request.method !== 'POST' || !workflow) return void end(404);
    const { ref } = JSON.parse(Buffer.concat(chunks).toString()) as { ref: string };
    if (this.dispatchStatus === 204) this.started.push({ workflow, ref });
    end(this.dispatchStatus);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}

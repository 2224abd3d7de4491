import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { registerWatch } from '../../../scripts/commands/watch.ts';
import type { Outcome } from './call.ts';
import { callCommand } from './call.ts';
import { GitHubStandIn } from './github.ts';

export const SITE = `name: Acme
postmortems: { critical: 3d, major: 5d }
url: https://status.acme.example
escalation:
  - { after: 15m, who: ["@acme/leads"] }
  - { after: 1h, who: ["@acme/board", "the press office"] }
`;

export const COMPONENTS = `- id: checkout
  name: Checkout
  owner: "@acme/payments"
- id: website
  name: Website
`;

export const PAY = 'content/incidents/2026-11-20-pay.md';

/** An incident of the checkout; each update is `[heading, text and labelled lines]`. */
export function incident(updates: readonly (readonly [heading: string, text: string])[], front = ''): string {
  const body = updates.map(([heading, text]) => `## ${heading}\n\n${text}\n`).join('\n');
  return `---\ntitle: Some customers cannot pay\ncomponents:\n  checkout: partial_outage\n${front}---\n\n${body}`;
}

/** Says by 09:50 when the next update comes. */
export const PROMISE = [
  'Investigating · 2026-11-20 09:20 UTC',
  'We look into it.\n\n- **Next update:** 09:50 UTC',
] as const;

/** A content folder of its own and a GitHub of its own, to run `watch` against at one time after another. */
export class WatchPost implements AsyncDisposable {
  readonly root = mkdtempSync(join(tmpdir(), 'candor-watch-'));
  readonly github: GitHubStandIn;

  private constructor(github: GitHubStandIn) {
    this.github = github;
  }

  static async start(files: Readonly<Record<string, string>> = { [PAY]: incident([PROMISE]) }): Promise<WatchPost> {
    const post = new WatchPost(await GitHubStandIn.start());
    for (const [path, text] of Object.entries({
      'content/site.yml': SITE,
      'content/components.yml': COMPONENTS,
      ...files,
    })) {
      post.write(path, text);
    }
    return post;
  }

  get issues() {
    return this.github.issues;
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  remove(path: string): void {
    rmSync(join(this.root, path));
  }

  /** Runs the command at a time of 20 November 2026, or a full one; while it sleeps, its clock goes on. */
  async run(
    time: string,
    args: readonly string[] = ['--github'],
    { env = {}, asleep = () => undefined }: { env?: Record<string, string>; asleep?: (now: string) => void } = {},
  ): Promise<Outcome> {
    const own: Record<string, string> = {
      ...this.github.env,
      GITHUB_TOKEN: this.github.token,
      STATUS_CONTENT: join(this.root, 'content'),
      STATUS_NOW: time.includes('T') ? time : `2026-11-20T${time}Z`,
      ...env,
    };
    const setClock = (now: string) => (own['STATUS_NOW'] = this.issues.now = now);
    setClock(own['STATUS_NOW'] ?? '');
    const sleep = async (milliseconds: number) => {
      const now = new Date(Date.parse(own['STATUS_NOW'] ?? '') + milliseconds).toISOString();
      setClock(now);
      asleep(now);
    };
    return callCommand((program, context) => registerWatch(program, context, sleep), ['watch', ...args], own);
  }

  /** What one run writes to GitHub, as `POST /issues`. */
  async writes(time: string): Promise<string[]> {
    const before = this.issues.writes.length;
    await this.run(time);
    return this.issues.writes.slice(before);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    rmSync(this.root, { recursive: true, force: true });
    await this.github[Symbol.asyncDispose]();
  }
}

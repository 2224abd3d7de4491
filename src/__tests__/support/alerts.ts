import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { registerAlert } from '../../../scripts/commands/alert.ts';
import type { Outcome as Called } from './call.ts';
import { callCommand } from './call.ts';
import { OriginStandIn } from './origin.ts';
import { GitHubStandIn } from './github.ts';

export const SITE = `name: Acme
url: https://status.acme.example
warnings: { off: [stock-words, no-effect] }
`;

export const COMPONENTS = `- id: checkout
  name: Checkout
  owner: "@acme/payments"
- id: website
  name: Website
  owner: "@ada"
`;

/** One rule, which names the component by a label; `more` are further keys of it. */
export function rules(then: string, more = ''): string {
  return `- name: shop
  match: { source: plain, name: "Shop*" }
  then: ${then}
  title: Some customers cannot use the shop
  components: { label: service, status: partial_outage }
${more}`;
}

interface Sent {
  state?: 'firing' | 'resolved' | 'unknown';
  key?: string;
  /** Of 20 November 2026. */
  start?: string;
  end?: string;
  service?: string;
  [field: string]: unknown;
}

/** The body that a script sends in the plain shape. */
export function body({
  service = 'checkout',
  start,
  end,
  state = end === undefined ? 'firing' : 'resolved',
  ...rest
}: Sent): string {
  const time = (text: string | undefined) => text && `2026-11-20T${text}:00Z`;
  return JSON.stringify({
    name: 'Shop errors',
    key: service,
    labels: { service },
    state,
    start: time(start),
    end: time(end),
    ...rest,
  });
}

interface Job {
  args?: readonly string[];
  asleep?: (now: string) => void;
  /** When it ran first, if it is run again. */
  again?: string;
}

interface Outcome extends Called {
  summary: string;
}

const TEMPLATES = join(import.meta.dirname, '../example/templates');

/** A repository with a GitHub of its own, to which alerts come as to its workflow. */
export class AlertDesk extends OriginStandIn {
  static async start(alerts: string, files: Readonly<Record<string, string>> = {}): Promise<AlertDesk> {
    const desk = new AlertDesk(await GitHubStandIn.start());
    const templates = readdirSync(TEMPLATES).map((name) => [
      `content/templates/${name}`,
      readFileSync(join(TEMPLATES, name), 'utf8'),
    ]);
    desk.commit({
      'content/site.yml': SITE,
      'content/components.yml': COMPONENTS,
      'content/alerts.yml': alerts,
      ...(Object.fromEntries(templates) as Record<string, string>),
      ...files,
    });
    return desk;
  }

  /** Somebody changes files on a branch. */
  push(branch: string, files: Readonly<Record<string, string>>): void {
    this.inRoot('fetch', '--quiet', 'origin', branch);
    this.inRoot('checkout', '--quiet', '-B', 'words', 'FETCH_HEAD');
    for (const [path, text] of Object.entries(files)) writeFileSync(join(this.root, path), text);
    this.inRoot('commit', '--quiet', '--all', '--message', 'Other words');
    this.inRoot('push', '--quiet', 'origin', `HEAD:${branch}`);
    this.inRoot('checkout', '--quiet', 'main');
  }

  /** Somebody merges what is reviewed, as GitHub's button does. */
  merge(branch: string): void {
    this.inRoot('fetch', '--quiet', 'origin', 'main', branch);
    this.inRoot('checkout', '--quiet', '-B', 'merge', 'origin/main');
    this.inRoot('fetch', '--quiet', 'origin', branch);
    this.inRoot('merge', '--quiet', '--no-ff', '--message', 'Merge', 'FETCH_HEAD');
    this.inRoot('push', '--quiet', 'origin', 'HEAD:main');
    this.inRoot('checkout', '--quiet', '-B', 'main');
    for (const pull of this.github.pulls.pulls) {
      if (pull.head === branch) Object.assign(pull, { state: 'closed', merged_at: '2026-11-20T09:30:00Z' });
    }
  }

  /** Paths below the content folder of the incidents of a branch. */
  incidents(branch = 'main'): string[] {
    return this.files(branch, 'content/incidents').map((path) => path.replace('content/', ''));
  }

  /** @param path below the content folder */
  override read(path: string, branch = 'main'): string {
    return super.read(`content/${path}`, branch);
  }

  /** Headings of the only incident of a branch, without the day. */
  timeline(branch = 'main'): string[] {
    const [path = ''] = this.incidents(branch).filter((one) => !one.includes('_alerts'));
    return [...this.read(path, branch).matchAll(/^## (\w+) · 2026-11-20 (\S+) UTC$/gm)].map(
      ([, word, time]) => `${word} ${time}`,
    );
  }

  /** The job that an alert starts at a time of 20 November 2026. @param text its body; nothing for what is due */
  async receive(
    time: string,
    text?: string | object,
    { args = [], asleep = () => undefined, again }: Job = {},
  ): Promise<Outcome> {
    const job = mkdtempSync(join(this.place, 'job-'));
    const files = { GITHUB_EVENT_PATH: join(job, 'event.json'), GITHUB_STEP_SUMMARY: join(job, 'summary') };
    const payload = typeof text === 'string' ? { body: text } : text;
    writeFileSync(files.GITHUB_EVENT_PATH, JSON.stringify({ client_payload: payload }));
    writeFileSync(files.GITHUB_STEP_SUMMARY, '');
    const checkout = join(job, 'checkout');
    this.git('clone', '--quiet', this.origin, checkout);
    const env: Record<string, string> = {
      PATH: process.env['PATH'] ?? '',
      GIT_CONFIG_GLOBAL: '/dev/null',
      ...files,
      ...this.github.env,
      GITHUB_TOKEN: this.github.token,
      STATUS_CONTENT: join(checkout, 'content'),
      STATUS_NOW: `2026-11-20T${time}Z`,
      ...(again !== undefined && { GITHUB_RUN_ID: '7', GITHUB_RUN_ATTEMPT: '2' }),
    };
    if (again !== undefined) this.github.runs.set('7', `2026-11-20T${again}Z`);
    const sleep = async (milliseconds: number) => {
      env['STATUS_NOW'] = new Date(Date.parse(env['STATUS_NOW'] ?? '') + milliseconds).toISOString();
      asleep(env['STATUS_NOW']);
    };
    const words = ['alert', '--github', ...(text === undefined ? ['--due'] : []), ...args];
    const outcome = await callCommand((program, context) => registerAlert(program, context, sleep), words, env);
    return { ...outcome, summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8') };
  }
}

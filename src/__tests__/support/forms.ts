import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { registerForm } from '../../../scripts/commands/form.ts';
import { registerForms } from '../../../scripts/commands/forms.ts';
import { registerScheduled } from '../../../scripts/commands/scheduled.ts';
import { OriginStandIn } from './origin.ts';
import { GitHubStandIn } from './github.ts';
import type { Answers, FormName } from '../../../scripts/forms/forms.ts';
import { FORMS, PUBLISH } from '../../../scripts/forms/forms.ts';
import type { Outcome } from './call.ts';
import { callCommand } from './call.ts';

export const SITE = `name: Acme
url: https://status.acme.example
warnings: { off: [stock-words, no-effect] }
`;

export const COMPONENTS = `- group: Shop
  components:
    - id: checkout
      name: Checkout
      owner: "@acme/payments"
    - id: search
      name: Search
- id: website
  name: Website
- id: ftp
  name: FTP
  retired: 2025-06-30
`;

/** What it takes to report an incident, in a workflow or in a form from before. */
export const REPORT: Answers = {
  title: 'Some customers cannot pay',
  components: 'Shop › Checkout (checkout)',
  severity: 'Partly down, or down for some customers',
  message: 'They see an error when they pay.',
  review: PUBLISH.now,
};

/** The issue that GitHub makes of a filled form. */
export function issueBody(form: FormName, answers: Answers): string {
  const asked = FORMS[form].fields.filter(({ key, only }) => only !== 'workflow' || answers[key] !== undefined);
  return asked.map(({ key, label }) => `### ${label}\n\n${answers[key] ?? '_No response_'}`).join('\n\n');
}

/** A repository on a GitHub of its own, whose issues are answered as its workflow does. */
export class FormDesk extends OriginStandIn {
  now = '2026-11-20T10:05:40Z';

  /** `ada` may write, `tom` may sort issues, `eve` may read, and nobody else is known. */
  static async start(files: Readonly<Record<string, string>> = {}): Promise<FormDesk> {
    const desk = new FormDesk(await GitHubStandIn.start());
    for (const [login, permission] of Object.entries({ ada: 'write', root: 'admin', tom: 'read', eve: 'read' })) {
      desk.github.permissions.set(login, permission);
    }
    desk.commit({ 'content/site.yml': SITE, 'content/components.yml': COMPONENTS, ...files });
    return desk;
  }

  /** Files that the origin has besides the settings. */
  override files(branch = 'main'): string[] {
    return super.files(branch).filter((path) => !/^content\/(site|components)\.yml$/.test(path));
  }

  /** Comments on an issue, oldest first. */
  said(number: number): string[] {
    return this.github.issues.said(number);
  }

  /** Somebody opens an issue. @returns its number, and what the job printed */
  async open(body: string, by = 'ada'): Promise<Outcome & { number: number }> {
    const { number } = this.github.issues.add({ body });
    return { number, ...(await this.answer({ action: 'opened', number, body, by })) };
  }

  /** The job that an event of an issue starts. */
  async answer(event: { action: string; number: number; body: string; by: string; author?: string; changes?: object }) {
    const { action, number, body, by, author = by, changes = { body: {} } } = event;
    const issue = { number, body, state: 'open', user: { login: author } };
    return this.run(['form', 'issue'], {
      action,
      issue,
      sender: { login: by },
      ...(action === 'edited' && { changes }),
    });
  }

  async manual(form: FormName, inputs: Answers, run = '77', branch = 'main'): Promise<Outcome> {
    const env = { GITHUB_RUN_ID: run, GITHUB_ACTOR: 'ada', GITHUB_REF_NAME: branch };
    return this.run(['form', form], { inputs, repository: { default_branch: 'main' } }, env);
  }

  async run(args: readonly string[], event: object = {}, more: Record<string, string> = {}): Promise<Outcome> {
    const eventPath = join(this.place, 'event.json');
    writeFileSync(eventPath, JSON.stringify(event));
    const env = { ...this.env(eventPath), ...more };
    return callCommand(
      (program, context) => {
        registerForm(program, context, async () => undefined);
        registerForms(program, context);
        registerScheduled(program, context);
      },
      args,
      env,
    );
  }

  /** What a job finds in its environment. */
  env(eventPath: string): Record<string, string> {
    return {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_SYSTEM: '/dev/null',
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_PATH: eventPath,
      GITHUB_TOKEN: this.github.token,
      STATUS_CONTENT: join(this.root, 'content'),
      STATUS_NOW: this.now,
      ...this.github.env,
    };
  }
}

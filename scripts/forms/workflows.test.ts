import { appendFileSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JobRun } from '../../src/__tests__/support/workflow.ts';
import { readWorkflow, runJob } from '../../src/__tests__/support/workflow.ts';
import type { FormName } from './forms.ts';
import { FORM_NAMES, WORKFLOW_FORMS } from './forms.ts';
import { thanks } from './answer.ts';
import { FormDesk, issueBody, REPORT } from '../../src/__tests__/support/forms.ts';

const PATH = 'content/incidents/2026/2026-11-20-some-customers-cannot-pay.md';
const PROJECT = ['package.json', 'scripts', 'src', 'tsconfig.json', 'node_modules'];

/** Runs the jobs of a workflow, or the one with a name, as its YAML has them. @returns what became of the last */
async function run(desk: FormDesk, name: string, event: object, job?: string) {
  appendFileSync(join(desk.root, '.git/info/exclude'), PROJECT.join('\n'));
  for (const path of PROJECT) symlinkSync(resolve(path), join(desk.root, path));
  const eventPath = join(desk.root, '.git/event.json');
  writeFileSync(eventPath, JSON.stringify(event));
  const { STATUS_CONTENT: _, GITHUB_TOKEN: __, ...env } = desk.env(eventPath);
  const { jobs } = readWorkflow(`.github/workflows/${name}`);
  const context: Record<string, string> = {
    'github.event.issue.state': 'open',
    'github.token': desk.github.token,
  };
  let last: JobRun | undefined;
  // Each job after the one that it needs, as they stand in the file.
  for (const [id, one] of Object.entries(jobs)) {
    if (job !== undefined && id !== job) continue;
    last = await runJob(one, desk.root, { ...env, GITHUB_RUN_ID: '77' }, context);
    for (const [key, value] of Object.entries(last.outputs)) context[`needs.${id}.outputs.${key}`] = value;
  }
  if (!last) throw new RangeError(`${name} has no job ${job}.`);
  return last;
}

function opened(desk: FormDesk, by: string, answers = REPORT, form: FormName = 'report-incident') {
  const body = issueBody(form, answers);
  const { number } = desk.github.issues.add({ body });
  return { action: 'opened', issue: { number, body, user: { login: by } }, sender: { login: by } };
}

describe('forms.yml', () => {
  it('publishes what somebody reports who may write', async () => {
    await using desk = await FormDesk.start();
    expect(await run(desk, 'forms.yml', opened(desk, 'ada'))).toMatchObject({ result: 'success' });
    expect(desk.files()).toEqual([PATH]);
    expect(desk.github.started.map(({ workflow }) => workflow)).toEqual(['deploy.yml', 'watch.yml']);
    expect(desk.said(1)[0]).toContain('It is published.');
  });

  it.each(FORM_NAMES)('thanks a stranger for %s, and checks out, installs and publishes nothing', async (form) => {
    await using desk = await FormDesk.start();
    const ran = await run(desk, 'forms.yml', opened(desk, 'eve', REPORT, form));
    expect(ran).toMatchObject({ result: 'skipped', foreign: [], printed: '' });
    expect(desk.said(1)).toEqual([thanks()]);
    expect(desk.log()).toEqual(['Change']);
    expect(desk.github.started).toEqual([]);
  });

  it('says nothing to a stranger about any other issue', async () => {
    await using desk = await FormDesk.start();
    const event = opened(desk, 'nobody');
    await run(desk, 'forms.yml', { ...event, issue: { ...event.issue, body: 'I cannot pay.\n### What is it?' } });
    expect(desk.said(1)).toEqual([]);
  });

  it.each([
    ['tom', 'ada', 'skipped'],
    ['ada', 'tom', 'skipped'],
    ['ada', 'root', 'success'],
  ])('of %s, edited by %s, is %s', async (author, by, result) => {
    await using desk = await FormDesk.start();
    const { issue } = opened(desk, author);
    const event = { action: 'edited', issue, sender: { login: by }, changes: { body: {} } };
    expect(await run(desk, 'forms.yml', event)).toMatchObject({ result });
    expect(desk.said(1)).toHaveLength(result === 'success' ? 1 : 0);
  });

  it('asks again, and says what is wrong, where GitHub does not say who may write', async () => {
    await using desk = await FormDesk.start();
    desk.github.permissionStatus = 403;
    expect(await run(desk, 'forms.yml', opened(desk, 'ada'))).toMatchObject({ result: 'failure' });
    expect(desk.said(1)).toEqual([expect.stringContaining('Nothing is published.')]);
  });

  it('runs nothing of what a form holds', async () => {
    await using desk = await FormDesk.start();
    const text = '"; touch hacked; $(touch hacked) `touch hacked` ${{ github.token }}';
    const { printed } = await run(desk, 'forms.yml', opened(desk, 'ada', { ...REPORT, title: text, message: text }));
    expect(printed).toBe('#1 is published.\n');
    expect(desk.files()).toEqual([expect.stringMatching(/^content\/incidents\/2026\/2026-11-20-[a-z0-9-]+\.md$/)]);
    expect(desk.inRoot('status', '--porcelain')).toBe('');
  });

  it('runs for one issue at a time, and leaves closed ones alone', () => {
    const { jobs, on } = readWorkflow('.github/workflows/forms.yml');
    expect(jobs['author']?.if).toBe("github.event.issue.state == 'open'");
    expect(jobs['answer']).toMatchObject({ needs: 'author', if: "needs.author.outputs.may_write == 'true'" });
    expect(on).toEqual({ issues: { types: ['opened', 'edited'] } });
    expect(readFileSync('.github/workflows/forms.yml', 'utf8')).toContain(
      'group: forms-${{ github.event.issue.number }}\n  cancel-in-progress: false',
    );
  });
});

describe.each([
  ['forms.yml', 'author', { issues: 'write' }],
  ['forms.yml', 'answer', { contents: 'write', issues: 'write', 'pull-requests': 'write', actions: 'write' }],
  ['report-incident.yml', 'publish', { contents: 'write', 'pull-requests': 'write', actions: 'write' }],
  ['post-update.yml', 'publish', { contents: 'write', 'pull-requests': 'write', actions: 'write' }],
  ['deploy.yml', 'forms', { contents: 'write', 'pull-requests': 'write' }],
])('%s', (name, job, permissions) => {
  it('may do what it needs and nothing else', () => {
    expect(readWorkflow(`.github/workflows/${name}`).jobs[job]?.permissions).toEqual(permissions);
  });

  it('puts nothing of an event into a script, nor into the environment of one', () => {
    for (const step of readWorkflow(`.github/workflows/${name}`).jobs[job]?.steps ?? []) {
      expect(JSON.stringify([step.run, step.env])).not.toMatch(/github\.event|inputs/);
    }
  });
});

describe('the workflows that are started by hand', () => {
  it.each(WORKFLOW_FORMS)('%s takes its answers from the event', async (name) => {
    await using desk = await FormDesk.start();
    const inputs = name === 'report-incident' ? REPORT : { status: 'Resolved', message: 'x' };
    const event = { inputs, repository: { default_branch: 'main' } };
    const { result, summary, printed } = await run(desk, `${name}.yml`, event);
    const isReport = name === 'report-incident';
    expect(result).toBe(isReport ? 'success' : 'failure');
    expect(summary).toContain(isReport ? 'It is published.' : 'No incident is open and no maintenance is running.');
    expect(printed).toMatch(isReport ? /^Published\.\n$/ : /^::error::Nothing is published\./);
  });
});

describe('the forms in deploy.yml', () => {
  it('are brought in line after the page is published', async () => {
    const form = '.github/ISSUE_TEMPLATE/report-incident.yml';
    await using desk = await FormDesk.start({ [form]: 'name: Old\n' });
    expect(await run(desk, 'deploy.yml', {}, 'forms')).toMatchObject({ result: 'success' });
    expect(desk.read(form)).toContain('- Shop › Checkout (checkout)\n');
    expect(readWorkflow('.github/workflows/deploy.yml').jobs['forms']?.needs).toBe('deploy');
  });
});

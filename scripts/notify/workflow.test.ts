import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/__tests__/support/workflow.ts';
import { readWorkflow, runJob } from '../../src/__tests__/support/workflow.ts';
import { A, begun, FIRST, incident, Post, SECOND } from '../../src/__tests__/support/notify.ts';

const ID = 'incidents/a/u-20261120T094800Z';
const ADDRESS = 'https://status.acme.example/';

const deploy = readWorkflow('.github/workflows/deploy.yml');

function jobIn(name: string): Job {
  const job = readWorkflow(`.github/workflows/${name}`).jobs['notify'];
  if (!job) throw new RangeError(`${name} has no job notify.`);
  return job;
}

/** Puts the project beside the content of a repository, as a checkout has it. */
function addProject(root: string): void {
  for (const name of ['package.json', 'tsconfig.json', 'scripts', 'src'])
    cpSync(name, join(root, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
}

describe('deploy.yml', () => {
  it('starts notify.yml once the page is up, whatever else is wrong, and waits for nothing that it does', () => {
    const job = jobIn('deploy.yml');
    expect(job).toMatchObject({ needs: 'deploy', permissions: { actions: 'write' } });
    expect(job.if).toBeUndefined();
    for (const { needs = [] } of Object.values(deploy.jobs)) expect([needs].flat()).not.toContain('notify');
  });

  it('tells it which commit the page shows, and where', async () => {
    await using post = new Post([]);
    const tools = join(post.folder, 'tools');
    mkdirSync(tools);
    // GitHub's own program, which is on its runners.
    writeFileSync(join(tools, 'gh'), `#!/bin/sh\nprintf '%s\\n' "$GH_REPO" "$GH_TOKEN" "$@" > ${post.folder}/asked\n`, {
      mode: 0o755,
    });
    const env = { PATH: `${tools}:${process.env['PATH']}`, GITHUB_REF_NAME: 'main', GITHUB_SHA: 'c0ffee' };
    const { result } = await runJob(jobIn('deploy.yml'), post.root, env, {
      'needs.deploy.outputs.address': ADDRESS,
      'github.repository': 'acme/status',
      'github.token': 'token-of-the-job',
    });
    expect(result).toBe('success');
    const asked = readFileSync(join(post.folder, 'asked'), 'utf8').trimEnd().split('\n');
    expect(asked.slice(0, 7)).toEqual(['acme/status', 'token-of-the-job', 'workflow', 'run', 'notify.yml', '--ref', 'main']); // prettier-ignore
    const inputs = asked.filter((word) => word.includes('=')).map((word) => word.split('=')[0] ?? '');
    expect(asked).toEqual(expect.arrayContaining(['commit=c0ffee', `address=${ADDRESS}`]));
    const { workflow_dispatch: by } = readWorkflow('.github/workflows/notify.yml').on as {
      workflow_dispatch: { inputs: object };
    };
    expect(Object.keys(by.inputs)).toEqual(['test', ...inputs]);
  });
});

describe('notify.yml', () => {
  it('looks at the commit that was published, one run after the other, and may do no more than it needs', () => {
    const job = jobIn('notify.yml');
    expect(job.permissions).toEqual({ contents: 'write' });
    expect(job.steps.find(({ uses }) => uses?.startsWith('actions/checkout@'))?.with).toEqual({
      ref: '${{ inputs.commit }}',
      'fetch-depth': 0,
      'persist-credentials': false,
    });
    expect(readWorkflow('.github/workflows/notify.yml')).toMatchObject({
      concurrency: { group: 'notify', 'cancel-in-progress': false },
    });
  });

  it('sends what became public with the secrets of one secret, and is red when something could not be sent', async () => {
    await using all = await begun();
    addProject(all.post.root);
    all.post.commit({ [A]: incident([FIRST, SECOND]) });
    const run = () =>
      runJob(
        jobIn('notify.yml'),
        all.post.root,
        { ...all.post.environment('12:00'), STATUS_CONTENT: '', GITHUB_ACTIONS: 'true' },
        {
          'inputs.test': '',
          'inputs.address': ADDRESS,
          'github.token': 'token-of-the-job',
          'secrets.STATUS_SECRETS': `SLACK_URL=${all.chat.url}\n`,
        },
      );
    all.chat.replies.push({ status: 403 });
    const red = await run();
    expect(red).toMatchObject({
      result: 'failure',
      foreign: ['actions/checkout', './.github/actions/setup'],
    });
    expect(red.printed).toContain(
      '::error::slack: One update is not sent. The next run tries again. SLACK_URL returned',
    );
    const green = await run();
    expect(green.result).toBe('success');
    expect(green.summary).toContain(`| ${ID} | slack | sent |`);
    expect(all.chat.words('A database failed')).toEqual(['A database failed']);
    expect(red.printed).toContain(`::add-mask::${all.chat.url}`);
    // A job shows nothing of these lines.
    const shown = (red.printed + red.summary + green.printed + green.summary).replace(/^::add-mask::.*$/gm, '');
    expect(shown).not.toMatch(/s3cr3t|token-of-the-job/);
  });
});

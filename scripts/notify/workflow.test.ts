import { cpSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { readWorkflow, runJob } from '../publish/workflow-testing.ts';
import { A, begun, FIRST, incident, SECOND } from './testing.ts';

const { jobs } = readWorkflow('.github/workflows/deploy.yml');
const job = jobs['notify'];
if (!job) throw new RangeError('deploy.yml has no job notify.');

const ID = 'incidents/a/u-20261120T094800Z';

/** Puts the project beside the content of a repository, as a checkout has it. */
function addProject(root: string): void {
  for (const name of ['package.json', 'tsconfig.json', 'scripts', 'src'])
    cpSync(name, join(root, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
}

it('comes after the page, whatever else is wrong with the content, and may do no more than it needs', () => {
  expect(job).toMatchObject({ needs: 'publish', permissions: { contents: 'write' } });
  expect(job.if).toBeUndefined();
  expect(jobs['content']?.needs).not.toContain('notify');
  expect(job.steps.find(({ uses }) => uses?.startsWith('actions/checkout@'))?.with).toEqual({
    'fetch-depth': 0,
    'persist-credentials': false,
  });
});

it(
  'sends what became public with the secrets of one secret, and is red when something could not be sent',
  { timeout: 60_000 },
  async () => {
    await using all = await begun();
    addProject(all.post.root);
    all.post.commit({ [A]: incident([FIRST, SECOND]) });
    const run = (address = 'https://status.acme.example/') =>
      runJob(
        job,
        all.post.root,
        { ...all.post.environment('12:00'), STATUS_CONTENT: '', GITHUB_ACTIONS: 'true' },
        {
          'steps.modules.outputs.cache-hit': 'true',
          'needs.publish.outputs.address': address,
          'github.token': 'token-of-the-job',
          'secrets.STATUS_SECRETS': `SLACK_URL=${all.chat.url}\n`,
        },
      );
    all.chat.replies.push({ status: 403 });
    const red = await run();
    expect(red).toMatchObject({
      result: 'failure',
      foreign: ['actions/checkout', 'actions/setup-node', 'actions/cache'],
    });
    expect(red.printed).toContain(
      '::error::slack: One update is not sent, and the next run tries again. SLACK_URL answers',
    );
    const green = await run();
    expect(green.result).toBe('success');
    expect(green.summary).toContain(`| \`${ID}\` | slack | sent |`);
    expect(all.chat.words('A database failed')).toEqual(['A database failed']);
    expect(red.printed + red.summary + green.printed + green.summary).not.toMatch(/s3cr3t|token-of-the-job/);
  },
);

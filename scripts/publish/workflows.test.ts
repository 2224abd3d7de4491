import { execFileSync } from 'node:child_process';
import { cpSync, globSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BOT, PullRequestStandIn } from '../../src/__tests__/support/pull-request.ts';
import { GitHubStandIn } from '../../src/__tests__/support/github.ts';
import { COMPONENTS, incident, SITE, TestRepository } from '../../src/__tests__/support/publish.ts';
import type { JobRun } from '../../src/__tests__/support/workflow.ts';
import { readWorkflow, runJob } from '../../src/__tests__/support/workflow.ts';

const FOLDER = '.github/workflows';
const paths = globSync(`${FOLDER}/*.yml`);
const workflows = paths.map((path) => ({ name: basename(path), path, workflow: readWorkflow(path) }));
const A = 'content/incidents/a.md';

const PROJECT = ['astro.config.mjs', 'package-lock.json', 'package.json', 'scripts', 'src', 'tsconfig.json'];

/** Puts the project, without content of its own, into a folder. Astro wants copies, since it builds what lies in its folder. */
function addProject(folder: string, put: (from: string, to: string) => void): void {
  for (const name of PROJECT) put(resolve(name), join(folder, name));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
}

function projectWith(
  files: Readonly<Record<string, string>>,
  put: (from: string, to: string) => void = symlinkSync,
): TestRepository {
  const repository = new TestRepository();
  writeFileSync(join(repository.root, '.git', 'info', 'exclude'), [...PROJECT, 'node_modules', 'dist'].join('\n'));
  addProject(repository.root, put);
  repository.commit(files);
  return repository;
}

function environment(env: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', GITHUB_ACTIONS: 'true', ...env };
}

function jobOf(name: string, job: string) {
  const found = workflows.find((one) => one.name === name)?.workflow.jobs[job];
  if (!found) throw new RangeError(`${name} has no job ${job}.`);
  return found;
}

describe('deploy.yml', () => {
  const build = (root: string, context = {}) =>
    runJob(jobOf('deploy.yml', 'deploy'), root, environment(), {
      'steps.pages.outputs.base_url': 'https://status.acme.example',
      'steps.publish.outputs.page_url': 'https://status.acme.example/',
      'github.token': '',
      ...context,
    });
  const verdict = (outputs: JobRun['outputs']) =>
    runJob(jobOf('deploy.yml', 'content'), '.', environment(), {
      'needs.deploy.outputs.code': outputs['code'] ?? '',
    });

  it('publishes the last good text and the new one of others, and ends red after that', async () => {
    using repository = projectWith({ [A]: incident('The last good text.') }, (from, to) =>
      cpSync(from, to, { recursive: true }),
    );
    repository.commit({ [A]: incident('A typo.').replace('UTC', '') });
    repository.commit({ 'content/incidents/b.md': incident('Another update.') });
    const run = await build(repository.root);
    expect(run.printed).toContain('::error file=content/incidents/a.md,line=7');
    expect(run.result).toBe('success');
    expect(run.foreign).toEqual([
      'actions/checkout',
      'actions/configure-pages',
      './.github/actions/setup',
      'actions/upload-artifact',
      'actions/deploy-pages',
      'actions/cache/save',
    ]);
    const page = (path: string) => readFileSync(join(repository.root, 'dist', path), 'utf8');
    expect(page('incidents/a/index.html')).toContain('The last good text.');
    expect(page('incidents/b/index.html')).toContain('Another update.');
    expect(JSON.parse(page('build.json'))).toMatchObject({ commit: repository.git('rev-parse', 'HEAD').trim() });
    expect(run.summary).toContain('- **content/incidents/a.md**, line 7: The page shows this file as it was at 2026-');
    expect(run.outputs).toMatchObject({ code: '3' });
    const red = await verdict(run.outputs);
    expect(red.result).toBe('failure');
    expect(red.printed).toContain('::error::The page is published');
    expect((await verdict({ code: '0' })).result).toBe('skipped');
  });

  it('ends red only after the page is published', () => {
    expect(jobOf('deploy.yml', 'content').needs).toBe('deploy');
  });

  it('fails with the line to write when the page will be at another address', async () => {
    using repository = projectWith({});
    const run = await build(repository.root, { 'steps.pages.outputs.base_url': 'https://acme.github.io/status' });
    expect(run.result).toBe('failure');
    expect(run.printed).toContain('%0A%0A  url: https://acme.github.io/status/');
    expect(run.printed).not.toMatch(/\n\s+at /);
  });

  it('publishes the last good text from a clone without history, since it fetches that', async () => {
    using repository = projectWith({ [A]: incident('The last good text.') });
    repository.commit({ [A]: incident('A typo.').replace('UTC', '') });
    using shallow = new TestRepository();
    const place = join(shallow.root, 'clone');
    shallow.git('clone', '--quiet', '--depth', '1', `file://${repository.root}`, place);
    addProject(place, (from, to) => cpSync(from, to, { recursive: true }));
    const run = await build(place);
    expect(run).toMatchObject({ result: 'success', outputs: { code: '3' } });
    expect(run.printed).not.toContain('fetch-depth');
    expect(readFileSync(join(place, 'dist/incidents/a/index.html'), 'utf8')).toContain('The last good text.');
  });

  it('publishes what can be read of a file where no history can be fetched, and is not green', async () => {
    using repository = projectWith({ [A]: incident('We are looking.').replace(' UTC', '') });
    using shallow = new TestRepository();
    const place = join(shallow.root, 'clone');
    shallow.git('clone', '--quiet', '--depth', '1', `file://${repository.root}`, place);
    shallow.git('-C', place, 'remote', 'remove', 'origin');
    addProject(place, (from, to) => cpSync(from, to, { recursive: true }));
    const run = await build(place);
    expect(run.result).toBe('success');
    expect(run.outputs).toMatchObject({ code: '3' });
    expect(run.printed).toContain('fetch-depth: 0');
    const page = (path: string) => readFileSync(join(place, 'dist', path), 'utf8');
    expect(page('index.html')).toContain('Something may be wrong');
    expect(page('index.html')).not.toContain('All systems operational');
    expect(page('incidents/a/index.html')).toContain('We are looking.');
    expect(page('badge.svg')).toContain('Something may be wrong');
    expect(JSON.parse(page('api/v2/status.json'))).toMatchObject({ status: { indicator: 'minor' } });
  });

  it('packs the files of the page, and no folder around them', async () => {
    using repository = new TestRepository();
    repository.write({ 'dist/index.html': 'The page', 'dist/incidents/a/index.html': 'An incident' });
    const job = jobOf('deploy.yml', 'deploy');
    const steps = job.steps.filter(({ name }) => name === 'Pack the page');
    const run = await runJob({ steps }, repository.root, environment({ RUNNER_TEMP: repository.root }), {});
    expect(run).toMatchObject({ result: 'success', printed: '' });
    const packed = execFileSync('tar', ['--list', '--file', join(repository.root, 'artifact.tar')]).toString();
    expect(packed.split('\n')).toEqual(expect.arrayContaining(['./index.html', './incidents/a/index.html']));
  });

  it('fetches no history with the commit, and saves only when the page is live', () => {
    const { steps } = jobOf('deploy.yml', 'deploy');
    const place = (action: string) => steps.findIndex(({ uses }) => uses?.startsWith(`actions/${action}@`));
    expect(steps[place('checkout')]?.with).toEqual({ 'persist-credentials': false });
    expect(place('deploy-pages')).toBeLessThan(place('cache/save'));
  });

  it('may do what it needs and nothing else', () => {
    expect(jobOf('deploy.yml', 'deploy').permissions).toEqual({
      contents: 'read',
      pages: 'write',
      'id-token': 'write',
    });
  });
});

describe('clock.yml', () => {
  async function tick(github: GitHubStandIn, now: string, files: Readonly<Record<string, string>> = {}) {
    const site = SITE.replace('https://status.acme.example', github.url);
    using repository = projectWith({ 'content/site.yml': site, ...files });
    const env = environment({ ...github.env, STATUS_NOW: now });
    return await runJob(jobOf('clock.yml', 'turn'), repository.root, env, {
      'github.token': github.token,
    });
  }

  it('starts the deployment when something has turned', async () => {
    await using github = await GitHubStandIn.start();
    github.build = '{"built":"2026-11-20T10:00:00.000Z","commit":null,"version":"1f3a"}';
    const maintenance =
      '---\ntitle: Upgrade\ncomponents: [checkout]\nscheduled: 2026-11-20 11:00 UTC\nuntil: 2026-11-20 12:00 UTC\n---\n';
    const run = await tick(github, '2026-11-20T11:02:00Z', { 'content/maintenance/upgrade.md': maintenance });
    expect(run).toMatchObject({
      result: 'success',
      foreign: ['actions/checkout', './.github/actions/setup'],
    });
    expect(run.summary).toContain('The maintenance upgrade was due to start at 2026-11-20 11:00 UTC.');
    expect(github.started).toEqual([{ workflow: 'deploy.yml', ref: 'main' }]);
  });

  it('starts nothing when nothing has turned, or when no page is there yet', async () => {
    await using github = await GitHubStandIn.start();
    expect((await tick(github, '2026-11-20T11:02:00Z')).summary).toContain('There is no page at');
    github.build = '{"built":"2026-11-20T10:00:00.000Z","commit":null,"version":"1f3a"}';
    expect((await tick(github, '2026-11-20T11:02:00Z')).summary).toContain('The page is up to date.');
    expect(github.started).toEqual([]);
  });

  it('looks at what is published when components.yml is broken', async () => {
    await using github = await GitHubStandIn.start();
    github.build = '{"built":"2026-11-19T10:00:00.000Z","commit":null,"version":"1f3a"}';
    const run = await tick(github, '2026-11-20T11:02:00Z', { 'content/components.yml': `${COMPONENTS}- oh no\n` });
    expect(run.summary).toContain('A new day has begun');
    expect(github.started).toHaveLength(1);
  });

  it.each([
    [403, 'actions: write'],
    [422, 'returned 422'],
  ])('fails when GitHub answers with %s', async (status, said) => {
    await using github = await GitHubStandIn.start();
    github.build = '{"built":"2026-11-19T10:00:00.000Z","commit":null,"version":"1f3a"}';
    github.dispatchStatus = status;
    const run = await tick(github, '2026-11-20T11:02:00Z');
    expect(run.result).toBe('failure');
    expect(run.printed).toContain(said);
  });
});

describe.each([
  ['watch.yml', { contents: 'read', issues: 'write', actions: 'write' }],
  ['clock.yml', { contents: 'read', issues: 'write' }],
])('the watch in %s', (name, permissions) => {
  const promise = incident('We look into it.\n\n- **Next update:** 09:50 UTC');
  const watch = (github: GitHubStandIn, root: string, now: string) => {
    github.issues.now = now;
    const env = environment({ ...github.env, STATUS_NOW: now });
    return runJob(jobOf(name, 'watch'), root, env, {
      'github.token': github.token,
    });
  };

  it('opens an issue, leaves it as it is, and closes it when the update comes', async () => {
    await using github = await GitHubStandIn.start();
    using repository = projectWith({ [A]: promise });
    const run = await watch(github, repository.root, '2026-11-20T10:00:00Z');
    expect(run).toMatchObject({
      result: 'success',
      foreign: ['actions/checkout', './.github/actions/setup'],
    });
    expect(run.summary).toContain('Opened #1: Overdue: update promised for 09:50 UTC: Some customers cannot pay');
    const { writes } = github.issues;
    const before = writes.length;
    expect((await watch(github, repository.root, '2026-11-20T10:00:00Z')).result).toBe('success');
    expect(writes.slice(before)).toEqual([]);
    repository.commit({ [A]: `${promise}\n## Resolved · 2026-11-20 10:04 UTC\n\nIt works.\n` });
    expect((await watch(github, repository.root, '2026-11-20T10:05:00Z')).printed).toContain('Closed #1');
    expect(github.issues.open()).toEqual([]);
    expect(github.started).toEqual([]);
  });

  it('goes by what is published when a file is broken', async () => {
    await using github = await GitHubStandIn.start();
    using repository = projectWith({ [A]: promise });
    repository.commit({
      [A]: `${promise}\n## Resolved · 2026-11-20 09:48\n\nIt works.\n`,
      'content/site.yml': 'oh no',
    });
    const run = await watch(github, repository.root, '2026-11-20T10:00:00Z');
    expect(run.result).toBe('success');
    expect(run.summary).toContain('content/incidents/a.md, line ');
    expect(github.issues.open()).toHaveLength(1);
  });

  it('fails without a stack trace when GitHub refuses', async () => {
    await using github = await GitHubStandIn.start();
    github.issues.failures.push({ matches: /./, reply: { status: 403 }, forever: true });
    using repository = projectWith({ [A]: promise });
    const run = await watch(github, repository.root, '2026-11-20T10:00:00Z');
    expect(run.result).toBe('failure');
    expect(run.printed).toContain('issues: write');
    expect(run.printed).not.toMatch(/\n\s+at /);
  });

  it('may do what it needs and nothing else', () => {
    expect(jobOf(name, 'watch').permissions).toEqual(permissions);
  });
});

describe('watch.yml', () => {
  const found = workflows.find(({ name }) => name === 'watch.yml');

  it('runs on each push of content, and takes the place of the run that waits', () => {
    expect(found?.workflow).toMatchObject({
      on: { push: { branches: ['main'], paths: ['content/**'] } },
      concurrency: { group: 'watch', 'cancel-in-progress': true },
    });
    expect(found?.workflow.on).toHaveProperty('workflow_dispatch');
  });

  it('waits no longer than a job may last', () => {
    expect(jobOf('watch.yml', 'watch')).toMatchObject({ 'timeout-minutes': 360 });
    expect(jobOf('watch.yml', 'watch').steps.at(-1)?.run).toContain('--wait');
    expect(jobOf('clock.yml', 'watch').steps.at(-1)?.run).not.toContain('--wait');
  });
});

describe('the stand-in for GitHub', () => {
  it('starts nothing on a push', async () => {
    await using github = await GitHubStandIn.start();
    const answer = await fetch(`${github.url}/api/repos/acme/status/git/refs/heads/main`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${github.token}` },
      body: '{}',
    });
    expect(answer.status).toBe(200);
    expect(github.started).toEqual([]);
  });
});

describe('check.yml', () => {
  const check = (root: string) => runJob(jobOf('check.yml', 'content'), root, environment(), {});

  it('annotates what is wrong and fails', async () => {
    using repository = projectWith({ [A]: incident('A typo.').replace('UTC', '') });
    const run = await check(repository.root);
    expect(run.result).toBe('failure');
    expect(run.printed).toMatch(/^::error file=content\/incidents\/a\.md,line=7,col=20,title=time-no-zone::/m);
  });
});

describe('preview.yml', () => {
  const event = { pull_request: { number: PullRequestStandIn.NUMBER } };

  /** Runs the job on what GitHub checks out: the merge of a branch into `main`, which has gone on meanwhile. */
  async function preview(github: GitHubStandIn, text: string, leaveOut?: string) {
    github.pull ??= new PullRequestStandIn();
    using repository = projectWith({ 'event.json': JSON.stringify(event) });
    repository.git('checkout', '--quiet', '-b', 'change');
    repository.commit({ [A]: text });
    repository.git('checkout', '--quiet', 'main');
    repository.commit({ 'content/incidents/other.md': incident('Another update.', 'website') });
    repository.git('merge', '--quiet', '--no-ff', '--message', 'Merge', 'change');
    const job = jobOf('preview.yml', 'preview');
    const steps = job.steps.filter(({ name }) => name === undefined || name !== leaveOut);
    const run = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_RUN_ID: '7' };
    const env = { ...github.env, ...run, GITHUB_EVENT_PATH: 'event.json', STATUS_NOW: '2026-11-20T10:00:00Z' };
    return await runJob({ ...job, steps }, repository.root, environment(env), {
      'github.token': github.token,
    });
  }

  it('writes one comment about what the pull request changes, and edits it in place', async () => {
    await using github = await GitHubStandIn.start();
    const run = await preview(github, incident('It fails.'), 'Build');
    expect(run).toMatchObject({
      result: 'success',
      summary: '',
      foreign: ['actions/checkout', './.github/actions/setup', 'actions/upload-artifact'],
    });
    expect(run.printed).not.toContain(github.token);
    await preview(github, incident('It fails badly.'), 'Build');
    expect(github.pull?.comments).toHaveLength(1);
    const [comment] = github.pull?.comments ?? [];
    expect(comment).toMatchObject({ user: BOT, body: expect.stringContaining('> It fails badly.') });
    expect(comment?.body).toContain('](https://github.com/acme/status/actions/runs/7#artifacts)');
    expect(comment?.body).not.toContain('Another update.');
  });

  it('writes the summary of the job where it may not comment, as on a fork', async () => {
    await using github = await GitHubStandIn.start();
    github.pull = new PullRequestStandIn();
    github.pull.writeStatus = 403;
    const run = await preview(github, incident('It fails.'), 'Build');
    expect(run.result).toBe('success');
    expect(run.summary).toMatch(/^<!-- candor-preview -->\n\n### After this is merged/);
    expect(run.printed).toContain('Pull requests from forks never have it');
  });

  it('shows errors in the comment, fails, and builds nothing', async () => {
    await using github = await GitHubStandIn.start();
    const run = await preview(github, incident('It fails.').replace('UTC', ''));
    expect(run).toMatchObject({ result: 'failure', foreign: expect.not.arrayContaining(['actions/upload-artifact']) });
    expect(github.pull?.comments[0]?.body).toContain('### This cannot be published yet: one error.');
  });

  it('builds the page and keeps it as an artifact', () => {
    const [build, upload] = jobOf('preview.yml', 'preview').steps.slice(-2);
    expect(build?.run).toBe('npm run --silent build');
    expect(upload).toMatchObject({ uses: expect.stringContaining('upload-artifact@'), with: { path: 'dist' } });
  });

  it('runs on pull requests that touch what customers see, with the least rights', () => {
    const { on, jobs } = workflows.find(({ name }) => name === 'preview.yml')?.workflow ?? {};
    expect(on).toEqual({ pull_request: { paths: ['content/**', 'public/**'] } });
    expect(jobs?.['preview']?.permissions).toEqual({ contents: 'read', 'pull-requests': 'write' });
  });
});

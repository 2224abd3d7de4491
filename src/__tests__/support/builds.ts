import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PARENT } from '../../../scripts/lib/child.ts';
import { buildEnvironment } from './sites.ts';

/** Builds of one project by one process: `scripts/cli.ts` takes a fifth of a short build to start. */
export interface Builds {
  /**
   * Builds the project that the process works in. Several builds may run at once.
   * @param outDir a folder that no other build of these works into meanwhile
   * @param env what the build finds around it, besides what the process found when it started
   * @throws when the build fails
   */
  build: (outDir: string, env: Readonly<Record<string, string>>) => Promise<void>;
  close: () => void;
}

/** What the process is told, and what it answers. */
export interface BuildTask {
  outDir: string;
  env: Readonly<Record<string, string>>;
}
export interface BuildResult {
  outDir: string;
  code: number;
  error?: string;
}

const SCRIPT = join(import.meta.dirname, 'build-process.ts');

/** @param project a folder whose `scripts/` stay as they are: the process has loaded them */
export function startBuilds(project: string): Builds {
  const compiled = join(project, 'node_modules/.cache/candor-code');
  const env = buildEnvironment({ NODE_COMPILE_CACHE: compiled, [PARENT]: String(process.pid) });
  const child = fork(SCRIPT, { cwd: project, env, execArgv: [], silent: true });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`It ended with ${String(code)}.`)));
  ended.catch(() => undefined);
  const answerFor = (outDir: string) =>
    new Promise<BuildResult>((resolve) => {
      const take = (result: BuildResult) => {
        if (result.outDir !== outDir) return;
        child.off('message', take);
        resolve(result);
      };
      child.on('message', take);
    });
  return {
    build: async (outDir, more) => {
      const answer = answerFor(outDir);
      child.send({ outDir, env: more } satisfies BuildTask);
      const { code, error = '' } = await Promise.race([answer, ended]);
      if (code !== 0) throw new Error(`The build failed:\n${error}${printed}`);
    },
    close: () => void child.kill(),
  };
}

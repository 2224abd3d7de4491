import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { PARENT } from '../../../scripts/lib/child.ts';

/** Clean builds of Astro's own in one process: the first waits for Astro to start, and the others take half its time. */
export interface AstroBuilds {
  /**
   * Builds the project that the process works in.
   * @param outDir a folder of no earlier build, whose code Node would not load again
   * @param env what the build finds around it, besides what it found when the process started
   * @throws when the build fails
   */
  build: (outDir: string, env: Readonly<Record<string, string>>) => Promise<void>;
  close: () => void;
}

/** What the process is told, and what it answers. */
export interface AstroTask {
  outDir: string;
  env: Readonly<Record<string, string>>;
}
export interface AstroResult {
  error?: string;
}

const SCRIPT = fileURLToPath(new URL('./astro-process.ts', import.meta.url));

/** Builds after which a new process goes on: what one has loaded stays in its memory, some 45 MB for each build. */
const BUILDS_OF_A_PROCESS = 8;

/** @param project a folder whose code stays as it is: the process has loaded it */
export function startAstro(project: string): AstroBuilds {
  let current = start(project);
  let builds = 0;
  return {
    build: async (outDir, env) => {
      if (builds === BUILDS_OF_A_PROCESS) {
        current.close();
        current = start(project);
        builds = 0;
      }
      builds += 1;
      await current.build(outDir, env);
    },
    close: () => current.close(),
  };
}

function start(project: string): AstroBuilds {
  const env = { ...process.env, NODE_ENV: 'production', ASTRO_TELEMETRY_DISABLED: '1', [PARENT]: String(process.pid) };
  const child = fork(SCRIPT, { cwd: project, env, execArgv: [] });
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`Astro ended with ${String(code)}.`)));
  ended.catch(() => undefined);
  return {
    build: async (outDir, env) => {
      const answer = once(child, 'message') as Promise<[AstroResult]>;
      child.send({ outDir, env } satisfies AstroTask);
      const [{ error }] = await Promise.race([answer, ended]);
      if (error !== undefined) throw new Error(`Astro's build failed:\n${error}`);
    },
    close: () => void child.kill(),
  };
}

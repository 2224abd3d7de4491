import { stripVTControlCharacters } from 'node:util';
import { spawn as spawnTerminal } from '@lydell/node-pty';
import { forgetBuilds, median } from './measure.ts';
import { startServer } from './dev.ts';

/** What Ctrl+C sends. */
const INTERRUPT = '\u0003';

/** Seconds of commands with the example as content. */
export async function measureCommands(project: string, runs: number): Promise<object[]> {
  const [first, second, question]: [number[], number[], number[]] = [[], [], []];
  for (let run = 0; run < runs; run += 1) {
    await forgetBuilds(project);
    first.push(await secondsToAddress(project));
    second.push(await secondsToAddress(project));
  }
  // Node then keeps its compiled code.
  await secondsToQuestion(project);
  for (let run = 0; run < runs; run += 1) question.push(await secondsToQuestion(project));
  return [
    { command: 'npm start, the first: to the address', seconds: median(first) },
    { command: 'npm start, the second: to the address', seconds: median(second) },
    { command: 'node scripts/cli.mjs new: to the first question', seconds: median(question) },
  ];
}

async function secondsToAddress(project: string): Promise<number> {
  const { seconds, stop } = await startServer(['npm', 'start', '--'], { cwd: project });
  await stop();
  return seconds;
}

async function secondsToQuestion(project: string): Promise<number> {
  const start = performance.now();
  const terminal = spawnTerminal(process.execPath, ['scripts/cli.mjs', 'new'], { cwd: project, env: process.env });
  const ended = new Promise((resolve) => terminal.onExit(resolve));
  const seconds = await new Promise<number>((resolve, reject) => {
    let screen = '';
    terminal.onData((text) => {
      screen += stripVTControlCharacters(text);
      if (screen.includes('?')) resolve((performance.now() - start) / 1000);
    });
    void ended.then(() => reject(new Error(`“new” asked nothing:\n${screen}`)));
  });
  terminal.write(INTERRUPT);
  await ended;
  return seconds;
}

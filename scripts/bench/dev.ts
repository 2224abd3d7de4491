import { setTimeout } from 'node:timers/promises';
import { editTitle } from './content.ts';
import { startServer } from './server.ts';
import { median } from './table.ts';

/** Milliseconds between two requests, and before a file is saved again. */
const [POLL, REST] = [10, 1000];
/** Seconds after which a page is said to follow no changes. */
const PATIENCE = 300;

/** `npm run dev`: seconds from saving a new title of the newest incident to a page that shows it. */
export async function measureDev(project: string, content: string, now: string, runs: number): Promise<object> {
  const { address, stop, seconds } = await startServer([process.execPath, 'scripts/astro.ts', 'dev'], {
    cwd: project,
    env: { STATUS_CONTENT: content, STATUS_NOW: now },
  });
  const measured = { home: [] as number[], incident: [] as number[] };
  try {
    const firstPage = seconds + (await secondsUntil(address, 'Bench'));
    for (let run = 0; run <= runs; run += 1) {
      for (const page of ['home', 'incident'] as const) {
        const title = `Title ${run} for ${page}`;
        await setTimeout(REST);
        const id = await editTitle(content, title);
        const taken = await secondsUntil(page === 'home' ? address : new URL(`incidents/${id}/`, address).href, title);
        // The first request of a page is not like those that follow a change.
        if (run > 0) measured[page].push(taken);
      }
    }
    return { firstPage, saveToHome: median(measured.home), saveToIncident: median(measured.incident) };
  } finally {
    await stop();
  }
}

async function secondsUntil(address: string, text: string): Promise<number> {
  const start = performance.now();
  for (;;) {
    const page = await (await fetch(address)).text();
    const seconds = (performance.now() - start) / 1000;
    if (page.includes(text)) return seconds;
    if (seconds > PATIENCE) throw new Error(`${address} does not show “${text}”:\n${page.slice(0, 4000)}`);
    await setTimeout(POLL);
  }
}

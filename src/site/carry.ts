import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { LastingFiles } from './lasting.ts';
import { takeOver } from './lasting.ts';

/** Takes over what earlier builds kept in a thread of its own, while the main one bundles. */
export async function carryOver(lasting: LastingFiles, outDir: string): Promise<ReadonlySet<string>> {
  const known = new Map([...lasting].map(([name, files]) => [name, files.map(({ file, key }) => ({ file, key }))]));
  const worker = new Worker(new URL(import.meta.url), { workerData: [known, outDir] });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve).once('error', reject);
  });
}

if (!isMainThread && parentPort) parentPort.postMessage(takeOver(...(workerData as Parameters<typeof takeOver>)));

import { spawn } from 'node:child_process';
import process from 'node:process';

/** A built site as `npm start` serves it. */
export interface Preview {
  /** Where the site is, without a slash at the end. */
  url: string;
  close: () => Promise<void>;
}

/**
 * Starts `npm start` for what is built, on a free port of this machine.
 * @param content the folder the site was built from, whose address says below which path it lies
 * @throws when it ends instead of serving, with what it printed
 */
export async function startPreview(content: string, outDir: string): Promise<Preview> {
  const args = ['start', '--no-build', '--host', '127.0.0.1', '--port', '0', '--outDir', outDir];
  const env = { ...process.env, STATUS_CONTENT: content };
  const child = spawn(process.execPath, ['scripts/cli.mjs', ...args], { env, stdio: 'pipe' });
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  let printed = '';
  const url = await new Promise<string>((found, failed) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        const [address] = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(printed) ?? [];
        if (address) found(address.replace(/\/$/, ''));
      });
    }
    child.once('close', () => failed(new Error(`The server ended:\n${printed}`)));
  });
  return {
    url,
    close: () => {
      child.kill();
      return ended;
    },
  };
}

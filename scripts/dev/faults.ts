/**
 * Loaded into a command by `node --import`: something goes wrong as it changes files. `FAULT` is `kill@3`, and the
 * command is killed at its third change below `FAULT_BELOW`, half of a text being written where it writes one; or it is
 * `ENOSPC@3`, and the third change fails so. Changes that only make room are counted too.
 */
import type { FileHandle } from 'node:fs/promises';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

type Call = (...args: unknown[]) => Promise<unknown>;

const [kind = '', at = ''] = (process.env['FAULT'] ?? '').split('@');
const below = process.env['FAULT_BELOW'] ?? '';
let count = 0;

function fail(): never {
  if (kind === 'kill') process.kill(process.pid, 'SIGKILL');
  throw Object.assign(new Error(`${kind}: as wanted`), { code: kind, syscall: 'write' });
}

/** @param half does half of what is to be done */
async function next(half?: () => Promise<unknown>): Promise<void> {
  count += 1;
  if (count !== Number(at)) return;
  await half?.();
  fail();
}

const target = promises as unknown as Record<string, Call>;
const isBelow = (path: unknown) => typeof path === 'string' && path.includes(below);

for (const name of ['rename', 'rm', 'mkdir', 'copyFile', 'writeFile', 'appendFile', 'cp', 'unlink', 'link']) {
  const original = target[name] as Call;
  target[name] = async (...args) => {
    if (args.some(isBelow)) await next(name === 'writeFile' ? () => original(args[0], halfOf(args[1])) : undefined);
    return original(...args);
  };
}

const open = target['open'] as Call;
target['open'] = async (...args) => {
  const writes = isBelow(args[0]) && typeof args[1] === 'string' && /[wa+]/.test(args[1]);
  if (writes) await next();
  const handle = (await open(...args)) as FileHandle;
  return writes ? watched(handle) : handle;
};

function watched(handle: FileHandle): FileHandle {
  const { writeFile, sync, chmod } = handle;
  return Object.assign(handle, {
    writeFile: async (text: string) => {
      await next(() => writeFile.call(handle, halfOf(text)));
      return writeFile.call(handle, text);
    },
    sync: () => next().then(() => sync.call(handle)),
    chmod: (mode: number) => next().then(() => chmod.call(handle, mode)),
  });
}

function halfOf(text: unknown): string {
  return String(text).slice(0, String(text).length / 2);
}

syncBuiltinESMExports();

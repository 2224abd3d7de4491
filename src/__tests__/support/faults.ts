import type { FileHandle } from 'node:fs/promises';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

type Call = (...args: unknown[]) => Promise<unknown>;

const CHANGES = ['rename', 'rm', 'mkdir', 'copyFile', 'writeFile', 'appendFile', 'cp', 'unlink', 'link'];

/**
 * Runs something that changes files, and tells of each change just before it is made: of a text, when half of it is written.
 * @param below which changes count: those of paths with this in them, also changes that only make room
 * @param before is given the number of the change, from 1; if it throws, the change fails so
 */
export async function atEachChange<T>(
  below: string,
  before: (change: number) => void,
  run: () => Promise<T>,
): Promise<T> {
  const target = promises as unknown as Record<string, Call>;
  const originals = new Map([...CHANGES, 'open'].map((name) => [name, target[name] as Call]));
  const isBelow = (path: unknown) => typeof path === 'string' && path.includes(below);
  let count = 0;
  const next = () => before((count += 1));

  for (const name of CHANGES) {
    const original = originals.get(name) as Call;
    target[name] = async (...args) => {
      if (args.some(isBelow)) {
        if (name === 'writeFile') await original(args[0], halvesOf(args[1])[0]);
        next();
      }
      return original(...args);
    };
  }
  target['open'] = async (...args) => {
    const writes = isBelow(args[0]) && typeof args[1] === 'string' && /[wa+]/.test(args[1]);
    if (writes) next();
    const handle = (await originals.get('open')?.(...args)) as FileHandle;
    return writes ? watched(handle, next) : handle;
  };
  syncBuiltinESMExports();
  try {
    return await run();
  } finally {
    for (const [name, original] of originals) target[name] = original;
    syncBuiltinESMExports();
  }
}

function watched(handle: FileHandle, next: () => void): FileHandle {
  const { writeFile, sync, chmod } = handle;
  return Object.assign(handle, {
    writeFile: async (text: string) => {
      const [first, second] = halvesOf(text);
      await writeFile.call(handle, first);
      next();
      await writeFile.call(handle, second);
    },
    sync: async () => {
      next();
      await sync.call(handle);
    },
    chmod: async (mode: number) => {
      next();
      await chmod.call(handle, mode);
    },
  });
}

function halvesOf(text: unknown): [string, string] {
  const whole = String(text);
  const middle = Math.floor(whole.length / 2);
  return [whole.slice(0, middle), whole.slice(middle)];
}

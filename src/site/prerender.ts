import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AstroPrerenderer } from 'astro';
import { carryOver } from './carry.ts';
import type { LastingFile, LastingFiles } from './lasting.ts';
import { keepPack, putFile, takeOver } from './lasting.ts';
import type { Share } from './second.ts';
import { shareOut, toldShare } from './second.ts';

type Path = Awaited<ReturnType<AstroPrerenderer['getStaticPaths']>>[number];

/** What of the lasting files is there, and who makes the rest. */
interface Start {
  /** Taken over from an earlier build. */
  there: ReadonlySet<string>;
  /** The packs that this process makes. */
  own: LastingFiles;
  /** What a second process makes at the same time. */
  second?: Share;
  /** Whether this is that second process, whose packs are all that is wanted. */
  isSecond: boolean;
}

/** Begins with the lasting files while Astro still bundles: a second process has to do that too before it can begin. */
export async function beginLasting(lasting: LastingFiles, outDir: string): Promise<Start> {
  const told = toldShare(lasting);
  if (told) return { there: new Set(), own: told, isSecond: true };
  const there = await carryOver(lasting, outDir);
  const missing = new Map([...lasting].filter(([, files]) => files.some(({ file }) => !there.has(file))));
  const second = shareOut(missing, outDir);
  const own = new Map([...missing].filter(([name]) => !second?.share.has(name)));
  return { there, own, isSecond: false, ...(second && { second }) };
}

/**
 * Makes the files that last before Astro makes the others, each only if no earlier build has made it: the way from a
 * path to a file that Astro takes for every page costs as much as most of our pages do.
 * @param address where the site is on its host
 */
export function lastingFirst(
  astro: AstroPrerenderer,
  start: Promise<Start>,
  { outDir, address }: { outDir: string; address: URL },
): AstroPrerenderer {
  const render: AstroPrerenderer['render'] = async (request, options) => {
    try {
      return await astro.render(request, options);
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      throw new Error(`The page ${new URL(request.url).pathname} cannot be built: ${what}`, { cause: error });
    }
  };
  const bytesOf = async ({ pathname, route }: Path): Promise<Buffer> => {
    const request = new Request(new URL(pathname.slice(1), address));
    const answer = await render(request, { routeData: route });
    const response = answer instanceof Response ? answer : answer.response;
    return Buffer.from(await response.arrayBuffer());
  };

  const getStaticPaths = async () => {
    const paths = new Map((await astro.getStaticPaths()).map((path) => [fileOf(path), path]));
    const { there, own, second, isSecond } = await start;
    const isThere = new Set(there);
    const makePack = async (name: string, files: readonly LastingFile[]) => {
      const made = new Map<string, Buffer>();
      for (const { file, text } of files) {
        const path = paths.get(file);
        if (!path || isThere.has(file)) continue;
        const bytes = text ? Buffer.from(text()) : await bytesOf(path);
        putFile(join(outDir, file), bytes);
        made.set(file, bytes);
        isThere.add(file);
      }
      if (made.size === 0) return;
      const kept = files.filter(({ file }) => isThere.has(file));
      keepPack(name, kept, (file) => made.get(file) ?? readFileSync(join(outDir, file)));
    };
    const makePacks = async (packs: LastingFiles) => {
      for (const [name, files] of packs) await makePack(name, files);
    };

    await makePacks(own);
    if (isSecond) process.exit();
    if (second) {
      await second.done;
      for (const file of takeOver(second.share, outDir)) isThere.add(file);
      // What it did not make, if it was stopped.
      await makePacks(second.share);
    }
    return [...paths].filter(([file]) => !isThere.has(file)).map(([, path]) => path);
  };
  return { ...astro, getStaticPaths, render };
}

/** The file that a path of the site is written to. */
function fileOf({ pathname }: Path): string {
  return pathname.slice(1).replace(/\/$/, '/index.html');
}

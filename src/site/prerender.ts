import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AstroPrerenderer } from 'astro';
import type { LastingFile, LastingFiles } from './lasting.ts';
import { keepPack, putFile, takeOver } from './lasting.ts';
import { ownShare, shareOut } from './second.ts';

type Path = Awaited<ReturnType<AstroPrerenderer['getStaticPaths']>>[number];

/** What there is to make, and where. */
interface Job {
  lasting: LastingFiles;
  /** The files that were taken over from an earlier build. */
  carried: Promise<ReadonlySet<string>>;
  outDir: string;
  /** Where the site is on its host. */
  address: URL;
}

/**
 * Makes the files that last before Astro makes the others, each only if no earlier build has made it: the way from a
 * path to a file that Astro takes for every page costs as much as most of our pages do.
 */
export function lastingFirst(astro: AstroPrerenderer, { lasting, carried, outDir, address }: Job): AstroPrerenderer {
  const bytesOf = async ({ pathname, route }: Path): Promise<Buffer> => {
    const request = new Request(new URL(pathname.slice(1), address));
    const answer = await astro.render(request, { routeData: route });
    const { body } = answer instanceof Response ? { body: answer } : { body: answer.response };
    return Buffer.from(await body.arrayBuffer());
  };

  const getStaticPaths = async () => {
    const paths = new Map((await astro.getStaticPaths()).map((path) => [fileOf(path), path]));
    const isThere = new Set<string>();
    const makePack = async (name: string, files: readonly LastingFile[]) => {
      const made = new Map<string, Buffer>();
      for (const { file } of files) {
        const path = paths.get(file);
        if (!path || isThere.has(file)) continue;
        made.set(file, await bytesOf(path));
        putFile(join(outDir, file), made.get(file) ?? Buffer.alloc(0));
        isThere.add(file);
      }
      if (made.size === 0) return;
      const kept = files.filter(({ file }) => isThere.has(file));
      keepPack(name, kept, (file) => made.get(file) ?? readFileSync(join(outDir, file)));
    };
    const makePacks = async (packs: LastingFiles) => {
      for (const [name, files] of packs) await makePack(name, files);
    };

    const own = ownShare(lasting);
    if (own) {
      await makePacks(own);
      process.exit();
    }
    for (const file of await carried) isThere.add(file);
    const missing = new Map([...lasting].filter(([, files]) => files.some(({ file }) => !isThere.has(file))));
    const second = shareOut(missing, outDir);
    await makePacks(new Map([...missing].filter(([name]) => !second?.share.has(name))));
    if (second) {
      await second.done;
      for (const file of takeOver(second.share, outDir)) isThere.add(file);
      await makePacks(second.share);
    }
    return [...paths].filter(([file]) => !isThere.has(file)).map(([, path]) => path);
  };
  return { ...astro, getStaticPaths };
}

/** The file that a path of the site is written to. */
function fileOf({ pathname }: Path): string {
  return pathname.slice(1).replace(/\/$/, '/index.html');
}

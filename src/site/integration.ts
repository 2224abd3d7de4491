import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroAdapter, AstroIntegration } from 'astro';
import { contentFolder } from '../reader/files.ts';
import { accentShades } from './accent.ts';
import { writeEditorSchemas } from './editor.ts';
import type { LastingFiles } from './lasting.ts';
import { forgetOthers } from './lasting.ts';
import type { Site } from './load.ts';
import { ContentProblem, loadSite } from './load.ts';
import { forget } from './memo.ts';
import type { SiteOptions } from './options.ts';
import { beginLasting, lastingFirst } from './prerender.ts';

const NOTHING_BUILT =
  'Nothing was built. npm run build -- --last-good builds the page with each of these files as it last could be read.';

/**
 * Ties the content folder to Astro: its colour goes into the style sheet, its changes to the dev server, and what a
 * build made before is not made again.
 * @param lastingFiles the files that every build makes the same of, until what they are made of changes
 */
export function candor(
  { site, base, accent, file }: SiteOptions,
  lastingFiles: (site: Site) => LastingFiles,
): AstroIntegration {
  let previewing = false;
  let outDir = '';
  const address = new URL(base, site);
  let lasting: LastingFiles = new Map();
  return {
    name: 'candor',
    hooks: {
      'astro:config:setup': ({ command, updateConfig, addWatchFile }) => {
        previewing = command === 'preview';
        // One process may build several sites.
        forget();
        // Its address and colour are options of the server, which has to start again for them.
        addWatchFile(resolve(file));
        updateConfig({ vite: { plugins: [theme(accent)], build: { emptyOutDir: false } } });
      },
      'astro:config:done': ({ config, setAdapter }) => {
        outDir = fileURLToPath(config.outDir);
        if (previewing) setAdapter(PREVIEW);
      },
      'astro:build:start': async ({ logger, setPrerenderer }) => {
        // Before anything is written: what is published stays whole when the content has errors.
        const loaded = await loadSite().catch((error: unknown) => {
          if (!(error instanceof ContentProblem)) throw error;
          // Thrown, Astro would call it an unhandled error.
          logger.error(`${error.message}\n${NOTHING_BUILT}`);
          process.exit(1);
        });
        for (const warning of loaded.warnings) logger.warn(warning);
        lasting = lastingFiles(loaded);
        // Before the thread begins to write there; Astro would do it too late.
        emptyFolder(outDir);
        const begun = beginLasting(lasting, outDir);
        // It is waited for below, and what went wrong shows there.
        begun.catch(() => undefined);
        setPrerenderer((astro) => lastingFirst(astro, begun, { outDir, address }));
      },
      'astro:build:done': () => {
        forgetOthers(lasting);
        // When GitHub serves a branch, Jekyll would drop the folder `_astro`.
        writeFileSync(join(outDir, '.nojekyll'), '');
      },
      'astro:server:setup': ({ server }) => {
        const folder = resolve(contentFolder(process.env));
        const forEditors = () => writeEditorSchemas(folder, resolve('.astro'));
        void forEditors();
        server.watcher.add(folder);
        server.watcher.on('all', (event, path) => {
          if (!resolve(path).startsWith(folder + sep)) return;
          forget();
          if (event === 'add' || basename(path) === 'components.yml') void forEditors();
          // Makes Astro ask for the paths of its routes again.
          for (const name of ['ssr', 'prerender']) server.environments[name]?.hot.send('astro:content-changed', {});
          server.environments.client.hot.send({ type: 'full-reload' });
        });
      },
    },
  };
}

/** As Astro does, but for the repository that a folder of results may be. */
function emptyFolder(folder: string): void {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  for (const name of names)
    if (name !== '.git') rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 3 });
}

/** `astro preview` takes no Vite plugins, but another server from an adapter. */
const PREVIEW: AstroAdapter = {
  name: 'candor-preview',
  entrypointResolution: 'auto',
  previewEntrypoint: fileURLToPath(new URL('preview.ts', import.meta.url)),
  adapterFeatures: { buildOutput: 'static' },
  supportedAstroFeatures: { staticOutput: 'stable', sharpImageService: 'stable' },
};

/** A style sheet with the owner's accent, since the page may not have inline styles. */
function theme(accent: string) {
  const id = 'virtual:theme.css';
  const { light, dark } = accentShades(accent);
  return {
    name: 'candor-theme',
    resolveId: (source: string) => (source === id ? `\0${id}` : undefined),
    load: (resolved: string) =>
      resolved === `\0${id}`
        ? `:root{--accent:${light}}@media screen and (prefers-color-scheme:dark){:root{--accent:${dark}}}`
        : undefined,
  };
}

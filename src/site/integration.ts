import { basename, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroAdapter, AstroIntegration } from 'astro';
import { contentFolder } from '../reader/files.ts';
import { accentShades } from './accent.ts';
import { writeEditorSchemas } from './editor.ts';
import { ContentProblem, loadSite } from './load.ts';
import { forget } from './memo.ts';
import type { SiteOptions } from './options.ts';

const NOTHING_BUILT =
  'Nothing was built. npm run build -- --last-good builds the page with each of these files as it last could be read.';

/** Ties the content folder to Astro: its colour goes into the style sheet, its changes to the dev server. */
export function candor({ accent, file }: SiteOptions): AstroIntegration {
  let previewing = false;
  return {
    name: 'candor',
    hooks: {
      'astro:config:setup': ({ command, updateConfig, addWatchFile }) => {
        previewing = command === 'preview';
        // One process may build several sites.
        forget();
        // Its address and colour are options of the server, which has to start again for them.
        addWatchFile(resolve(file));
        updateConfig({ vite: { plugins: [theme(accent)] } });
      },
      'astro:config:done': ({ setAdapter }) => {
        if (previewing) setAdapter(PREVIEW);
      },
      'astro:build:start': async ({ logger }) => {
        // Before anything is written: what is published stays whole when the content has errors.
        const site = await loadSite().catch((error: unknown) => {
          if (!(error instanceof ContentProblem)) throw error;
          // Thrown, Astro would call it an unhandled error.
          logger.error(`${error.message}\n${NOTHING_BUILT}`);
          process.exit(1);
        });
        for (const warning of site.warnings) logger.warn(warning);
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

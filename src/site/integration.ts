import { writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { Plugin } from 'vite';
import { contentFolder } from '../reader/files.ts';
import { accentShades } from './options.ts';
import { writeEditorSchemas } from './editor.ts';
import { BUILD_SCRIPT, BUNDLE_ONLY } from './cache/bundle.ts';
import { CONTENT_CHANGED, ContentProblem, loadSite } from './load.ts';
import type { SiteOptions } from './options.ts';

/** Ties the content folder to Astro: its colour goes into the style sheet, its changes to the dev server. */
export function candor({ accent, file }: SiteOptions): AstroIntegration {
  const bundle = process.env[BUNDLE_ONLY];
  let outDir = '';
  return {
    name: 'candor',
    hooks: {
      'astro:config:setup': ({ updateConfig, addWatchFile }) => {
        // Its address and colour are options of the server, which has to start again for them.
        addWatchFile(resolve(file));
        updateConfig({ vite: { plugins: [theme(accent), bundle ? buildScript() : undefined] } });
      },
      'astro:config:done': ({ config }) => {
        outDir = fileURLToPath(config.outDir);
      },
      'astro:build:start': async ({ logger, setPrerenderer }) => {
        if (bundle) {
          setPrerenderer((astro) => ({ ...astro, setup: () => keep(outDir, bundle), getStaticPaths: async () => [] }));
          return;
        }
        // Before anything is written: what is published stays whole when the content has errors.
        const { warnings } = await loadSite().catch((error: unknown) => {
          if (!(error instanceof ContentProblem)) throw error;
          // Thrown, Astro would call it an unhandled error.
          logger.error(error.message);
          process.exit(1);
        });
        for (const warning of warnings) logger.warn(warning);
      },
      'astro:build:done': () => {
        // When GitHub serves a branch, Jekyll would drop the folder `_astro`.
        writeFileSync(join(outDir, '.nojekyll'), '');
      },
      'astro:server:setup': ({ server }) => {
        const folder = resolve(contentFolder(process.env));
        const forEditors = () => writeEditorSchemas(folder, resolve('.astro'));
        void forEditors();
        server.watcher.add(folder);
        server.watcher.on('all', (change, path) => {
          if (!resolve(path).startsWith(folder + sep)) return;
          if (change === 'add' || basename(path) === 'components.yml') void forEditors();
          // Makes Astro ask for the paths of its routes again.
          for (const name of ['ssr', 'prerender'])
            for (const event of [CONTENT_CHANGED, 'astro:content-changed'])
              server.environments[name]?.hot.send(event, {});
          server.environments.client.hot.send({ type: 'full-reload' });
        });
      },
    },
  };
}

/** Keeps what Astro deletes after a build. */
async function keep(outDir: string, bundle: string): Promise<void> {
  await cp(join(outDir, '.prerender'), join(bundle, 'server'), { recursive: true });
  await cp(join(outDir, '_astro'), join(bundle, 'client/_astro'), { recursive: true });
}

/** Adds a script to the bundle of the pages that builds sites without Vite. */
function buildScript(): Plugin {
  return {
    name: 'candor-build',
    applyToEnvironment: ({ name }) => name === 'prerender',
    // Modules that are bundled too are found sooner; this one has native code.
    configEnvironment: (name) =>
      name === 'prerender' ? { resolve: { noExternal: true, external: ['satteri', '@bruits/satteri'] } } : undefined,
    buildStart() {
      this.emitFile({
        type: 'chunk',
        id: fileURLToPath(new URL('../pages/_build.ts', import.meta.url)),
        fileName: BUILD_SCRIPT,
      });
    },
  };
}

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

import { writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { basename, extname, join, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AstroConfig, AstroIntegration, AstroUserConfig } from 'astro';
import type { Plugin } from 'vite';
import { contentFolder } from '../reader/files.ts';
import { accentShades } from '../core/accent.ts';
import type { Appearance } from '../core/schema/site.ts';
import { colourStyles } from '../core/tokens.ts';
import { siteOptions } from './options.ts';
import { writeEditorSchemas } from './editor.ts';
import { BUILD_SCRIPT, BUNDLE_ONLY, ENGINE, filesBelow } from './cache/bundle.ts';
import { MEDIA_TYPES } from './files.ts';
import { CONTENT_CHANGED, ContentProblem, loadSite } from './load.ts';

/** The folder that this code is installed in: a repository with a page, or a package below `node_modules`. */
const ENGINE_FOLDER = resolve(import.meta.dirname, '../..');
const PAGES = join(ENGINE_FOLDER, 'src/pages');

/** Makes an Astro project a status page: adds the pages, sets Astro's options, and follows the content folder. */
export function candor(): AstroIntegration {
  const bundle = process.env[BUNDLE_ONLY];
  let outDir = '';
  return {
    name: 'candor',
    hooks: {
      'astro:config:setup': ({ addWatchFile, config, injectRoute, updateConfig }) => {
        process.env[ENGINE] = ENGINE_FOLDER;
        const { accent, appearance, base, file, site } = siteOptions(process.env);
        // Its address and colours are options of the server, which has to start again for them.
        addWatchFile(resolve(file));
        for (const route of routes()) injectRoute(route);
        updateConfig({
          ...OPTIONS,
          site,
          base,
          vite: { ...OPTIONS.vite, plugins: [colours(accent, appearance), bundle ? buildScript() : undefined] },
          ...withoutOwnRoutes(config),
        });
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

/** The options of Astro that pages depend on. */
const OPTIONS = {
  trailingSlash: 'always',
  // The default glues words together: `</strong>⏎<time>`.
  compressHTML: true,
  prerenderConflictBehavior: 'error',
  build: { inlineStylesheets: 'never' },
  markdown: { syntaxHighlight: false },
  devToolbar: { enabled: false },
  // The page's policy forbids inline scripts and styles, and small ones are inlined by default.
  vite: { build: { assetsInlineLimit: 0 }, worker: { format: 'es' } },
} as const satisfies AstroUserConfig;

/** The routes of the files in `src/pages`, as Astro derives them for a project's own pages. */
function routes(): { pattern: string; entrypoint: string }[] {
  return filesBelow(PAGES)
    .filter((file) => !file.slice(PAGES.length).includes('/_'))
    .flatMap((entrypoint) => {
      const pattern = entrypoint.slice(PAGES.length).replace(/(\/index)?\.\w+$/, '') || '/';
      // Only a route that ends like a file is served without a slash behind it.
      const ends = entrypoint.endsWith('.astro') ? [''] : Object.keys(MEDIA_TYPES).map((end) => `.${end}`);
      return ends.map((end) => ({ pattern: pattern + end, entrypoint }));
    });
}

/** In the repository of this code, Astro would add the pages a second time. */
function withoutOwnRoutes({ srcDir }: AstroConfig): Pick<Partial<AstroConfig>, 'srcDir'> {
  const isOurs = resolve(fileURLToPath(srcDir), 'pages') === PAGES;
  return isOurs ? { srcDir: pathToFileURL(import.meta.dirname + sep) } : {};
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
    // Modules that are bundled too are found sooner; these have native code, start a program, or load a file.
    configEnvironment: (name) =>
      name === 'prerender'
        ? { resolve: { noExternal: true, external: ['satteri', '@bruits/satteri', 'pagefind', 'harfbuzzjs'] } }
        : undefined,
    buildStart() {
      this.emitFile({
        type: 'chunk',
        id: join(PAGES, `_build${extname(import.meta.filename)}`),
        fileName: BUILD_SCRIPT,
      });
    },
  };
}

/** A style sheet of the colours with the owner's accent, since the page may not have inline styles. */
function colours(accent: string, appearance: Appearance): Plugin {
  const id = 'virtual:colours.css';
  return {
    name: 'candor-colours',
    resolveId: (source: string) => (source === id ? `\0${id}` : undefined),
    load: (resolved: string) => (resolved === `\0${id}` ? colourStyles(accentShades(accent), appearance) : undefined),
  };
}

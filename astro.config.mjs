import process from 'node:process';
import { defineConfig } from 'astro/config';
import { candor } from './src/site/integration.ts';
import { siteOptions } from './src/site/options.ts';

const options = siteOptions(process.env);

export default defineConfig({
  site: options.site,
  base: options.base,
  integrations: [candor(options)],
  trailingSlash: 'always',
  // The default glues words together: `</strong>⏎<time>`.
  compressHTML: true,
  prerenderConflictBehavior: 'error',
  build: { inlineStylesheets: 'never' },
  markdown: { syntaxHighlight: false },
  devToolbar: { enabled: false },
  // The page's policy forbids inline scripts and styles, and small ones are inlined by default.
  vite: { build: { assetsInlineLimit: 0 } },
});

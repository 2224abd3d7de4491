import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Most of what a short command takes is Node reading its code, so everything else is loaded after this. This file is
// JavaScript, because Node would load its TypeScript compiler for it: what is in the cache needs none.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/candor-code'));

const { main } = await import('./commands/program.ts');
await main();

import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Most of what a short command takes is Node reading its code, so everything else is loaded after this.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/candor-code'));

const { main } = await import('./commands/program.ts');
await main();

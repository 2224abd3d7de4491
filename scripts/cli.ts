#!/usr/bin/env node
import './lib/compile-cache.ts';

await (await import('./commands/program.ts')).main();

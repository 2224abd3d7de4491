import { endWithParent } from '../lib/child.ts';

/** Astro's own commands, without its telemetry: a status page asks nobody else for anything, nor does its making. */
process.env['ASTRO_TELEMETRY_DISABLED'] = '1';
endWithParent();
await import(new URL('bin/astro.mjs', import.meta.resolve('astro/package.json')).href);

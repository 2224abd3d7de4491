import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Most of what a short command takes is Node reading its code.
enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/candor-code'));

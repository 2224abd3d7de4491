import { inspect } from 'node:util';
import { build } from 'astro';
import { endWithParent } from '../../../scripts/lib/child.ts';
import type { AstroResult, AstroTask } from './astro-builds.ts';

endWithParent();
// What `endWithParent` lets go of.
process.channel?.ref();
process.on('message', ({ outDir, env }: AstroTask) => {
  Object.assign(process.env, env);
  build({ outDir, logLevel: 'silent' }).then(
    () => answer({}),
    (error: unknown) => answer({ error: inspect(error) }),
  );
});

function answer(result: AstroResult): void {
  process.send?.(result);
}

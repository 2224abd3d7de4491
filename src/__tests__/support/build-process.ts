import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { endWithParent } from '../../../scripts/lib/child.ts';
import type { buildSite as BuildSite } from '../../../scripts/publish/build-site.ts';
import type { BuildResult, BuildTask } from './builds.ts';

// The project's own, and not that of the tests, since the code is a part of what names a bundle.
const own = pathToFileURL(resolve('scripts/publish/build-site.ts')).href;
const { buildSite } = (await import(own)) as { buildSite: typeof BuildSite };

endWithParent();
// What `endWithParent` lets go of.
process.channel?.ref();
process.on('message', ({ outDir, env }: BuildTask) => {
  buildSite(outDir, { ...process.env, ...env }).then(
    (code) => answer({ outDir, code }),
    (error: unknown) => answer({ outDir, code: 1, error: inspect(error) }),
  );
});

function answer(result: BuildResult): void {
  process.send?.(result);
}

import { runBuild } from '../site/build.ts';
import { cacheableFiles } from './_cacheable.ts';

await runBuild(cacheableFiles);

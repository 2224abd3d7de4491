import { runBuild } from '../site/build.ts';
import { siteFiles } from './_files.ts';

await runBuild(siteFiles);

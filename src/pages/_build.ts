import { runBuild } from '../site/build.ts';
import { lastingFiles } from './_lasting.ts';

await runBuild(lastingFiles);

import { runBuild } from '../site/build.ts';
import { siteFiles, siteFolders } from './_files.ts';

await runBuild({ files: siteFiles, folders: siteFolders });

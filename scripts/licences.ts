import { writeFile } from 'node:fs/promises';
import { licencesText } from './supply/licences.ts';
import { readLockFile } from './supply/lock-file.ts';

await writeFile('docs/licences.md', licencesText(readLockFile()));

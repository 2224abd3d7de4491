import { LOCALES } from '../src/i18n/words.ts';
import { readClock } from '../src/reader/clock.ts';
import type { Reading } from '../src/reader/content.ts';
import { readContent } from '../src/reader/content.ts';
import type { SourceFolder } from '../src/reader/files.ts';
import { contentFolder, readFolder } from '../src/reader/files.ts';
import type { CommandContext } from './context.ts';

/** One reading of the content folder, for a command. */
export interface FolderReading extends Reading {
  folder: string;
  source: SourceFolder;
  now: number;
}

/** Reads the content folder that the environment names. */
export async function readContentFolder(env: CommandContext['env']): Promise<FolderReading> {
  const folder = contentFolder(env);
  const source = await readFolder(folder, 'public');
  const now = readClock(env, source);
  return { folder, source, now, ...readContent(source, { now, locales: LOCALES }) };
}

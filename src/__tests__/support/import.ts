import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readContent } from '../../reader/content.ts';
import { readFolder } from '../../reader/files.ts';
import type { Report } from '../../../scripts/import/report.ts';
import { runImport, type ReadSource } from '../../../scripts/import/run.ts';
import { CATALOGS } from '../../i18n/words.ts';

/** What two imports of one source did, and what the reader says of the result. */
export interface Trial {
  report: Report;
  /** How many files the second import wrote. */
  secondWrote: number;
  /** What `check` would find wrong: `FILE:LINE RULE`. */
  errors: string[];
  /** The written files by path. */
  texts: ReadonlyMap<string, string>;
}

/** Imports a source twice into a folder of its own, which is gone afterwards. A page that has no name gets one. */
export async function tryImport(read: ReadSource, now: number): Promise<Trial> {
  const to = await mkdtemp(join(tmpdir(), 'candor-import-'));
  try {
    const options = { from: 'source', to, now, dryRun: false };
    const report = await runImport(read, options);
    if (report.entries.some(({ kind }) => kind === 'site-incomplete')) {
      await writeFile(join(to, 'site.yml'), 'name: Acme\nurl: https://status.acme.example\n');
    }
    const second = await runImport(read, options);
    const source = await readFolder(to, join(to, 'public'));
    const { diagnostics } = readContent(source, { now, catalogs: CATALOGS });
    const paths = source.files.map(({ path }) => path);
    const texts = await Promise.all(paths.map(async (path) => [path, await readFile(join(to, path), 'utf8')] as const));
    return {
      report,
      secondWrote: second.files.created + second.files.changed,
      errors: diagnostics
        .filter(({ severity }) => severity === 'error')
        .map((one) => `${one.file}:${one.line} ${one.ruleId}`),
      texts: new Map(texts),
    };
  } finally {
    await rm(to, { recursive: true });
  }
}

/** Each kind of entry of a report with how many there are. */
export function kindsOf({ entries }: Report): Record<string, number> {
  const kinds: Record<string, number> = {};
  for (const { kind } of entries) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return kinds;
}

/** The part of a text from its first update on. */
export function bodyOf(text = ''): string {
  return text.slice(text.indexOf('\n## ') + 1).trim();
}

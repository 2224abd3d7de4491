import type { CustomRecord, PagefindIndex } from 'pagefind';

/** What a browser loads of an index; Pagefind also writes pages and styles of its own. */
const IS_INDEX = /^(pagefind-entry\.json|pagefind\.\w.*\.pf_meta|(fragment|index|filter)\/.*)$/;
/** What the first index that a browser opens brings for all of them. */
const IS_ENGINE = /^(pagefind(-worker)?\.js|wasm\..*\.pagefind)$/;
const WITHOUT_STEMS = 'wasm.unknown.pagefind';

/** Events in one file of their texts: fewer files, and still little to load for ten results. */
const EVENTS_PER_FILE = 4;

/** Pagefind is one process, which makes one index after the other. */
let last: Promise<unknown> = Promise.resolve();

/**
 * The files of a search index by Pagefind, by their paths. None, with a warning, where Pagefind does not run: that must
 * not keep an update from customers.
 * @param records what can be found
 * @param isFirst whether a browser opens this index first, and needs the code of the search beside it
 */
export function searchIndex(
  records: () => readonly CustomRecord[],
  isFirst: boolean,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const made = last
    .then(() => makeIndex(records(), isFirst))
    .catch((error: unknown) => {
      console.warn(`The history cannot be searched: ${error instanceof Error ? error.message : String(error)}`);
      return new Map<string, Uint8Array>();
    });
  last = made;
  return made;
}

async function makeIndex(records: readonly CustomRecord[], isFirst: boolean): Promise<ReadonlyMap<string, Uint8Array>> {
  // It brings a program of 13 MB, which builds that keep every index do not start.
  const { createIndex } = await import('pagefind');
  const { index } = await withoutErrors(createIndex({ maxFragments: Math.ceil(records.length / EVENTS_PER_FILE) }));
  if (!index) throw new Error('Pagefind has made no index.');
  try {
    return await filesOf(index, records, isFirst);
  } finally {
    await index.deleteIndex();
  }
}

async function filesOf(
  index: PagefindIndex,
  records: readonly CustomRecord[],
  isFirst: boolean,
): Promise<ReadonlyMap<string, Uint8Array>> {
  await Promise.all(records.map((record) => withoutErrors(index.addCustomRecord(record))));
  const { files } = await withoutErrors(index.getFiles());
  const hasStems = files.some(({ path }) => /^wasm\./.test(path) && path !== WITHOUT_STEMS);
  const needed = files.filter(({ path }) => {
    if (hasStems && path === WITHOUT_STEMS) return false;
    return IS_INDEX.test(path) || (isFirst && IS_ENGINE.test(path));
  });
  return new Map(needed.map(({ path, content }) => [path, content]));
}

async function withoutErrors<Answer extends { errors: string[] }>(asked: Promise<Answer>): Promise<Answer> {
  const answer = await asked;
  if (answer.errors.length > 0) throw new Error(answer.errors.join('\n'));
  return answer;
}

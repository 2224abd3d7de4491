import { CommandError } from '../../lib/errors.ts';
import { readPage } from '../page.ts';
import { type ImportedContent, lastNamed } from '../model.ts';
import { listFile, note, type Report } from '../report.ts';
import { readTextFiles, type TextFile } from '../source-files.ts';
import { indexSystems, readConfig, type StatusfyConfig } from './config.ts';
import { type EventOptions, idOf, readEvent } from './event.ts';

/** What is wanted of a Statusfy folder, in a full sentence. */
export const EXPECTED =
  'Expected the folder of a Statusfy site, with config.js, config.yml or config.toml and a folder content/ of Markdown files.';

/** Files of a Statusfy folder that an import reads. */
export function isWanted(path: string): boolean {
  return (
    /\.md$/i.test(path) ||
    /^(config\.(js|yml|toml|json)|site\.json|locales\/[^/]+\.json|(static\/|public\/)?CNAME)$/.test(path)
  );
}

/**
 * What the files of a Statusfy site say. What they do not say, or cannot, goes into the report.
 * @param zone IANA name for times that state none; without it they are in UTC, as in Statusfy
 * @throws {CommandError} when they say nothing at all
 */
export function readStatusfy(files: readonly TextFile[], zone: string | undefined, report: Report): ImportedContent {
  const config = readConfig(files, report);
  const incidents = incidentFiles(files, config, report);
  if (incidents.length === 0 && config.systems.length === 0 && !config.title) {
    throw new CommandError(`There is no Statusfy site in ${report.source}.\nNothing was written. ${EXPECTED}`);
  }
  const systems = indexSystems(config, report);
  const options: EventOptions = {
    systems,
    base: config.address,
    zone: { name: zone ?? 'UTC', given: zone !== undefined },
    sharedIds: sharedIds(incidents),
    report,
  };
  const events = incidents.flatMap((file) => readEvent(file, options) ?? []);
  report.read.components = config.systems.length;
  return {
    source: 'statusfy',
    page: { ...(config.title && { name: config.title }), ...(config.address && { url: config.address }) },
    tree: systems.tree(lastNamed(events)),
    events,
  };
}

/** The incidents, each in one language. Whatever else lies beside them is listed. */
function incidentFiles(files: readonly TextFile[], config: StatusfyConfig, report: Report): TextFile[] {
  const inFolder = files.filter(({ path }) => path.startsWith(`${config.folder}/`) && /\.md$/i.test(path));
  const prefix = inFolder.length > 0 ? `${config.folder}/` : '';
  const candidates = prefix ? inFolder : files.filter(({ path }) => /^([a-z]{2}(-\w+)?\/)?[^/]+\.md$/i.test(path));
  const locales = new Set(config.locales.filter((locale) => locale !== config.defaultLocale));
  const own = new Set(candidates.map(({ path }) => path.slice(prefix.length)).filter((path) => !path.includes('/')));
  const taken: TextFile[] = [];
  for (const file of candidates) {
    const [name = '', folder, deeper] = file.path.slice(prefix.length).split('/').toReversed();
    const about = { subject: file.path };
    if (/^readme\.md$/i.test(name)) listFile(report, file.path, 'skipped, as in Statusfy');
    else if (folder === undefined) take(file, 'incident');
    else if (deeper !== undefined || !(locales.has(folder) || /^[a-z]{2}([-_][A-Za-z]{2,4})?$/.test(folder))) {
      listFile(report, file.path, 'not read');
      note(report, 'file-ignored', { file: file.path }, about, 'Statusfy reads no incidents from this folder.');
    } else if (own.has(name)) {
      listFile(report, file.path, 'translation');
      note(report, 'translation-left-out', { file: file.path }, about);
    } else {
      own.add(name);
      take(file, 'incident');
      note(report, 'other-language', { file: file.path }, about);
    }
  }
  return taken;

  function take(file: TextFile, as: string): void {
    const language = /<!--+\s*language code:/.test(file.text) ? ', without the comment on its language' : '';
    listFile(report, file.path, as + language);
    taken.push(file);
  }
}

function sharedIds(files: readonly TextFile[]): Set<string> {
  const ids = files.flatMap(({ text }) => {
    const page = readPage(text, false);
    return 'problem' in page ? [] : [idOf(page)];
  });
  return new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
}

/**
 * Reads a Statusfy site from its folder.
 * @param zone IANA name for times that state none
 * @throws {CommandError} when it cannot be read, or says nothing
 */
export async function readStatusfySource(
  folder: string,
  zone: string | undefined,
  report: Report,
): Promise<ImportedContent> {
  return readStatusfy(await readTextFiles(folder, isWanted, EXPECTED), zone, report);
}

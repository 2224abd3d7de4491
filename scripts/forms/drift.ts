import { readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import type { Content, Instant } from '../../src/core/model.ts';
import { writeWhole } from '../author/file.ts';
import type { FolderReading } from '../read.ts';
import { FORM_NAMES } from './fields.ts';
import { issueForms } from './issue-form.ts';

/** Where GitHub looks for issue forms. */
const FORMS_FOLDER = '.github/ISSUE_TEMPLATE';

/** The forms that Candor makes. */
export const FORM_PATHS: readonly string[] = FORM_NAMES.map((name) => `${FORMS_FOLDER}/${name}.yml`);

/** A form that does not say what it should. */
export interface Drift {
  /** On the disk. */
  place: string;
  /** As it stands there; nothing when there is none. */
  before?: string;
  text: string;
}

/** The folder of the issue forms, beside the content folder. @param folder the content folder */
async function formsFolder(folder: string): Promise<string> {
  return join(dirname(await realpath(folder)), FORMS_FOLDER);
}

/** The components as they are meant; nothing while an error in the settings makes that unsure. */
export function settledContent({ content, diagnostics }: FolderReading): Content | undefined {
  const isSetting = (file: string) => file === 'site.yml' || file === 'components.yml';
  return diagnostics.some(({ file, severity }) => severity === 'error' && isSetting(file)) ? undefined : content;
}

/**
 * The forms that are not as they should be. Those that are not there are meant to be so, unless all are wanted.
 * @param folder the content folder
 */
export async function findDrift(
  folder: string,
  content: Pick<Content, 'tree'>,
  now: Instant,
  { all = false }: { all?: boolean } = {},
): Promise<Drift[]> {
  const forms = await formsFolder(folder);
  const found: Drift[] = [];
  for (const [name, text] of Object.entries(issueForms(content, now))) {
    const place = join(forms, name);
    const before = await readFile(place, 'utf8').catch(() => undefined);
    if (before === undefined ? all : before.replaceAll('\r\n', '\n') !== text) {
      found.push({ place, ...(before !== undefined && { before }), text });
    }
  }
  return found;
}

/** Makes the forms what they should be. */
export async function mendDrift(drift: readonly Drift[]): Promise<void> {
  for (const { place, text, before } of drift) {
    await writeWhole(place, text, before);
  }
}

/** What `check` says of forms that have drifted. */
export function driftWarning(drift: readonly Drift[]): Diagnostic[] {
  if (drift.length === 0) return [];
  const reason =
    'The issue forms of GitHub do not fit the components as they are now. The next deployment mends that; npm run forms does it at once.';
  return [{ file: 'components.yml', line: 1, column: 1, ruleId: 'forms-drift', severity: 'warning', reason }];
}

import type { Instant } from '../../src/core/days.ts';
import { readFile, realpath } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import type { Content } from '../../src/core/model.ts';
import { writeWhole } from '../lib/files.ts';
import type { FolderReading } from '../lib/content.ts';
import type { FormContent } from './forms.ts';
import { FORM_NAMES, issueForms } from './forms.ts';
import type { CommandContext } from '../lib/context.ts';
import type { GitHub } from '../lib/github.ts';
import type { Change, WorkingCopy } from '../lib/commit-and-push.ts';
import { commitAndPush, isOffered } from '../lib/commit-and-push.ts';
import { CommandError } from '../lib/errors.ts';
import { readContentFolder } from '../lib/content.ts';

/** Where GitHub looks for issue forms. */
const FORMS_FOLDER = '.github/ISSUE_TEMPLATE';

/** The forms that Candor makes. */
export const FORM_PATHS: readonly string[] = FORM_NAMES.map((name) => `${FORMS_FOLDER}/${name}.yml`);

/** A form that does not say what it should. */
interface Drift {
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
 * @param options `events` is whether their lists of incidents and maintenance matter too
 */
export async function findDrift(
  folder: string,
  content: FormContent,
  now: Instant,
  { all = false, events = true }: { all?: boolean; events?: boolean } = {},
): Promise<Drift[]> {
  const forms = await formsFolder(folder);
  const found: Drift[] = [];
  for (const [name, text] of Object.entries(issueForms(content, now))) {
    const place = join(forms, name);
    const before = await readFile(place, 'utf8').catch(() => undefined);
    const isSame = before !== undefined && listed(before.replaceAll('\r\n', '\n'), events) === listed(text, events);
    if (before === undefined ? all : !isSame) {
      found.push({ place, ...(before !== undefined && { before }), text });
    }
  }
  return found;
}

/** The text of a form, without its list of events if that does not matter. */
function listed(text: string, events: boolean): string {
  return events ? text : text.replace(/^ {2}- type: dropdown\n {4}id: event\n(?: {4}.*\n)*/m, '');
}

/** Makes the forms what they should be. */
export async function syncForms(drift: readonly Drift[]): Promise<void> {
  for (const { place, text, before } of drift) {
    await writeWhole(place, text, before);
  }
}

/** What `check` says of forms that have drifted. */
export function driftWarning(drift: readonly Drift[]): Diagnostic[] {
  if (drift.length === 0) return [];
  const reason =
    'The GitHub issue forms do not list the current components, groups and areas. The next deployment updates them. To update them now, run npm run forms.';
  return [{ file: 'components.yml', line: 1, column: 1, ruleId: 'forms-drift', severity: 'warning', reason }];
}

const MESSAGE = 'Update what the issue forms list\n';

/** Why the forms stay as they are. */
export const UNSETTLED =
  'The issue forms were not updated, because site.yml or components.yml has errors. To see them, run npm run check.';

/** Where it is reviewed if the branch is protected. */
const BRANCH = 'status/forms';
const BODY =
  'This updates the components, groups, areas, incidents and maintenance that the issue forms list. It was made by `npm run forms`.';

/**
 * Brings the issue forms in line with the components, if they are there at all, on the branch that a workflow runs on.
 * @returns what was done, as a sentence
 * @throws {CommandError} when Git or GitHub refuses
 */
export async function syncFormsOnGitHub(github: GitHub, context: CommandContext): Promise<string> {
  const change = async (place: WorkingCopy): Promise<Change | undefined> => {
    const reading = await readContentFolder(place.env);
    const content = settledContent(reading);
    if (!content) throw new CommandError(UNSETTLED);
    const drift = await findDrift(reading.folder, content, reading.now);
    const files = drift.map(({ place: path, text }) => ({ path: relative(place.root, path), text }));
    if (drift.length === 0 || (await isOffered(files, place, BRANCH, github))) return undefined;
    await syncForms(drift);
    const paths = files.map(({ path }) => path);
    return { paths, message: MESSAGE, publishes: false, way: 'push', body: BODY, reviewers: [] };
  };
  const result = await commitAndPush({ branch: BRANCH, change }, github, context);
  if (result.how === 'nothing') return 'The issue forms are up to date.';
  if (result.how !== 'review') return `Updated the issue forms: ${result.commit}.`;
  return `To update the issue forms, merge ${result.url}${result.why === undefined ? '' : ` ${result.why}`}`;
}

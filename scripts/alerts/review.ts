import { mention, toInlineCode } from '../lib/mentions.ts';
import { z } from 'zod';
import type { AlertRecord } from '../../src/core/alerts/record.ts';
import { mergeRecords } from '../../src/core/alerts/record.ts';
import type { Incident } from '../../src/core/model.ts';
import type { OpenedFolder } from '../lib/content.ts';
import { withFiles } from '../authoring/translate.ts';
import { isTranslationOf, placeOf, readAs } from '../lib/content.ts';
import { readIfThere } from '../lib/files.ts';
import type { Repository } from '../lib/git.ts';
import { git, run } from '../lib/git.ts';
import type { GitHub } from '../lib/github.ts';
import { incidentIn, recordsIn } from './rule-state.ts';
import type { AlertFile } from './rule-state.ts';

/** The branch on which a rule's announcements are reviewed, or its records if `main` is protected. */
export interface Reviewed {
  /** `asked` while the pull request is open, `refused` if it was closed, `merged` if it was merged. */
  state: 'asked' | 'refused' | 'merged';
  records: readonly AlertRecord[];
  /** The files' texts, by path below the content folder. */
  texts: ReadonlyMap<string, string>;
  /** The incident, if it has no errors. */
  incident?: Incident;
  /** The incident's file for further updates, with everything that is published. */
  file?: AlertFile;
  /** Whether the incident is already published, with or without the reviewed updates. */
  isPublished: boolean;
  /** Whether somebody edited it so that it has errors. */
  isUnreadable: boolean;
  /** Whether it has unpublished updates without a pull request. */
  isUnasked: boolean;
}

const pullsSchema = z.array(
  z.object({ state: z.string(), merged_at: z.string().nullish(), head: z.object({ sha: z.string() }) }),
);
type Pulls = z.output<typeof pullsSchema>;

export function reviewBranch(rule: string): string {
  return `alerts/${rule}`;
}

/**
 * Reads the branch that is being reviewed.
 * @param tip the newest commit of the branch
 * @param place the content folder below the repository's
 * @param main the content as it is published
 */
export async function readReview(
  { repository, place, github }: { repository: Repository; place: string; github: GitHub },
  rule: string,
  tip: string,
  main: OpenedFolder,
): Promise<Reviewed | undefined> {
  const search = ['grep', '-l', '-z', '-F', `<!-- Alerts of ${rule}, kept by Candor.`, tip, '--', `${place}/incidents`];
  const { out } = await run('git', search, repository);
  const paths = out
    .split('\0')
    .filter(Boolean)
    .map((name) => name.slice(`${tip}:${place}/`.length));
  if (paths.length === 0) return undefined;
  // `git` removes the last line end.
  const textAt = async (path: string) => `${await git(repository, 'show', `${tip}:${place}/${path}`)}\n`;
  const texts = await Promise.all(paths.map(textAt));
  const pulls = await pullsFrom(github, reviewBranch(rule));
  const records = texts.map((text) => recordsIn(text)?.records ?? []).reduce(mergeRecords, []);
  const index = paths.findIndex((path) => !path.includes('/_'));
  const path = paths[index] ?? '';
  const text = texts[index] ?? '';
  const published = index < 0 ? undefined : await readIfThere(placeOf(main, path));
  const incident = index < 0 ? undefined : incidentIn(main, path, text);
  const state = stateOf(pulls, tip);
  const translations = new Map<string, string>();
  if (index >= 0) {
    const beside = `${place}/${path.slice(0, path.lastIndexOf('/') + 1)}`;
    const { out: names } = await run('git', ['ls-tree', '-z', '--name-only', tip, '--', beside], repository);
    const others = names.split('\0').map((name) => name.slice(place.length + 1));
    for (const one of others.filter((name) => isTranslationOf(name, path))) {
      const translation = await textAt(one);
      const folder = withFiles(main, [{ path: one, text: translation }]);
      const { diagnostics } = readAs(folder, path, text, one);
      // One with errors would hold back what the alert has to say.
      if (!diagnostics.some(({ severity }) => severity === 'error')) translations.set(one, translation);
    }
  }
  const isWhole = published === undefined || headingsIn(published).every((line) => headingsIn(text).includes(line));
  return {
    state,
    records: state === 'merged' ? [] : records,
    texts: new Map([...paths.map((one, place) => [one, texts[place] ?? ''] as const), ...translations]),
    ...(incident && { incident }),
    ...(incident && isWhole && { file: { path, text, incident, translations } }),
    isPublished: published !== undefined,
    isUnreadable: index >= 0 && !incident,
    isUnasked:
      state === 'asked' &&
      headingsIn(text).length > headingsIn(published ?? '').length &&
      !pulls.some((pull) => pull.state === 'open'),
  };
}

async function pullsFrom({ owner, request }: GitHub, branch: string): Promise<Pulls> {
  const query = new URLSearchParams({ state: 'all', head: `${owner}:${branch}` });
  const { body } = await request('GET', `/pulls?${query}`);
  return pullsSchema.safeParse(body).data ?? [];
}

/** The state of the pull request for this commit. A closed or merged one does not count if the branch was pushed since. */
function stateOf(pulls: Pulls, tip: string): Reviewed['state'] {
  if (pulls.some(({ state }) => state === 'open')) return 'asked';
  const closed = pulls.find(({ head }) => head.sha === tip);
  if (!closed) return 'asked';
  return closed.merged_at ? 'merged' : 'refused';
}

function headingsIn(text: string): string[] {
  return text.match(/^## .*$/gm) ?? [];
}

/**
 * The text of the pull request, in Markdown.
 * @param owners mentioned, because a workflow's own token cannot request a review from a team
 */
export function reviewText({ name }: { name: string }, owners: readonly string[], page: string): string {
  const asked = owners.length > 0 ? `${owners.map(mention).join(' ')}: ` : '';
  return [
    `${asked}the rule ${toInlineCode(name)} in \`content/alerts.yml\` asks for a review before customers see this. It has passed the checks.`,
    'Merge this pull request to publish it. Until then, further alerts for this rule are added to the same branch, and your changes to the text are kept.',
    `To publish nothing, close it and keep its branch, which records your decision. To see the alerts that were received, open the workflow’s runs: ${page}/actions/workflows/alert.yml`,
  ].join('\n\n');
}

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

/** What stands on the branch on which a rule's messages are reviewed, or its memory where `main` is protected. */
export interface Reviewed {
  /** `asked` while somebody is to look at it, `refused` when its pull request was closed, `merged` when it has come in. */
  state: 'asked' | 'refused' | 'merged';
  records: readonly AlertRecord[];
  /** Texts of its files by path below the content folder. */
  texts: ReadonlyMap<string, string>;
  /** The incident, if it can be read. */
  incident?: Incident;
  /** The incident as further words go into it: with all that is published in it. */
  file?: AlertFile;
  /** Whether the incident is published already, with or without the words that are reviewed. */
  isPublished: boolean;
  /** Whether somebody has left it so that it cannot be read. */
  isUnreadable: boolean;
  /** Whether it holds words that are not published, and no pull request asks for them. */
  isUnasked: boolean;
}

const pullsSchema = z.array(
  z.object({ state: z.string(), merged_at: z.string().nullish(), head: z.object({ sha: z.string() }) }),
);
type Pulls = z.output<typeof pullsSchema>;

/** The branch on which a rule's messages are reviewed. */
export function reviewBranch(rule: string): string {
  return `alerts/${rule}`;
}

/**
 * Reads what is being reviewed.
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
  // Git's own helper takes the last line end away.
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

/** What was pushed after a pull request was closed or merged is not of it, and neither is a branch that has none. */
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
 * What a pull request says to those who are asked to look at it; Markdown.
 * @param owners are named, since a workflow's own token may not ask a team
 */
export function reviewText({ name }: { name: string }, owners: readonly string[], page: string): string {
  const asked = owners.length > 0 ? `${owners.map(mention).join(' ')}: ` : '';
  return [
    `${asked}the rule ${toInlineCode(name)} in \`content/alerts.yml\` asks for a review before customers see this. It has passed the checks.`,
    'Merge this pull request to publish it. Until then, further alerts for this rule are added to the same branch, and your changes to the text are kept.',
    `To publish nothing, close it and keep its branch, which records your decision. To see the alerts that were received, open the workflow’s runs: ${page}/actions/workflows/alert.yml`,
  ].join('\n\n');
}

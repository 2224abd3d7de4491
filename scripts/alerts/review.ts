import { z } from 'zod';
import { incidentState } from '../../src/core/incident.ts';
import type { AlertRecord } from '../../src/core/alerts/record.ts';
import type { OpenedFolder } from '../author/content.ts';
import type { Repository } from '../author/git.ts';
import { git, run } from '../author/git.ts';
import type { GitHub } from '../github/client.ts';
import { recordsIn } from './records-comment.ts';
import type { AlertFile } from './rule-memory.ts';
import { incidentIn } from './rule-memory.ts';

/** What stands on the branch on which a rule's messages are reviewed. */
export interface Reviewed {
  records: readonly AlertRecord[];
  /** The incident that nobody has published yet; nothing where it is published. */
  file?: AlertFile;
  /** Whether somebody is still asked to look at it. */
  open: boolean;
  /** Whether it says that the incident is over. */
  isOver: boolean;
}

const pullsSchema = z.array(z.object({ state: z.string(), head: z.object({ sha: z.string() }) }));

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
  const { out } = await run('git', search, repository.folder, repository.env);
  const full = out
    .split('\0')
    .map((name) => name.slice(`${tip}:`.length))
    .find((name) => name !== '' && !name.includes('/_'));
  if (full === undefined) return undefined;
  const path = full.slice(place.length + 1);
  // Git's own helper takes the last line end away.
  const text = `${await git(repository, 'show', `${tip}:${full}`)}\n`;
  const open = await isOpen(github, reviewBranch(rule), tip);
  const isPublished = main.source.files.some((file) => file.path === path);
  const incident = incidentIn(main, path, text);
  return {
    records: isPublished && !open ? [] : (recordsIn(text)?.records ?? []),
    ...(incident && !isPublished && { file: { path, text, incident } }),
    open,
    isOver: incident !== undefined && !incidentState(incident).open,
  };
}

/** Unless somebody has closed or merged its pull request; where none could be opened, the branch itself asks. */
async function isOpen({ owner, request }: GitHub, branch: string, tip: string): Promise<boolean> {
  const query = new URLSearchParams({ state: 'all', head: `${owner}:${branch}` });
  const { body } = await request('GET', `/pulls?${query}`);
  const pulls = pullsSchema.safeParse(body).data ?? [];
  return pulls.some(({ state }) => state === 'open') || pulls.every(({ head }) => head.sha !== tip);
}

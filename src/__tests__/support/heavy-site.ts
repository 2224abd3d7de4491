import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatTime } from '../../core/time-text.ts';
import { ACME } from './sites.ts';

/** When heavy sites are built. */
export const HEAVY_NOW = '2026-11-20T12:00:00Z';
/** As many as the longest of the real incidents that this was tried with. */
const UPDATES = 53;
const COMPONENTS = 100;
const INCIDENTS = 60;
const HOUR = 3_600_000;
const TEXT =
  'Some customers see errors when they use this part of our service. Nothing that was saved is lost. We are looking for the cause.';

/**
 * Writes the content of a site of a hundred components in ten groups, which something happened to in each of sixty
 * months, and an incident of 53 updates.
 * @param open whether that incident is not over, and ten components are down
 */
export async function writeHeavyContent(folder: string, open: boolean): Promise<void> {
  const now = Date.parse(HEAVY_NOW);
  const ids = Array.from({ length: COMPONENTS }, (_, index) => `component-${index + 1}`);
  const groups = Array.from({ length: 10 }, (_, group) =>
    [
      `- group: Group ${group + 1}`,
      '  components:',
      ...ids.slice(group * 10, group * 10 + 10).map((id) => `    - { id: ${id}, name: ${id}, since: 2021-01-01 }`),
    ].join('\n'),
  );
  await mkdir(join(folder, 'incidents'), { recursive: true });
  await writeFile(join(folder, 'site.yml'), `name: Heavy\nurl: ${ACME}\n`);
  await writeFile(join(folder, 'components.yml'), `${groups.join('\n')}\n`);

  for (let index = 0; index < INCIDENTS; index += 1) {
    const began = now - (20 + index * 30 * 24) * HOUR;
    const file = incidentFile(`Incident ${index + 1}`, ids.slice(index, index + 3), began, 4, true);
    await writeFile(join(folder, 'incidents', `${index + 1}.md`), file);
  }
  const long = incidentFile('A long incident', ids.slice(0, 10), now - 5 * HOUR, UPDATES, !open);
  await writeFile(join(folder, 'incidents', 'long.md'), long);
}

/** An incident with an update every five minutes. */
function incidentFile(title: string, components: string[], began: number, updates: number, over: boolean): string {
  const statuses = ['Investigating', 'Identified', ...Array.from({ length: updates - 3 }, () => 'Update')];
  const last = over ? 'Resolved' : 'Update';
  return [
    '---',
    `title: ${title}`,
    'components:',
    ...components.map((id) => `  ${id}: major_outage`),
    '---',
    '',
    ...[...statuses, last].map(
      (status, index) => `## ${status} · ${formatTime(began + index * 5 * 60_000)}\n\n${TEXT} (${index + 1})\n`,
    ),
  ].join('\n');
}

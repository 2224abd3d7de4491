import { globSync } from 'node:fs';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { formatTime } from '../../../src/core/time-text.ts';

/** The last instant of the content that is made, and the time at which its builds are made. */
export const BENCH_NOW = Date.parse('2026-11-20T12:00:00Z');

const DAY = 86_400_000;
const YEARS = 10;
const COMPONENTS = 20;
const STATUSES = ['degraded_performance', 'partial_outage', 'major_outage'];
const SUBJECTS = [
  'Payments',
  'Search results',
  'Sign-in',
  'Order emails',
  'Webhooks',
  'Image uploads',
  'Reports',
  'Exports',
];
const TROUBLES = [
  'are slow',
  'fail for some customers',
  'are delayed',
  'return errors in Europe',
  'are not up to date',
];

const TEXTS = [
  'Some customers see errors when they use this part of our service. Nothing that was already saved is lost. We are looking for the cause and will say more soon.',
  'We found the cause: a database in one of our regions failed over and its replacement answers slowly.\n\n- Requests that failed can be sent again.\n- Requests that were accepted are **not** affected.',
  'We moved the traffic to another region. Since then errors have gone back to their usual level, and we keep watching. See [our guide](https://acme.example/guide) for what to do with failed requests.',
  'Everything works again. No data was lost. We are sorry for the interruption.',
];

/**
 * Writes a site of twenty components and ten years of incidents with four updates each. The same count and
 * seed always give the same files.
 */
export async function writeBenchContent(folder: string, incidents: number, seed = 1): Promise<void> {
  const random = generator(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const ids = Array.from({ length: COMPONENTS }, (_, index) => `component-${index + 1}`);

  await mkdir(join(folder, 'maintenance'), { recursive: true });
  await writeFile(join(folder, 'site.yml'), 'name: Bench\nurl: https://status.bench.example\n');
  const groups = Array.from({ length: COMPONENTS / 5 }, (_, group) => {
    const members = ids
      .slice(group * 5, group * 5 + 5)
      .map((id) => `    - id: ${id}\n      name: ${title(id)}\n      since: 2016-01-01`);
    return `- group: Group ${group + 1}\n  components:\n${members.join('\n')}`;
  });
  await writeFile(join(folder, 'components.yml'), `${groups.join('\n')}\n`);

  for (let index = 0; index < incidents; index += 1) {
    const age = ((index + random()) / incidents) * YEARS * 365 * DAY + (index < 2 ? 0 : DAY);
    const started = Math.floor((BENCH_NOW - age - 3 * 3_600_000) / 60_000) * 60_000;
    const year = new Date(started).getUTCFullYear();
    const steps = index < 2 ? TEXTS.slice(0, 3) : TEXTS;
    const words = ['Investigating', 'Identified', 'Monitoring', 'Resolved'];
    const updates = steps.map((text, step) => {
      const at = started + step * 40 * 60_000 + 5 * 60_000;
      const promise = step < 3 ? `\n\n- **Next update:** ${formatTime(at + 40 * 60_000)}` : '';
      return `## ${words[step]} · ${formatTime(at)}\n\n${text}${promise}`;
    });
    const front = [
      `title: ${pick(SUBJECTS)} ${pick(TROUBLES)}`,
      `components:\n  ${pick(ids)}: ${pick(STATUSES)}`,
      `started: ${formatTime(started)}`,
      `reference: INC-${index + 1}`,
    ];
    await mkdir(join(folder, 'incidents', String(year)), { recursive: true });
    const file = join(
      folder,
      'incidents',
      String(year),
      `${formatTime(started).slice(0, 10)}-incident-${index + 1}.md`,
    );
    await writeFile(file, `---\n${front.join('\n')}\n---\n\n${updates.join('\n\n')}\n`);
  }
}

/** Says one more thing in the newest incident, so many times five minutes after the content's last instant. */
export async function addUpdate(folder: string, time: number): Promise<void> {
  const at = BENCH_NOW + time * 300_000;
  await appendFile(newestIncident(folder), `\n## Update · ${formatTime(at)}\n\nWe are still on it.\n`);
}

/** Gives the newest incident another title. @returns its id */
export async function editTitle(folder: string, title: string): Promise<string> {
  const path = newestIncident(folder);
  await writeFile(path, (await readFile(path, 'utf8')).replace(/^title:.*$/m, `title: ${title}`));
  return basename(path, '.md');
}

function newestIncident(folder: string): string {
  return join(folder, globSync('incidents/*/*-incident-1.md', { cwd: folder })[0] ?? '');
}

function title(id: string): string {
  return id.replace('component-', 'Component ');
}

/** Mulberry32, a small generator of numbers from 0 to 1: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

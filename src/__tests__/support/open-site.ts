import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatTime } from '../../core/time-text.ts';
import { build } from './sites.ts';

const MINUTE = 60_000;

/** A site that was built just now, by the machine's own clock, with an incident that is open and one that is over. */
export interface OpenSite {
  /** Where its files are. */
  dir: string;
  /** When an update is promised; ten minutes after the build. */
  promised: number;
  remove: () => Promise<void>;
}

/** An incident began twenty minutes ago, in whole minutes, and the next update is promised for ten minutes from now. */
export async function buildOpenSite(): Promise<OpenSite> {
  const folder = await mkdtemp(join(tmpdir(), 'candor-open-'));
  const content = join(folder, 'content');
  const began = Math.floor(Date.now() / MINUTE) * MINUTE - 20 * MINUTE;
  const promised = began + 30 * MINUTE;
  const files = {
    'site.yml': [
      'name: Acme',
      'url: https://status.acme.example',
      'support_url: https://acme.example/help',
      'elsewhere:',
      '  - name: Our page on another host',
      '    url: https://acme-status.example.net/',
    ],
    'components.yml': ['- id: checkout', '  name: Checkout', '- id: search', '  name: Search'],
    'incidents/2020-10-01-search.md': [
      '---',
      'title: Search was slow',
      'components:',
      '  search: degraded_performance',
      '---',
      '## Investigating · 2020-10-01 10:00 UTC',
      'Slow.',
      '## Resolved · 2020-10-01 11:00 UTC',
      'Fast.',
    ],
    'incidents/pay.md': [
      '---',
      'title: Some customers cannot pay',
      'components:',
      '  checkout: partial_outage',
      '---',
      `## Investigating · ${formatTime(began)}`,
      'Some payments fail.',
      '',
      `- **Next update:** ${formatTime(promised)}`,
    ],
  };
  await mkdir(join(content, 'incidents'), { recursive: true });
  for (const [name, lines] of Object.entries(files)) await writeFile(join(content, name), `${lines.join('\n')}\n`);
  const dir = join(folder, 'dist');
  await build(content, dir);
  return { dir, promised, remove: () => rm(folder, { recursive: true }) };
}

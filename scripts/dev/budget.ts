import { basename } from 'node:path';
import { buildBudgetSites, BUDGETS } from '../../src/__tests__/support/budgets.ts';
import { measureHomes, WIDTHS } from '../../src/__tests__/support/heights.ts';
import { weigh } from '../../src/__tests__/support/weigh.ts';
import { measureVisits } from '../../src/__tests__/support/visits.ts';

/**
 * `npm run budget`: what each kind of page weighs, how high home pages are, and what visits cost the host, as Markdown
 * tables. With folders of built sites, the home pages of these alone.
 */
const given = process.argv.slice(2);
if (given.length > 0) await printHomes(Object.fromEntries(given.map((dir) => [basename(dir), dir])));
else await printAll();

async function printAll(): Promise<void> {
  const { sites, remove } = await buildBudgetSites();
  try {
    const pages = BUDGETS.map(({ kind, site, path, most }) => {
      const { html, styles, scripts, gzip, brotli, raw, requests } = weigh(sites[site], path);
      return [kind, ...[raw, html, styles, scripts, gzip, brotli].map(thousands), String(requests), thousands(most)];
    });
    print(['page', 'raw', 'HTML', 'CSS', 'JS', 'all, gzip', 'all, Brotli', 'requests', 'budget, gzip'], pages);
    await printHomes({ example: sites.example.dir, quiet: sites.quiet.dir, outage: sites.outage.dir });
    const visits = await measureVisits(sites.example.dir);
    print(
      ['visit', 'requests', 'bytes'],
      visits.map(({ visit, requests, bytes }) => [visit, String(requests), thousands(bytes)]),
    );
  } finally {
    await remove();
  }
}

async function printHomes(sites: Readonly<Record<string, string>>): Promise<void> {
  const homes = await measureHomes(sites);
  print(
    ['home page', ...WIDTHS.map((width) => `height at ${thousands(width)}`), 'components begin at', 'all, gzip'],
    homes.map(({ site, heights, components, gzip }) => [
      site,
      ...heights.map(thousands),
      components === undefined ? 'none' : thousands(Math.round(components)),
      thousands(gzip),
    ]),
  );
}

function thousands(count: number): string {
  return count.toLocaleString('en');
}

function print(head: string[], rows: string[][]): void {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: string[]) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  process.stdout.write(`${[line(head), line(rule), ...rows.map(line)].join('\n')}\n\n`);
}

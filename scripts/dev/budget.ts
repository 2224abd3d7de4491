import { buildBudgetSites, BUDGETS } from '../../src/__tests__/support/budgets.ts';
import { weigh } from '../../src/__tests__/support/weigh.ts';
import { measureVisits } from '../../src/__tests__/support/visits.ts';

/** `npm run budget`: what each kind of page weighs, and what visits cost the host, as Markdown tables. */
const { sites, remove } = await buildBudgetSites();
try {
  const pages = BUDGETS.map(({ kind, site, path, most }) => {
    const { html, styles, scripts, gzip, brotli, raw, requests } = weigh(sites[site], path);
    return [kind, ...[raw, html, styles, scripts, gzip, brotli].map(thousands), String(requests), thousands(most)];
  });
  print(['page', 'raw', 'HTML', 'CSS', 'JS', 'all, gzip', 'all, Brotli', 'requests', 'budget, gzip'], pages);
  const visits = await measureVisits(sites.example.dir);
  print(
    ['visit', 'requests', 'bytes'],
    visits.map(({ visit, requests, bytes }) => [visit, String(requests), thousands(bytes)]),
  );
} finally {
  await remove();
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

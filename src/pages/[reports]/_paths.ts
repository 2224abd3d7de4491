import { hasReports, reportPages } from '../../view/models/report-pages.ts';
import { loadSite } from '../../site/load.ts';

// The folder is named by a parameter, since a route without any is built always, and reports only where they are public.
const reports = 'reports';

interface MonthPath {
  params: { reports: string; month: string };
}

/** `/reports/`, as far as it is public. */
export async function reportsPath(): Promise<{ params: { reports: string } }[]> {
  return hasReports(await loadSite()) ? [{ params: { reports } }] : [];
}

/** Every month that has a public report. */
export async function reportPaths(): Promise<MonthPath[]> {
  return reportPages(await loadSite()).map((month) => ({ params: { reports, month } }));
}

/** The type is also in `public/_headers`, since a static host guesses. */
export function csvAnswer(table: string): Response {
  return new Response(table, { headers: { 'Content-Type': 'text/csv; charset=utf-8' } });
}

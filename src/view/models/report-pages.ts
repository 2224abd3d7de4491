import type { ViewContext } from '../context.ts';
import { reportMonths } from '../../core/report/month-report.ts';
/** Whether the record is on the page, and led to. */
export function hasReports({ ledger }: ViewContext): boolean {
  return ledger.content.site.reports === 'public';
}

/** The months with a page of their own, newest first; none while reports are not public. */
export function reportPages(context: ViewContext): string[] {
  return hasReports(context) ? reportMonths(context.ledger) : [];
}

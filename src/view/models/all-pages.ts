import type { Instant } from '../../core/days.ts';
import { hasReports, reportPages } from './report-pages.ts';
import { allMonths } from './history.ts';
import type { ViewContext } from '../context.ts';
import { PATHS } from '../addresses.ts';
import type { StatusEvent } from '../../core/model.ts';
/** Every page that search engines are to know. The home page comes first, then what changed last. */
export function allPages(context: ViewContext): { url: string; changed?: Instant }[] {
  const { ledger, absolute } = context;
  const { incidents, maintenance, components } = ledger.content;
  const page = (path: string) => ({ url: absolute(path) });
  return [
    { ...page(PATHS.home), changed: ledger.now },
    page(PATHS.history),
    page(PATHS.subscribe),
    ...(hasReports(context) ? [page(PATHS.reports)] : []),
    ...[...components.keys()].map((id) => page(PATHS.component(id))),
    ...allMonths(context).map(({ month }) => page(PATHS.month(month))),
    ...reportPages(context).map((month) => page(PATHS.report(month))),
    ...[...incidents, ...maintenance].map((event) => ({ ...page(PATHS.event(event)), ...changedAt(event) })),
  ];
}

function changedAt({ updates }: StatusEvent): { changed?: Instant } {
  const changes = updates.map(({ at, edited }) => Math.max(at, edited ?? at));
  return changes.length > 0 ? { changed: Math.max(...changes) } : {};
}

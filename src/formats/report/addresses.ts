import type { Ledger } from '../../core/ledger.ts';
import type { Incident } from '../../core/model.ts';

/** The page of an incident, with its host. */
export function incidentUrl({ content }: Ledger, { id }: Incident): string {
  return `${content.site.url.href}incidents/${encodeURIComponent(id)}/`;
}

import type { ImportedEvent } from './model.ts';
import type { Report } from './report.ts';

/** Tells for every file of the source what came of it. To be called when nothing more will be reported. */
export function tally(report: Report, events: readonly ImportedEvent[]): void {
  const sources = new Map(report.sources.map((source) => [source.file, source]));
  for (const { kind, place, updates } of events) {
    const source = sources.get(place.file);
    if (source) source[kind === 'incident' ? 'incidents' : 'maintenance'] += 1;
    for (const update of updates) {
      const from = sources.get(update.place.file);
      if (from) from.updates += 1;
    }
  }
  for (const { place, outcome } of report.entries) {
    const source = sources.get(place.file);
    if (source) source.entries[outcome] += 1;
  }
}

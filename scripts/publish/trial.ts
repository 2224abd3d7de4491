import type { Diagnostic } from '../../src/core/diagnostic.ts';
import type { Instant, StatusEvent } from '../../src/core/model.ts';
import { readContent } from '../../src/reader/content.ts';

/** What files are read against. */
export interface TrialContext {
  site: string;
  components: string;
  publicFiles: ReadonlySet<string>;
  now: Instant;
  locales: readonly string[];
}

/** A text that might be published at a path. */
export interface Candidate {
  path: string;
  text: string;
}

/** What came of reading a candidate. */
export interface Trial {
  errors: readonly Diagnostic[];
  event?: StatusEvent;
}

/**
 * Reads candidates in one pass, several versions of one file too; each is read as if it were alone, so that
 * names which are taken do not count.
 */
export function tryFiles(candidates: readonly Candidate[], context: TrialContext): Trial[] {
  const places = candidates.map(({ path }, index) =>
    path.replace(/\/|^(?=[^/]*$)/, (step) => `${step}${index}${step && '/'}`),
  );
  const files = candidates.map(({ text }, index) => ({ path: places[index] ?? '', text }));
  const source = {
    files: [{ path: 'site.yml', text: context.site }, { path: 'components.yml', text: context.components }, ...files],
    publicFiles: context.publicFiles,
  };
  const { content, diagnostics } = readContent(source, context);
  const errors = Map.groupBy(
    diagnostics.filter((one) => isError(one) && one.ruleId !== 'id-taken'),
    ({ file }) => file,
  );
  const events = new Map(
    [...(content?.incidents ?? []), ...(content?.maintenance ?? [])].map((one) => [one.file, one]),
  );
  return places.map((place) => {
    const event = events.get(place);
    return { errors: errors.get(place) ?? [], ...(event && { event }) };
  });
}

export function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}

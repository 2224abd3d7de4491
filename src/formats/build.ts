import type { Instant } from '../core/days.ts';

/** Identifies a build of the page. */
export interface Build {
  built: Instant;
  /** The commit of the content; unknown outside a repository. */
  commit?: string;
  /** A short hash. It differs if the page does. */
  version: string;
}

/** `/build.json`: `{ "built": ISO 8601, "commit": text or null, "version": text }`. */
export function buildJson({ built, commit, version }: Build): string {
  return `${JSON.stringify({ built: new Date(built).toISOString(), commit: commit ?? null, version })}\n`;
}

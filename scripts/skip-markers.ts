/** Markers that make GitHub skip workflows for a commit. @see https://docs.github.com/actions/managing-workflow-runs/skipping-workflow-runs */
const SKIPS =
  /\[+((?:skip|no)[ -](?:ci|actions)|(?:ci|actions)[ -]skip)\]+|\*{3,}(no_ci)\*{3,}|(skip-checks):\s*(?=true)/gi;

/** A commit message without markers that skip workflows. */
export function withoutSkips(text: string): string {
  return text.replace(
    SKIPS,
    (_, brackets?: string, stars?: string, trailer?: string) => brackets ?? stars ?? `${trailer} `,
  );
}

import { basename } from 'node:path/posix';
import { distance } from 'fastest-levenshtein';
import type { Diagnostic, Edit } from '../core/diagnostic.ts';

/** The most characters kept at each end of a long text. */
const HALF = 500;
/** Longer lines are not suggested, because a shortened one could not be pasted. */
const LONGEST_LINE = 4000;

type Severity = Diagnostic['severity'];

/** The rules of the content format by id, with their severity. */
export const RULES = {
  // Files
  'file-missing': 'error',
  'file-misplaced': 'error',
  'file-name': 'error',
  'file-too-large': 'error',
  'file-link': 'error',
  'folder-link': 'error',
  'file-unreadable': 'error',
  'not-utf8': 'error',
  'line-too-long': 'error',
  'nested-too-deep': 'error',
  'control-character': 'error',
  'merge-conflict': 'error',
  'example-instant': 'error',
  'id-taken': 'error',
  // Front matter and YAML
  'file-fault': 'error',
  'front-matter-missing': 'error',
  'front-matter-unclosed': 'error',
  'front-matter-language': 'error',
  'yaml-syntax': 'error',
  'unknown-key': 'error',
  'missing-key': 'error',
  'wrong-kind': 'error',
  'bad-value': 'error',
  'locale-missing': 'error',
  'locale-twice': 'error',
  'logo-missing': 'error',
  // Times
  'time-no-zone': 'error',
  'time-named-zone': 'error',
  'time-impossible': 'error',
  'time-invalid': 'error',
  'time-needs-date': 'error',
  'time-implausible': 'error',
  'time-in-future': 'error',
  'times-reversed': 'error',
  // Components
  'alias-taken': 'error',
  'group-too-deep': 'error',
  'unknown-component': 'error',
  'component-twice': 'error',
  'component-retired': 'error',
  // Channels
  'channel-twice': 'error',
  'secret-written': 'error',
  'channel-component': 'warning',
  'channel-locale': 'warning',
  // Updates
  'updates-missing': 'error',
  'update-empty': 'error',
  'updates-mixed': 'error',
  'heading-form': 'error',
  'heading-status': 'error',
  'heading-id': 'error',
  'heading-id-twice': 'error',
  'heading-nearly': 'error',
  'heading-dashes': 'error',
  'status-back': 'error',
  'started-late': 'warning',
  'text-before-updates': 'error',
  'first-update': 'error',
  'postmortem-early': 'error',
  'announcement-undated': 'warning',
  'repeat-mismatch': 'error',
  'repeat-endless': 'warning',
  'except-unknown': 'error',
  'scheduled-stale': 'error',
  'impact-unknown': 'warning',
  'area-unknown': 'warning',
  // Translations
  'translation-locale': 'error',
  'translation-orphan': 'error',
  'translation-update': 'error',
  // Words of the page
  'json-syntax': 'error',
  'words-blank': 'error',
  'words-plural': 'error',
  'words-missing': 'warning',
  'words-unused': 'warning',
  // What is said, and what is not: each can be switched off
  'translation-missing': 'warning',
  'promise-missing': 'warning',
  'silent-day': 'warning',
  'open-operational': 'warning',
  'outage-unnamed': 'warning',
  'maintenance-long': 'warning',
  'stock-words': 'warning',
  'no-effect': 'warning',
  'unlabelled-fix-time': 'warning',
  'label-in-text': 'warning',
  'says-resolved': 'warning',
  'incident-twice': 'warning',
  'text-copied': 'warning',
  'link-dead': 'warning',
  'alias-unused': 'warning',
  'warning-unknown': 'warning',
  // Labelled lines
  'label-nearly': 'error',
  'label-mixed': 'error',
  'label-twice': 'error',
  'label-empty': 'error',
  'label-misplaced': 'error',
  'resolved-components': 'error',
  // Markdown
  'comment-unclosed': 'error',
  'code-unclosed': 'error',
  'html-swallows': 'error',
  'html-unpublished': 'warning',
  'link-unsafe': 'error',
  'link-relative': 'error',
  'image-foreign': 'error',
  'image-missing': 'error',
  'image-undescribed': 'warning',
  // The owner's style sheet
  'css-syntax': 'error',
  'css-foreign': 'error',
  'css-colour': 'error',
  // Rules for alerts
  'alert-match': 'error',
  'alert-pattern': 'error',
  'alert-unreachable': 'error',
  'alert-idle': 'error',
  'unknown-template': 'error',
  'template-unfitting': 'error',
  'blank-unfilled': 'error',
  // Templates and their blanks
  'blank-left': 'error',
  'blank-name': 'error',
  'blank-unused': 'error',
  'template-update': 'error',
  'template-empty': 'error',
} as const satisfies Record<string, Severity>;

export type RuleId = keyof typeof RULES;

/** Needs the published version to compare with, so reading the files alone never reports it. */
export const WINDOW_EDITED = 'window-edited';

/** The names that `warnings.off` takes. */
export const WARNINGS: readonly string[] = [
  ...Object.entries(RULES).flatMap(([id, severity]) => (severity === 'warning' ? [id] : [])),
  WINDOW_EDITED,
];

/** A place in a file, both counted from 1. */
export interface Position {
  line: number;
  column: number;
}

/**
 * What to write instead. A text is whole lines that replace the wrong line. `edit` and `endLine` are for another place or
 * several lines. An `example` only shows the form.
 */
export type Suggestion = string | { text: string; edit?: Edit; endLine?: number } | { example: string };

/** The position of a diagnostic about a whole file. */
export const FIRST: Position = { line: 1, column: 1 };

/** Reports a problem in a file. */
export type Report = (ruleId: RuleId, position: Position, reason: string, suggestion?: Suggestion) => void;

/** Ignores problems. */
export const ignore: Report = () => undefined;

/** Collects the problems of a file in a list. */
export function reporter(file: string, into: Diagnostic[]): Report {
  return (ruleId, position, reason, suggestion) => {
    into.push({
      file,
      ...position,
      ruleId,
      severity: RULES[ruleId],
      reason: shortened(reason),
      ...(suggestion !== undefined && adviceFields(suggestion)),
    });
  };
}

function adviceFields(suggestion: Suggestion): Pick<Diagnostic, 'expected' | 'edit' | 'endLine' | 'example'> {
  if (typeof suggestion === 'string') return adviceFields({ text: suggestion });
  if ('example' in suggestion) return suggestion;
  const { text, ...where } = suggestion;
  return text.length > LONGEST_LINE ? {} : { expected: text, ...where };
}

/** Cuts the middle of a long text from a file. */
function shortened(text: string): string {
  return text.length <= 2 * HALF ? text : `${text.slice(0, HALF)} … ${text.slice(-HALF)}`;
}

/**
 * Reads a file or a part of it. An unexpected error is reported for that file, and does not stop others.
 * @returns undefined if there was an error
 */
export function guarded<T>(report: Report, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    const reason = `Candor failed to read this file because of a bug in Candor: ${what} Please report it, and include the file. Until it is fixed, change anything unusual in the file.`;
    report('file-fault', FIRST, reason);
    return undefined;
  }
}

/** The known name that is most similar, if it is similar enough. */
export function nearest(
  name: string,
  known: Iterable<string>,
  most: (candidate: string) => number = lettersThatMayDiffer,
): string | undefined {
  const written = name.toLowerCase().slice(0, 200);
  let best: { name: string; distance: number } | undefined;
  for (const candidate of known) {
    const begins = written.length >= 4 && candidate.toLowerCase().startsWith(written);
    const apart = begins ? 0 : distance(written, candidate.toLowerCase());
    if (apart <= most(candidate) && (!best || apart < best.distance)) {
      best = { name: candidate, distance: apart };
    }
  }
  return best?.name;
}

/** Two letters in the wrong order count as two. */
function lettersThatMayDiffer(candidate: string): number {
  return candidate.length <= 3 ? 1 : Math.max(2, Math.floor(candidate.length / 3));
}

/** ` Did you mean “checkout”?`, or else the known names, to add to a sentence. */
export function didYouMean(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  if (meant) return ` Did you mean “${meant}”?`;
  if (known.length === 0) return '';
  const all = [...new Set(known)];
  const shown = all.slice(0, 12);
  return ` Use one of ${shown.join(', ')}${all.length > shown.length ? ' or others' : ''}.`;
}

/**
 * Why there is no file in `public/` at a path, and the file that was probably meant.
 * @param publicFiles with a leading `/`
 */
export function missingFile(path: string, publicFiles: ReadonlySet<string>): { problem: string; meant?: string } {
  const inside = [...publicFiles].filter((file) => file.startsWith(`${path.replace(/\/$/, '')}/`));
  if (inside.length > 0) {
    const logo = inside.find((file) => basename(file).startsWith('logo')) ?? inside[0];
    return { problem: `public${path} is a folder.`, ...(logo && { meant: logo }) };
  }
  const sameName = [...publicFiles].find((file) => basename(file).toLowerCase() === basename(path).toLowerCase());
  const meant = sameName ?? nearest(path, publicFiles);
  return { problem: `There is no file public${path}.`, ...(meant && { meant }) };
}

/** The first free name of `name-2`, `name-3`, … */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  for (let count = 2; ; count += 1) if (!isTaken(`${name}-${count}`)) return `${name}-${count}`;
}

/** A text without the marks of merge conflicts, as many lines long as before. */
export interface Merged {
  text: string;
  /** Where conflicts stood, from 1, and what was left out of each. */
  conflicts: { line: number; left: string }[];
}

const OURS = /^<{7}(?: |$)/;
const BASE = /^\|{7}(?: |$)/;
const BETWEEN = /^={7}$/;
const THEIRS = /^>{7}(?: |$)/;

/**
 * Takes marks of merge conflicts out. In front matter the upper side stays, since a field has one value; in the
 * text both sides stay, since words must not be lost.
 */
export function mergeConflicts(text: string): Merged {
  if (!/^(?:<{7}|>{7})(?: |$)/m.test(text)) return { text, conflicts: [] };
  const lines = text.split('\n');
  const conflicts: Merged['conflicts'] = [];
  let fences = 0;
  let side: 'ours' | 'base' | 'theirs' | undefined;
  let inMatter = false;
  const kept = lines.map((line, index) => {
    if (OURS.test(line)) {
      side = 'ours';
      inMatter = fences < 2;
      conflicts.push({ line: index + 1, left: '' });
      return '';
    }
    if (side && BASE.test(line)) return ((side = 'base'), '');
    if (side && BETWEEN.test(line)) return ((side = 'theirs'), '');
    if (THEIRS.test(line)) {
      if (!side) conflicts.push({ line: index + 1, left: '' });
      side = undefined;
      return '';
    }
    const isLeft = side === 'base' || (side === 'theirs' && inMatter);
    if (isLeft) {
      const conflict = conflicts.at(-1);
      if (conflict) conflict.left += `${conflict.left === '' ? '' : '\n'}${line}`;
      return '';
    }
    if (/^(?:---|\+\+\+)\s*$/.test(line)) fences += 1;
    return line;
  });
  return { text: kept.join('\n'), conflicts };
}

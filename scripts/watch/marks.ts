/**
 * What the watch keeps for itself in the issues it writes: HTML comments at the very beginning, so that nothing in
 * the text that follows can pass for one.
 */
export interface Marks {
  /** The case that an issue is about. */
  case?: string;
  /** What has been told, each once. */
  told: readonly string[];
  /** Whether the watch itself closed the issue. */
  closed: boolean;
}

const HEAD = /^(?:<!-- candor-watch(?:-[a-z]+)?:.*-->\r?\n?)*/;
const MARK = /^<!-- candor-watch(?:-([a-z]+))?: (.*) -->$/;

/** The marks at the beginning of the text of an issue or of a comment. */
export function readMarks(text: string): Marks {
  const marks: Marks = { told: [], closed: false };
  for (const line of (HEAD.exec(text)?.[0] ?? '').split(/\r?\n/)) {
    const [, name, value = ''] = MARK.exec(line) ?? [];
    if (value === '') continue;
    if (name === undefined) marks.case = value;
    if (name === 'told') marks.told = value.split(', ');
    if (name === 'closed') marks.closed = true;
  }
  return marks;
}

/** The lines that a text begins with; nothing if there is nothing to keep. */
export function writeMarks({ case: id, told, closed }: Marks): string {
  return [
    ...(id === undefined ? [] : [`<!-- candor-watch: ${id} -->`]),
    ...(told.length === 0 ? [] : [`<!-- candor-watch-told: ${told.join(', ')} -->`]),
    ...(closed ? ['<!-- candor-watch-closed: by itself -->'] : []),
  ].join('\n');
}

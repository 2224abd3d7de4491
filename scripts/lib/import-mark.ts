import { createHash } from 'node:crypto';
/**
 * A comment in the front matter of every imported file. It tells the next import which file belongs to which
 * incident, and whether somebody has edited it since.
 */
export interface Mark {
  source: string;
  identity: string;
  /** Of the text without the mark. */
  hash: string;
}

const MARK = /^# Imported from (\S+) (\S+) \(([0-9a-f]{12})\)$/m;

/** How far files are searched, so that a text that quotes a mark does not count. */
const REACH = 20_000;

/** The mark of a file. Undefined if it was not imported. */
export function readMark(text: string): Mark | undefined {
  const head = text.slice(0, REACH).replaceAll('\r\n', '\n');
  const match = MARK.exec(head.slice(0, head.indexOf('\n---\n', 3) + 1));
  if (!match) return undefined;
  const [, source = '', identity = '', hash = ''] = match;
  return { source, identity, hash };
}

/** Whether a marked file is still as it was imported. */
export function isUnedited(text: string, mark: Mark): boolean {
  const clean = text.replaceAll('\r\n', '\n');
  return hashOf(clean.replace(`${line(mark)}\n`, '')) === mark.hash;
}

/** The text with a mark as the last line of its front matter, which ends at `frontMatterEnd`. */
export function marked(frontMatter: string, body: string, source: string, identity: string): string {
  const mark = { source, identity: identity.replace(/\s/g, '_'), hash: hashOf(`---\n${frontMatter}---\n${body}`) };
  return `---\n${frontMatter}${line(mark)}\n---\n${body}`;
}

function line({ source, identity, hash }: Mark): string {
  return `# Imported from ${source} ${identity} (${hash})`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

import type { Fields } from './front-matter.ts';

/** Front matter read line by line, and the lines that say nothing which could be read. */
export interface LooseFields {
  fields: Fields;
  unread: { line: number; text: string }[];
}

const KNOWN = 'title|date|resolved|resolvedwhen|severity|affected|section|informational|pin|draft|published';
const PAIR = /^\s{0,3}(?<key>[A-Za-z_][\w-]*)\s*[:=](?:\s+(?<value>.*))?$/;
const GLUED = /^(?<key>[A-Za-z_][\w-]*):(?<value>\S.*)$/;
const UNPARTED = new RegExp(`^(?<key>${KNOWN})\\s+(?<value>.+)$`, 'i');
const ITEM = /^\s*-(?:\s+(?<value>.*))?$/;

/**
 * Front matter that is no valid YAML or TOML, read line by line as people mean it: a key, a colon and a value
 * that may hold anything; items behind dashes.
 * @param firstLine the line of the file that the text begins on
 */
export function readLoosely(text: string, firstLine: number): LooseFields {
  const fields: Fields = new Map();
  const unread: LooseFields['unread'] = [];
  let key = '';
  text.split('\n').forEach((raw, index) => {
    const line = index + firstLine;
    const written = raw.replaceAll('\t', ' ').trimEnd();
    if (written === '' || /^\s*#/.test(written)) return;
    const item = key === '' ? undefined : ITEM.exec(written)?.groups;
    const current = fields.get(key);
    if (item && current) {
      const value = scalar(item['value'] ?? '');
      const items = Array.isArray(current.value) ? current.value : current.value === '' ? [] : [current.value];
      fields.set(key, { ...current, value: [...items, value], lines: [...current.lines, line] });
      return;
    }
    const indented = /^\s{2,}\S/.test(written);
    const pair = (PAIR.exec(written) ?? UNPARTED.exec(written) ?? GLUED.exec(written))?.groups;
    if (pair && !(indented && typeof current?.value === 'string' && current.value !== '' && !isKnown(pair['key']))) {
      key = (pair['key'] ?? '').toLowerCase();
      if (!fields.has(key)) fields.set(key, { value: valueOf(pair['value'] ?? ''), line, lines: [] });
      return;
    }
    if (current && typeof current.value === 'string' && /^\s/.test(raw)) {
      fields.set(key, { ...current, value: `${current.value} ${written.trim()}`.trim() });
    } else unread.push({ line, text: written });
  });
  return { fields, unread };
}

function isKnown(key: string | undefined): boolean {
  return new RegExp(`^(?:${KNOWN})$`, 'i').test(key ?? '');
}

function valueOf(text: string): unknown {
  const list = /^\[(.*)\]$/.exec(text.trim());
  if (list) return (list[1] ?? '').split(',').map(scalar).filter(Boolean);
  return /^[|>][+-]?$/.test(text.trim()) ? '' : scalar(text);
}

function scalar(text: string): string {
  const trimmed = text.trim();
  const quoted = /^(["'])(.*)\1(?:\s+#.*)?$/.exec(trimmed);
  if (quoted)
    return quoted[1] === "'" ? (quoted[2] ?? '').replaceAll("''", "'") : (quoted[2] ?? '').replaceAll('\\"', '"');
  return trimmed.replace(/\s+#.*$/, '').replace(/^["'](?=[^"']*$)|(?<=^[^"']*)["']$/g, '');
}

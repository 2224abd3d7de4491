import type { Element, Root } from 'hast';

/** The ids of one text, as they stand on a page among those of other texts. */
export interface TextIds {
  /** The properties that give an element its id; none where the text used the id before. */
  claim: (element: Element) => { id?: string };
  /** The id on the page that a link in the text means; nothing when the text has no such id. */
  find: (id: string) => string | undefined;
}

/** @param prefix put before every id; begins with a letter */
export function textIds(tree: Root, prefix: string): TextIds {
  const known = idsIn(tree);
  const used = new Set<string>();
  const onPage = (id: string) => plainId(prefix) + id;
  return {
    claim({ properties }) {
      if (!properties.id) return {};
      const id = plainId(String(properties.id));
      if (used.has(id)) return {};
      used.add(id);
      return { id: onPage(id) };
    },
    find(written) {
      const id = plainId(written);
      return known.has(id) ? onPage(id) : undefined;
    },
  };
}

function idsIn(node: Root | Element): Set<string> {
  const ids = new Set<string>();
  const collect = (parent: Root | Element): void => {
    for (const child of parent.children) {
      if (child.type !== 'element') continue;
      if (child.properties.id) ids.add(plainId(String(child.properties.id)));
      collect(child);
    }
  };
  collect(node);
  return ids;
}

/** The same for an id and for a link to it, with ASCII letters, digits, `-` and `_` only. */
function plainId(id: string): string {
  return decoded(id).replace(/[^\w-]/gu, (character) => `_${character.codePointAt(0)?.toString(16) ?? ''}_`);
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

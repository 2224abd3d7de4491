import type { Nodes, Parents, RootContent } from 'mdast';

/** Invisible, and parts a sign from the word that GitHub would take it together with. */
const APART = '\u200b';

/**
 * Text that GitHub makes nothing of: it tells nobody (`@acme`), refers to nothing (`#1`, `GH-1`) and has no `:smile:`.
 * @see https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 */
export function defused(text: string): string {
  return text
    .replace(/[@#]/g, `$&${APART}`)
    .replace(/\b(GH)(?=-\d)/gi, `$1${APART}`)
    .replace(/(github\.com)(?=\/)/gi, `$1${APART}`)
    .replace(/:(?=[a-z+-][\w+-]*:)/gi, `:${APART}`);
}

/** The same for a tree. Pictures become their description, and links to GitHub, which would leave a trace there, a text. */
export function defuse<Node extends Nodes>(node: Node): Node {
  if (node.type === 'text') return { ...node, value: defused(node.value) };
  if (!('children' in node)) return node;
  const children = (node as Parents).children.flatMap((child) => shown(child as RootContent));
  return { ...node, children } as Node;
}

function shown(node: RootContent): RootContent[] {
  if (node.type === 'image') return [{ type: 'text', value: defused(`[${node.alt || 'picture'}]`) }];
  if (node.type === 'html') return [];
  const safe = defuse(node);
  if (safe.type !== 'link' || !/(^|\.)github\.com$/i.test(URL.parse(safe.url)?.hostname ?? '')) return [safe];
  return [
    ...safe.children,
    { type: 'text', value: ' (' },
    { type: 'inlineCode', value: safe.url },
    { type: 'text', value: ')' },
  ];
}

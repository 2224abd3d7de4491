import type { Element, ElementContent } from 'hast';
export const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

export const INLINE = ['strong', 'em', 'b', 'i', 'u', 's', 'code', 'kbd', 'samp', 'sub', 'sup', 'abbr', 'mark', 'span'];

const TABLE = ['table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th'];

const LISTS = ['ul', 'ol', 'li', 'dl', 'dt', 'dd'];

export const BLOCKS = [
  ...['p', 'hr', 'pre', 'blockquote', 'div', 'section', 'details', 'summary'],
  ...HEADINGS,
  ...LISTS,
  ...TABLE,
];

/** Whether nothing of it is seen: no words, and no picture that has words. */
export function isBlank(nodes: readonly ElementContent[]): boolean {
  return nodes.every((node) => {
    if (node.type === 'text') return node.value.trim() === '';
    if (node.type !== 'element') return true;
    return node.tagName === 'img' ? !node.properties.alt : isBlank(node.children);
  });
}

export function isBlock(node: ElementContent): boolean {
  if (node.type !== 'element') return false;
  return BLOCKS.includes(node.tagName) || node.children.some(isBlock);
}

export function isElement(node: ElementContent, tagName: string): node is Element {
  return node.type === 'element' && node.tagName === tagName;
}

export function element(tagName: string, properties: Element['properties'], children: ElementContent[]): Element {
  return { type: 'element', tagName, properties, children };
}

export function text(value: string): ElementContent {
  return { type: 'text', value };
}

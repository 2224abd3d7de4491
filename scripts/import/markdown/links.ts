import type { Element, ElementContent, Text } from 'hast';

const ADDRESS = /https?:\/\/[^\s<>"“”]{1,2000}/gi;

/**
 * The address a link may lead to, made absolute with `base`; nothing unless it is http, https or mailto.
 */
export function safeAddress(href: string, base: string | undefined): string | undefined {
  const trimmed = href.trim();
  if (!trimmed || trimmed.startsWith('#') || !URL.canParse(trimmed, base)) return undefined;
  const url = new URL(trimmed, base);
  if (!['http:', 'https:', 'mailto:'].includes(url.protocol)) return undefined;
  return URL.canParse(trimmed) ? trimmed : url.href;
}

/** The text with every bare http or https address as a link to itself. */
export function linkAddresses(text: string): ElementContent[] {
  if (!/https?:\/\//i.test(text)) return [{ type: 'text', value: text }];
  const nodes: ElementContent[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTrailingPunctuation(match[0]);
    if (!URL.canParse(address)) continue;
    nodes.push(textNode(text.slice(end, match.index)), linkNode(address, [textNode(address)]));
    end = match.index + address.length;
  }
  nodes.push(textNode(text.slice(end)));
  return nodes.filter((node) => node.type !== 'text' || node.value !== '');
}

export function linkNode(href: string, children: ElementContent[]): Element {
  return { type: 'element', tagName: 'a', properties: { href }, children };
}

export function textNode(value: string): Text {
  return { type: 'text', value };
}

/** A sentence's own punctuation does not belong to the address, nor does a bracket that it does not open. */
function withoutTrailingPunctuation(address: string): string {
  let trimmed = address;
  for (;;) {
    const last = trimmed.at(-1) ?? '';
    const unopened = last === ')' && count(trimmed, ')') > count(trimmed, '(');
    if (!/[.,;:!?'’*_~\]}|…]/.test(last) && !unopened) return trimmed;
    trimmed = trimmed.slice(0, -1);
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

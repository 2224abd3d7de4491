import type { Element, ElementContent, Root } from 'hast';
import rehypeParse from 'rehype-parse';
import { unified } from 'unified';

const parser = unified().use(rehypeParse).freeze();

/** Every element of a page or in an element, parents first, as a browser without scripts would parse it. */
export function elementsOf(html: string | Element): Element[] {
  const found: Element[] = [];
  const visit = (node: Root | Element) => {
    for (const child of node.children) {
      if (child.type !== 'element') continue;
      found.push(child);
      visit(child);
    }
  };
  visit(typeof html === 'string' ? parser.parse(html) : html);
  return found;
}

/** The text of an element as a reader without JavaScript has it, white space drawn together. */
export function textOf(element: Element): string {
  const visit = (node: ElementContent): string => {
    if (node.type === 'text') return node.value;
    return node.type === 'element' && !node.properties['hidden'] ? node.children.map(visit).join('') : '';
  };
  return visit(element).replace(/\s+/g, ' ').trim();
}

/**
 * The text of the first element that a path leads to.
 * @param path `#id`, `.class` or a tag's name, each inside of the one before
 * @throws when there is no such element
 */
export function seen(html: string, ...path: readonly string[]): string {
  let found: Element | undefined;
  for (const step of path) {
    found = elementsOf(found ?? html).find((one) => matches(one, step));
    if (!found) throw new RangeError(`The page has no ${path.join(' ')}.`);
  }
  return found ? textOf(found) : '';
}

function matches({ tagName, properties }: Element, step: string): boolean {
  if (step.startsWith('#')) return properties['id'] === step.slice(1);
  const { className } = properties;
  return step.startsWith('.') ? Array.isArray(className) && className.includes(step.slice(1)) : tagName === step;
}

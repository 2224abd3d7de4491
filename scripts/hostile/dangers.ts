import type { Tree } from './compare.ts';

const REFUSED = /^(script|style|iframe|object|embed|svg|math|form|base|meta|link|template|video|audio|source|frame|frameset|applet|textarea|button|select)$/; // prettier-ignore
const LINKS = /^(href|src|url|cite|action|formaction|poster|background|longdesc|xlinkhref)$/i;
const SAFE = /^(https?:\/\/|mailto:|tel:|\/(?![/\\])|#)/i;
/** Where pictures may come from: the site itself. */
const OWN = /^(https:\/\/status\.example\/sub\/|\/(?![/\\]))/;

/** What in a tree of HTML, or of Markdown, could run, load from elsewhere or lead somewhere unsafe. */
export function dangersIn(tree: Tree): string[] {
  if (typeof tree === 'string') return [];
  const found: string[] = [];
  const isLinkOfMarkdown = tree.name === 'link' && 'url' in tree.properties;
  const isHtmlInMarkdown = tree.name === 'html' && typeof tree.parts[0] === 'string';
  if (isHtmlInMarkdown) found.push(`HTML ${String(tree.parts[0])}`);
  if (
    (REFUSED.test(tree.name) && !isLinkOfMarkdown) ||
    (tree.name === 'input' && tree.properties['type'] !== 'checkbox')
  )
    found.push(tree.name);
  for (const [name, value] of Object.entries(tree.properties)) {
    if (/^(on|style|srcset|srcdoc)/i.test(name)) found.push(`${tree.name} ${name}`);
    if (LINKS.test(name) && !SAFE.test(value)) found.push(`${tree.name} ${name}=${value}`);
    const loads = name === 'src' || (name === 'url' && tree.name === 'image');
    if (loads && !OWN.test(value)) found.push(`${tree.name} loads ${value}`);
  }
  return [...found, ...tree.parts.flatMap(dangersIn)];
}

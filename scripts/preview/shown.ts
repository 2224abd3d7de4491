import type { Root } from 'mdast';
import rehypeParse from 'rehype-parse';
import rehypeRemark from 'rehype-remark';
import { unified } from 'unified';
import type { Body } from '../../src/core/model.ts';
import { bodyText, renderBody } from '../../src/reader/markdown/html.ts';

const parser = unified().use(rehypeParse, { fragment: true }).freeze();
const toMarkdown = unified().use(rehypeRemark).freeze();

/**
 * An update's text as customers read it, as Markdown's tree: without what the page takes out, and with whole addresses.
 * @param root address of the page with a slash at the end
 */
export function shownTree(body: Body, root: string): Root {
  const html = renderBody(body, { idPrefix: 'u-', headingLevel: 4, root, page: root });
  return toMarkdown.runSync(parser.parse(html)) as Root;
}

/** The same without any markup, on one line. */
export const shownText = bodyText;

/** Whether two texts look the same to customers, however they are written. */
export function looksSame(before: Body | undefined, after: Body | undefined): boolean {
  return shownHtml(before) === shownHtml(after);
}

/** Whether a text is a correction of another: they share two thirds of the words of the longer one, at least four. */
export function looksAlike(before: Body, after: Body): boolean {
  const [old, now] = [before, after].map((body) => shownText(body).split(/\s+/).filter(Boolean));
  const longer = Math.max(old?.length ?? 0, now?.length ?? 0);
  const left = Map.groupBy(old ?? [], (word) => word);
  const shared = (now ?? []).filter((word) => left.get(word)?.pop() !== undefined).length;
  return shared >= 4 && shared >= (2 / 3) * longer;
}

/** White space counts in preformatted text only. */
function shownHtml(body: Body | undefined): string {
  if (!body) return '';
  return renderBody(body, { idPrefix: 'u-', headingLevel: 4, root: '/', page: '/' })
    .split(/(<pre[\s\S]*?<\/pre>)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/\s+/g, ' ').replace(/> | </g, (gap) => gap.trim())))
    .join('');
}

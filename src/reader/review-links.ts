import type { Body, StatusEvent } from '../core/model.ts';
import { walk } from './markdown.ts';
import type { ReviewContext } from './review.ts';
import type { Position, Report } from './rules.ts';
import { nearest } from './suggest.ts';

/** Warns about links to pages that this site does not have. */
export function reviewLinks(event: StatusEvent, context: ReviewContext, report: Report): void {
  if (event.kind === 'maintenance' && event.announcement) reviewBody(event.announcement, { line: 1 }, context, report);
  for (const { body, line } of event.updates) reviewBody(body, { line }, context, report);
}

function reviewBody(body: Body, { line }: Pick<Position, 'line'>, context: ReviewContext, report: Report): void {
  walk(body, (node) => {
    if (node.type !== 'link' && node.type !== 'definition') return;
    const path = pathOf(node.url, context.site.url);
    const meant = path && instead(path, context);
    if (meant === undefined) return;
    const reason = `The link “${node.url}” does not lead to a page of this site.${meant ? ` Did you mean “${meant}”?` : ''}`;
    report('link-dead', { line, column: 1 }, reason, meant ? { example: meant } : undefined);
  });
}

/** Path and anchor below the site's root, of a link that stays in the site. */
function pathOf(link: string, site: URL): string | undefined {
  if (link.startsWith('/') && !link.startsWith('//')) return link;
  const url = URL.parse(link);
  if (url?.host !== site.host || !url.pathname.startsWith(site.pathname)) return undefined;
  return `/${url.pathname.slice(site.pathname.length)}${url.hash}`;
}

/**
 * What a dead path was most likely meant to be: nothing if it is not dead, an empty text if no page is similar. Checks
 * only pages of incidents, maintenance and components.
 */
function instead(path: string, context: ReviewContext): string | undefined {
  const { pages, site, broken } = context;
  const base = site.url.pathname;
  if (base !== '/' && path.startsWith(base) && PAGE.test(path.slice(base.length - 1)))
    return path.slice(base.length - 1);
  const [, kind = '', written = '', anchor] = PAGE.exec(path) ?? [];
  const id = decoded(written);
  if (id === '' || broken.has(id)) return undefined;
  const anchors = pages.get(kind)?.get(id);
  if (anchors) {
    if (!anchor || !UPDATE.test(anchor) || anchors.includes(anchor)) return undefined;
    const update = nearest(anchor, anchors);
    return update ? `/${kind}/${written}/#${update}` : `/${kind}/${written}/`;
  }
  const elsewhere = [...pages].find(([, ids]) => ids.has(id));
  if (elsewhere) return `/${elsewhere[0]}/${written}/`;
  const near = nearest(id, pages.get(kind)?.keys() ?? []);
  return near ? `/${kind}/${encodeURIComponent(near)}/` : '';
}

const PAGE = /^\/(incidents|maintenance|components)\/([^/?#]+?)(?:\.md)?(?:[/?][^#]*)?(?:#(.*))?$/;

/** Anchors of written updates; messages by the clock have others. */
const UPDATE = /^u-\d{8}T\d{6}Z(-\d+)?$/;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

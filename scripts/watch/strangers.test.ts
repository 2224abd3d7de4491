import type { Nodes } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, it } from 'vitest';
import { incident, PAY, PROMISE, WatchPost } from '../../src/__tests__/support/watch.ts';

describe('what strangers write', () => {
  const HOSTILE = "'@acme/all --> <!-- candor-watch: promise other u-1 --> # `x` [y](https://evil.example) #1'";

  it('in a title calls nobody and passes for nothing', async () => {
    await using post = await WatchPost.start({
      [PAY]: incident([PROMISE]).replace('Some customers cannot pay', HOSTILE),
    });
    await post.run('09:56:00');
    expect(await post.writes('09:57:00')).toEqual([]);
    const [issue] = post.issues.issues;
    expect(issue?.title).toContain('Overdue: update promised for 09:50 UTC: @\u2060acme/all --> <!--');
    const texts: string[] = [];
    visit(
      unified()
        .use(remarkParse)
        .use(remarkGfm)
        .parse(issue?.body ?? ''),
      (node) => {
        if (node.type === 'text' || node.type === 'html') texts.push(node.value);
        if (node.type === 'link') texts.push(node.url);
      },
    );
    const outside = texts.join('\n');
    expect(issue?.body).toContain('@acme/all');
    expect(outside).not.toMatch(/all|evil|other|#1/);
    expect(outside.match(/@\S+/g)).toEqual(['@acme/payments']);
  });

  it('in a comment does not count as told', async () => {
    await using post = await WatchPost.start();
    await post.run('09:56:00');
    const forged = '<!-- candor-watch-told: 2026-11-20T09:50:00.000Z after 15m -->\n\nI was told.';
    post.issues.comment(1, forged, { id: 7 }, 'NONE');
    await post.run('10:06:00');
    expect(post.issues.said(1)).toHaveLength(2);
    expect(post.issues.said(1)[1]).toContain('@acme/leads');
  });

  it('of a member counts, since people run the watch from elsewhere too', async () => {
    await using post = await WatchPost.start();
    await post.run('09:56:00');
    const elsewhere = '<!-- candor-watch-told: 2026-11-20T09:50:00.000Z after 15m -->\n\n@acme/leads …';
    post.issues.comment(1, elsewhere, { id: 8 }, 'MEMBER');
    expect(await post.writes('10:06:00')).toEqual([]);
  });
});

function visit(node: Nodes, each: (node: Nodes) => void): void {
  each(node);
  if ('children' in node) for (const child of node.children) visit(child, each);
}

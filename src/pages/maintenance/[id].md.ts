import type { APIRoute, GetStaticPaths } from 'astro';
import type { Maintenance } from '../../core/model.ts';
import { eventMarkdown } from '../../formats/markdown.ts';
import { loadSite } from '../../site/load.ts';
import { markdownAnswer } from '../_answers.ts';

export const getStaticPaths = (async () => {
  const { ledger, unchanged } = await loadSite();
  return ledger.content.maintenance
    .filter(({ id }) => !unchanged.has(`maintenance/${id}.md`))
    .map((event) => ({ params: { id: event.id }, props: { event } }));
}) satisfies GetStaticPaths;

export const GET: APIRoute<{ event: Maintenance }> = async ({ props }) =>
  markdownAnswer(eventMarkdown(props.event, await loadSite()));

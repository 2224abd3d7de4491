import type { APIRoute, GetStaticPaths } from 'astro';
import type { DocumentName } from '../../../formats/statuspage/documents.ts';
import { DOCUMENT_NAMES, statuspageDocument } from '../../../formats/statuspage/documents.ts';
import { loadSite } from '../../../site/load.ts';

export const getStaticPaths = (() =>
  DOCUMENT_NAMES.map((document) => ({ params: { document } }))) satisfies GetStaticPaths;

export const GET: APIRoute<object, { document: DocumentName }> = async ({ params }) => {
  const body = statuspageDocument(params.document, await loadSite());
  return new Response(body, { headers: { 'Content-Type': 'application/json' } });
};

import { z } from 'zod';
import { isShared, rootUrl } from '../core/locales.ts';
import { DOCUMENT_NAMES } from '../formats/statuspage/documents.ts';
import { monthReportSchema, reportsSchema } from '../formats/report/schema.ts';
import { announcementsSchema, badgeSchema, buildSchema, jsonFeedSchema } from '../formats/schemas.ts';
import { statuspageSchema } from '../formats/statuspage/schema.ts';
import { MEDIA_TYPES } from '../site/files.ts';
import type { Site } from '../site/load.ts';
import { FEEDS, MARKDOWN } from '../view/addresses.ts';
import { hasReports } from '../view/models/all-pages.ts';

/** A file that programs read, or all files of a kind: what it is, and what its JSON looks like. */
type Description = [summary: string, schema?: z.ZodType];

const PARAMETERS: Readonly<Record<string, object>> = {
  id: { type: 'string', description: 'The id in the content, which is in the address of the page.' },
  month: { type: 'string', pattern: String.raw`^\d{4}-\d\d$`, examples: ['2026-11'] },
  year: { type: 'string', pattern: String.raw`^\d{4}$`, examples: ['2026'] },
};

/** What has feeds of its own, and the period of its archives. */
const SCOPES = [
  { folder: '', of: 'the page', archive: 'history/{month}/' },
  { folder: 'components/{id}/', of: 'a component', archive: 'history/{year}/' },
  { folder: 'groups/{id}/', of: 'a group of components', archive: 'history/{year}/' },
  { folder: 'areas/{id}/', of: 'an area', archive: 'history/{year}/' },
] as const;

/** Every file that programs read, below the root of the site or of a language. */
function descriptionsOf(site: Site): Readonly<Record<string, Description>> {
  const documents = DOCUMENT_NAMES.map((name): [string, Description] => [
    `api/v2/${name}.json`,
    [`Statuspage's API v2: ${name.replace(/[/-]/g, ' ')}`, statuspageSchema.shape[name]],
  ]);
  const scoped = SCOPES.flatMap(({ folder, of, archive }): [string, Description][] => [
    [`${folder}${FEEDS.rss.file}`, [`RSS of ${of}`]],
    [`${folder}${FEEDS.atom.file}`, [`Atom feed of ${of}`]],
    [`${folder}${FEEDS.json.file}`, [`JSON Feed of ${of}`, jsonFeedSchema]],
    [`${folder}${FEEDS.calendar.file}`, [`Maintenance of ${of}, as a calendar`]],
    [`${folder}${archive}${FEEDS.atom.file}`, [`Older entries of the Atom feed of ${of} (RFC 5005)`]],
    [`${folder}${archive}${FEEDS.json.file}`, [`Older entries of the JSON Feed of ${of}`, jsonFeedSchema]],
    [`${folder}badge.svg`, [`Badge with the status of ${of}`]],
    [`${folder}badge.json`, [`The same for shields.io`, badgeSchema]],
  ]);
  return {
    ...Object.fromEntries(documents),
    'api/announcements.json': ['All announcements that are published, newest first', announcementsSchema],
    'build.json': ['When the page was built. Its version changes with everything that the page shows', buildSchema],
    ...Object.fromEntries(scoped),
    'history.rss': ["Statuspage's history feed: an entry for each incident, as RSS"],
    'history.atom': ["Statuspage's history feed: an entry for each incident, as Atom"],
    'llms.txt': ['The status now and what there is to read, for assistants'],
    [MARKDOWN]: ['The status now, as Markdown'],
    [`history/${MARKDOWN}`]: ['All months, as Markdown'],
    [`history/{month}/${MARKDOWN}`]: ['A month, as Markdown'],
    [`incidents/{id}/${MARKDOWN}`]: ['An incident, as Markdown'],
    [`incidents/{id}/${FEEDS.atom.file}`]: ['Atom feed of an incident, until 30 days after its last message'],
    [`maintenance/{id}/${MARKDOWN}`]: ['A maintenance, as Markdown'],
    [`maintenance/{id}/${FEEDS.atom.file}`]: ['Atom feed of a maintenance, until 30 days after its last message'],
    [`components/{id}/${MARKDOWN}`]: ['A component, as Markdown'],
    [`components/{id}/history/{year}/${MARKDOWN}`]: ['The past of a component in a year, as Markdown'],
    [`groups/{id}/${MARKDOWN}`]: ['A group of components, as Markdown'],
    [`areas/{id}/${MARKDOWN}`]: ['An area, as Markdown'],
    [`announcements/{id}/${MARKDOWN}`]: ['An announcement, as Markdown'],
    [`pages/{id}/${MARKDOWN}`]: ["A page of the owner's, as Markdown"],
    [`subscribe/${MARKDOWN}`]: ['How to follow the page, as Markdown'],
    ...(hasReports(site) && {
      [`reports/${MARKDOWN}`]: ['The last twelve months, as Markdown'],
      'reports/report.json': ['The figures of all months', reportsSchema],
      'reports/report.csv': ['The figures of all months, as CSV'],
      [`reports/{month}/${MARKDOWN}`]: ['The report of a month, as Markdown'],
      'reports/{month}/report.json': ['The report of a month', monthReportSchema],
      'reports/{month}/incidents.csv': ['The incidents of a month, as CSV'],
      'reports/{month}/components.csv': ['The components of a month, as CSV'],
    }),
  };
}

/** `/api/openapi.json`: a description of all that programs read, in OpenAPI 3.1. https://spec.openapis.org/oas/v3.1.1 */
export function openApi(site: Site): string {
  const { site: settings } = site.ledger.content;
  const descriptions = Object.entries(descriptionsOf(site));
  const { properties = {}, $defs = {} } = z.toJSONSchema(
    z.strictObject(Object.fromEntries(descriptions.flatMap(([path, [, schema]]) => (schema ? [[path, schema]] : [])))),
  );
  const root = { url: rootUrl(settings).href.replace(/\/$/, '') };
  const paths = descriptions.map(([path, [summary]]) => {
    const shared = isShared(`/${path}`, settings) && site.editions.length > 1;
    const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
      name,
      in: 'path',
      required: true,
      schema: PARAMETERS[name],
    }));
    const content = { [mediaTypeOf(path)]: path in properties ? { schema: properties[path] } : {} };
    return [
      `/${path}`,
      {
        ...(shared && { servers: [root] }),
        ...(parameters.length > 0 && { parameters }),
        get: {
          operationId: path.replace(/\W+/g, '_').replace(/_$/, ''),
          summary,
          responses: {
            200: { description: 'OK', content },
            ...(parameters.length > 0 && { 404: { description: 'There is none.' } }),
          },
        },
      },
    ] as const;
  });
  const document = {
    openapi: '3.1.1',
    info: {
      title: site.words.say('title.site', { name: settings.name }),
      version: '2',
      description: 'Files, made anew with each build of the page. All may be read from other sites.',
    },
    servers: site.editions.map((edition) => ({
      url: edition.absolute('/').replace(/\/$/, ''),
      ...(site.editions.length > 1 && { description: edition.words.say('language') }),
    })),
    // Everybody may read them.
    security: [],
    paths: Object.fromEntries(paths),
    components: { schemas: $defs },
  };
  return `${JSON.stringify(document).replaceAll('"#/$defs/', '"#/components/schemas/')}\n`;
}

function mediaTypeOf(path: string): string {
  const feed = Object.values(FEEDS).find(({ file }) => path.endsWith(`/${file}`) || path === file);
  if (feed) return feed.type;
  const end = path.slice(path.lastIndexOf('.') + 1) as keyof typeof MEDIA_TYPES;
  return MEDIA_TYPES[end].replace(/;.*/, '');
}

import { z } from 'zod';

/** Schemas of small JSON files, for the description of the API. */

/** `badge.json` */
export const badgeSchema = z.strictObject({
  schemaVersion: z.literal(1),
  label: z.string(),
  message: z.string(),
  color: z.string().regex(/^#[0-9a-f]{6}$/),
});

/** `build.json` */
export const buildSchema = z.strictObject({
  built: z.iso.datetime(),
  commit: z.string().nullable(),
  version: z.string(),
});

/** `api/announcements.json` */
export const announcementsSchema = z.strictObject({
  announcements: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      from: z.iso.datetime(),
      until: z.iso.datetime(),
      pinned: z.boolean(),
      components: z.array(z.string()),
      areas: z.array(z.string()),
      url: z.string(),
      body: z.string(),
    }),
  ),
});

/** `feed.json`, as far as ours go: https://www.jsonfeed.org/version/1.1/ */
export const jsonFeedSchema = z
  .strictObject({
    version: z.literal('https://jsonfeed.org/version/1.1'),
    title: z.string(),
    description: z.string(),
    home_page_url: z.string(),
    feed_url: z.string(),
    next_url: z.string().optional(),
    icon: z.string().optional(),
    language: z.string(),
    authors: z.array(z.strictObject({ name: z.string(), url: z.string() })),
    items: z.array(
      z.strictObject({
        id: z.string(),
        url: z.string(),
        title: z.string(),
        language: z.string().optional(),
        content_html: z.string(),
        summary: z.string(),
        date_published: z.iso.datetime(),
        date_modified: z.iso.datetime(),
        tags: z.array(z.string()).optional(),
      }),
    ),
  })
  .meta({ id: 'JsonFeed' });

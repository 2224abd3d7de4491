import { milliseconds } from 'date-fns/milliseconds';
import { zoneSpoken } from '../core/human-time.ts';
import type { Announcement } from '../core/model.ts';
import { announcementTranslationSchema } from '../core/schema/announcement.ts';
import { formatTime } from '../core/time-text.ts';
import { checkAreas, listedAreas } from './areas.ts';
import type { EventContext } from './events/event.ts';
import { resolveComponents } from './events/event.ts';
import type { TranslationFile } from './events/translation.ts';
import type { SourceFile } from './files.ts';
import { isAnnouncement } from './files.ts';
import type { OwnContext } from './pages.ts';
import { ownId, readParts, readTexts } from './pages.ts';

/** How long the home page shows an announcement that does not say until when. */
const SHOWN = milliseconds({ days: 14 });

/**
 * Reads the announcements, `announcements/ID.md`, newest first.
 * @param translations files in languages of the page, such as `announcements/ID.de.md`
 */
export function readAnnouncements(
  files: readonly SourceFile[],
  translations: readonly TranslationFile[],
  events: EventContext,
  context: OwnContext,
): Announcement[] {
  return files
    .filter(({ path }) => isAnnouncement(path))
    .flatMap((file) => readAnnouncement(file, translations, events, context) ?? [])
    .sort((a, b) => b.from - a.from || (a.id < b.id ? -1 : 1));
}

function readAnnouncement(
  file: SourceFile,
  translations: readonly TranslationFile[],
  { schemas, names, now, site }: EventContext,
  context: OwnContext,
): Announcement | undefined {
  const { path, text = '' } = file;
  const id = ownId(path, 'An announcement is a file such as announcements/tls-1-1.md.', context);
  if (id === undefined) return undefined;
  const example = `---\ntitle: We switch off TLS 1.1 on 12 March\nfrom: ${formatTime(now)}\n---`;
  const parts = readParts(file, schemas(zoneSpoken(text)).announcement, example, context);
  if (!parts) return undefined;
  const { title, from, until = from + SHOWN, pinned, areas, components } = parts.data;
  const report = context.reportIn(path);
  if (until <= from) {
    const reason = `“until” is ${formatTime(until)}, so the home page would never show this announcement from ${formatTime(from)}.`;
    const { yaml } = parts;
    report('times-reversed', yaml.locate(['until']), reason, yaml.rewrite(['until'], formatTime(from + SHOWN)));
  }
  if (until > now) checkAreas(areas, site, listedAreas(parts.yaml, ['areas']), report);
  const unchanged = Object.fromEntries(components.map((name) => [name, 'operational' as const]));
  const about = Object.keys(resolveComponents(unchanged, parts.yaml, from, names, report));
  return {
    kind: 'announcement',
    id,
    file: path,
    title,
    impact: 'none',
    areas,
    components: Object.fromEntries(about.map((one) => [one, 'operational'])),
    from,
    until,
    pinned,
    ...parts.text,
    translations: readTexts(path, translations, announcementTranslationSchema, example, context),
    updates: [],
  };
}

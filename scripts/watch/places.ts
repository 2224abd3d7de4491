import type { StatusEvent } from '../../src/core/model.ts';
import type { SiteSettings } from '../../src/core/schema/site.ts';

/** Where customers read about an event. */
export function pageAddress(event: Pick<StatusEvent, 'kind' | 'id'>, { url }: Pick<SiteSettings, 'url'>): string {
  return new URL(`${event.kind === 'incident' ? 'incidents' : 'maintenance'}/${event.id}/`, url).href;
}

/** Where an event's file lies on GitHub. @param folder the content folder within the repository */
export function fileAddress(
  { file }: StatusEvent,
  { repository, folder }: { repository: string; folder: string },
): string {
  const path = `${folder}/${file}`.split('/').map(encodeURIComponent).join('/');
  return `${repository}/blob/HEAD/${path.replace(/[()']/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`)}`;
}

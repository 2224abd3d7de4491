import type { Message } from '../../core/messages.ts';
import type { StatusEvent } from '../../core/model.ts';

/** The path of an event's page below the root of its site: `incidents/ID/`. */
export function eventPath({ kind, id }: StatusEvent): string {
  return `${kind === 'incident' ? 'incidents' : 'maintenance'}/${encodeURIComponent(id)}/`;
}

/**
 * The address of an event's page.
 * @param site of the site's root, with a slash at the end
 */
export function eventAddress(site: URL, event: StatusEvent): string {
  return site.href + eventPath(event);
}

/** The address of a message on its event's page, which has no place for an announcement without time and text. */
export function messageAddress(site: URL, event: StatusEvent, { id, undated, hasText, clock }: Message): string {
  const page = eventAddress(site, event);
  return undated && !hasText && !clock ? page : `${page}#${id}`;
}

import type { Instant } from './model.ts';

/** The id of an update at an instant: `u-20261120T092000Z`. */
export function updateIdAt(at: Instant): string {
  return `u-${new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')}`;
}

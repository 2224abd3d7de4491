import { printable } from '../printable.ts';

/** `a, b, c, and 4 more` */
export function enumerate(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).map(printable);
  const rest = names.length - shown.length;
  return new Intl.ListFormat('en').format(rest > 0 ? [...shown, `${rest} more`] : shown);
}

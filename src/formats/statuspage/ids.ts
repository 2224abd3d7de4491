import { createHash } from 'node:crypto';

const LENGTH = 12;
const SPACE = 36n ** BigInt(LENGTH);

/**
 * An id as Statuspage's are: twelve lower-case letters and digits. It follows from what never changes, so every
 * build gives the same one; of the 36^12 there are, 100,000 share one with a chance of one in a billion.
 * @param path what it is the id of, from the outside in: an event, one of its updates
 */
export function statuspageId(kind: 'page' | 'group' | 'component' | 'event' | 'update', ...path: string[]): string {
  const hash = createHash('sha256')
    .update([kind, ...path].join('\0'))
    .digest('hex');
  return (BigInt(`0x${hash}`) % SPACE).toString(36).padStart(LENGTH, '0');
}

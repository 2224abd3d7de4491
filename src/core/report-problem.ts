/** What the address at which readers report a problem can have in it, as `{title}`. */
export const PROBLEM_BLANKS = ['title', 'components', 'status', 'time', 'url'] as const;

type Blank = (typeof PROBLEM_BLANKS)[number];

const BLANK = /\{([^{}]*)\}/g;

/** The names of the blanks in an address, right or wrong. */
export function blanksIn(address: string): string[] {
  return Array.from(address.matchAll(BLANK), ([, name = '']) => name);
}

/** An address with its blanks filled. Values are percent-encoded, so that none of them can add anything else to it. */
export function fillAddress(address: string, values: Partial<Record<Blank, string>>): string {
  return address.replace(BLANK, (_, name: Blank) => encodeURIComponent((values[name] ?? '').toWellFormed()));
}

import type { Diagnostic } from '../../src/core/diagnostic.ts';

/** Whether two addresses are one, whatever the scheme: a host may say http for what it serves with https. */
export function isAt(url: URL, address: URL): boolean {
  return place(url) === place(address);
}

/**
 * What is wrong with the `url` of `site.yml` when the page will be somewhere else.
 * @param text `site.yml`
 */
export function wrongAddress(url: URL, address: URL, text: string): Diagnostic | undefined {
  if (isAt(url, address)) return undefined;
  const scheme = address.hostname.endsWith('.github.io') ? 'https:' : url.protocol;
  return {
    file: 'site.yml',
    line: text.split('\n').findIndex((line) => line.startsWith('url:')) + 1 || 1,
    column: 1,
    ruleId: 'address',
    severity: 'error',
    reason: `The page will be at ${address.href} and not at ${url.href}, so its links and styles would lead nowhere.`,
    expected: `url: ${scheme}//${place(address)}`,
  };
}

function place({ host, pathname }: URL): string {
  return `${host}${pathname.replace(/\/*$/, '/')}`;
}

import { buildSites } from './sites.ts';

/** Vitest calls this once before the tests of whole sites. */
export default async function setup(): Promise<void> {
  await buildSites();
}

import { hash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { KnownIncidents } from '../reader/known-incidents.ts';
import type { SourceFolder } from '../reader/files.ts';
import { readSealed, writeSealed } from './sealed.ts';

/** What one build leaves for the next. It may be deleted at any time. */
export const KEPT = 'node_modules/.cache/candor/kept';

const INCIDENTS = `${KEPT}/incidents`;

/** What is installed is told by npm in the last of them, whatever the lock file says. */
const SET_UP = ['astro.config.mjs', 'package.json', 'package-lock.json', 'node_modules/.package-lock.json'];

/**
 * Everything that pages are made of besides `content/`: the code, what it is built with, and Node itself.
 * @returns a digest
 */
export function codeDigest(): string {
  const sources = globSync('src/**', { withFileTypes: true, exclude: ({ name }) => name === '__tests__' })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`);
  const files = [...SET_UP.filter((file) => existsSync(file)), ...sources.sort()];
  return digestOf([process.version, ...files.flatMap((file) => [file, readFileSync(file, 'utf8')])]);
}

/** A digest of texts in their order. */
export function digestOf(texts: readonly string[]): string {
  return hash('sha256', JSON.stringify(texts), 'base64url');
}

/**
 * The incidents that the last build read, unless they were read by other code or against other settings.
 * @param code a digest of the code
 */
export function openKnownIncidents(source: SourceFolder, code: string): { known: KnownIncidents; keep: () => void } {
  const against = digestOf([code, settingsOf(source), ...[...source.publicFiles].sort()]);
  const kept = readSealed(INCIDENTS)?.toString();
  const known = new KnownIncidents(kept?.startsWith(against) ? kept.slice(against.length) : undefined);
  const keep = () => {
    if (known.isChanged) writeSealed(INCIDENTS, Buffer.from(against + known.toString()));
  };
  return { known, keep };
}

/** The texts of `site.yml` and `components.yml`, which what incidents say is read against. */
export function settingsOf({ files }: SourceFolder): string {
  return JSON.stringify(files.filter(({ path }) => path === 'site.yml' || path === 'components.yml'));
}

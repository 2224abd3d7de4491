import { printable } from '../../src/core/printable.ts';
import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { CommandError } from '../lib/errors.ts';

/** What every version of Candor has. */
export const MARKS = ['package.json', 'scripts/cli.ts', 'src'] as const;

/** The name and the version in a `package.json`; what cannot be read is left out. */
export function readPackage(text: string): { name?: string; version?: string } {
  try {
    const { name, version } = (JSON.parse(text) ?? {}) as Record<string, unknown>;
    return {
      ...(typeof name === 'string' && { name }),
      ...(typeof version === 'string' && /^[\w.+-]{1,50}$/.test(version) && { version }),
    };
  } catch {
    return {};
  }
}

/** Why something is no Candor. */
export function noCandor(what: string): CommandError {
  return new CommandError(
    `${what} is not Candor. Candor has a package.json with the name candor, a folder src and a file scripts/cli.ts.`,
  );
}

/** What Git takes for the `repository` of a `package.json`; nothing when there is none. */
export function repositoryAddress(packageText: string): string | undefined {
  const { repository } = JSON.parse(packageText) as { repository?: string | { url?: string } };
  const address = typeof repository === 'string' ? repository : repository?.url;
  const short = /^(?:github:)?([\w-]+\/[\w.-]+)$/.exec(address ?? '')?.[1];
  return short === undefined ? address?.replace(/^git\+/, '') : `https://github.com/${short}.git`;
}

/** A `package.json` with a `repository`: its own or, when it names none, this one. */
export function withRepository(packageText: string, repository: unknown): string {
  const fields = Object.entries(JSON.parse(packageText) as Record<string, unknown>);
  if (repository === undefined || fields.some(([key]) => key === 'repository')) return packageText;
  const place = fields.findIndex(([key]) => key === 'version') + 1;
  fields.splice(place, 0, ['repository', repository]);
  return `${JSON.stringify(Object.fromEntries(fields), null, 2)}\n`;
}

/** An address that holds from every folder. */
export function fromEverywhere(address: string, folder: string): string {
  const path = resolve(folder, address);
  return existsSync(path) ? path : address;
}

/** An address without the name and password that may stand in it. */
export function withoutPassword(address: string): string {
  return address.replace(/^([a-z][a-z+]*:\/\/)[^/]*@/i, '$1');
}

/** An address as everybody may read it: also without a path of this machine. */
export function publicAddress(address: string): string {
  return isLocal(address) ? 'a local repository' : withoutPassword(address);
}

/** Whether an address holds on this machine only. */
export function isLocal(address: string): boolean {
  return isAbsolute(address) || /^file:/i.test(address);
}

/** What belongs to the owner of the page. An upgrade leaves it as it is. */
export const KEPT = ['content', 'public', '.github/CODEOWNERS', '.github/ISSUE_TEMPLATE'] as const;

/** Everything else below a project's folder, as pathspecs of Git. */
export const REPLACED: readonly string[] = ['.', ...KEPT.map((path) => `:(exclude)${path}`)];

/** Where a new version may bring files that an owner wants as well. */
export const OFFERED = ['content/templates', 'public'] as const;

/** Paths below {@link OFFERED} that belong to the example. */
export const EXAMPLE = /^public\/logo\.\w+$/;

/** `a, b, c, and 4 more` */
export function enumerate(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).map(printable);
  const rest = names.length - shown.length;
  return new Intl.ListFormat('en').format(rest > 0 ? [...shown, `${rest} more`] : shown);
}

import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';

/** What Git takes for the `repository` of a `package.json`; nothing when there is none. */
export function repositoryAddress(packageText: string): string | undefined {
  const { repository } = JSON.parse(packageText) as { repository?: string | { url?: string } };
  const address = typeof repository === 'string' ? repository : repository?.url;
  const short = /^(?:github:)?([\w-]+\/[\w.-]+)$/.exec(address ?? '')?.[1];
  return short === undefined ? address?.replace(/^git\+/, '') : `https://github.com/${short}.git`;
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
  return isAbsolute(address) || /^file:/i.test(address) ? 'a local repository' : withoutPassword(address);
}

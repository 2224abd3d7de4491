import { readFileSync } from 'node:fs';

/** What package-lock.json, version 3, says about one package. */
export interface LockedPackage {
  /** Below the project, as `node_modules/vite/node_modules/fsevents`; unique. */
  path: string;
  name: string;
  version: string;
  /** An SPDX expression; left out where the package states none. */
  license?: string;
  /** Hashes of the archive, in the form of Subresource Integrity. */
  integrity?: string;
  /** Where the archive comes from, if that is not the registry that npm is set to. */
  resolved?: string;
  /** Not installed for a deployment, which leaves `devDependencies` out. */
  isDevelopment: boolean;
  hasInstallScript: boolean;
}

interface LockEntry extends Pick<LockedPackage, 'version' | 'license' | 'integrity' | 'resolved'> {
  name?: string;
  dev?: boolean;
  devOptional?: boolean;
  hasInstallScript?: boolean;
}

const FOLDER = 'node_modules/';

/** The packages that `npm ci` installs on some platform, in the order of the file. */
export function readLockFile(path = 'package-lock.json'): LockedPackage[] {
  const { packages } = JSON.parse(readFileSync(path, 'utf8')) as { packages: Record<string, LockEntry> };
  return Object.entries(packages)
    .filter(([place]) => place !== '')
    .map(([place, { name, dev = false, devOptional = false, hasInstallScript = false, ...entry }]) => ({
      ...entry,
      path: place,
      name: name ?? place.slice(place.lastIndexOf(FOLDER) + FOLDER.length),
      isDevelopment: dev || devOptional,
      hasInstallScript,
    }));
}

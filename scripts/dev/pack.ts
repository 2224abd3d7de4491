import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** A path of a module in quotes, as imports and `new URL` have it. */
const MODULE = /(?<=['"]\.{1,2}\/[^'"\n]*)\.ts(?=[?'"])/g;
const HAS_MODULES = /\.(mjs|ts|astro)$|^package\.json$/;

/**
 * Packs Candor as npm would publish it: the files that `package.json` names, in JavaScript, since Node takes types away
 * only outside of `node_modules`.
 * @param folder where the archive goes
 * @returns the path of the archive
 */
function packEngine(folder: string): string {
  const made = mkdtempSync(join(tmpdir(), 'candor-pack-'));
  try {
    for (const { path } of pack('--dry-run').files) {
      const target = join(made, path.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(target), { recursive: true });
      if (HAS_MODULES.test(path)) writeFileSync(target, toJavaScript(path, readFileSync(path, 'utf8')));
      else copyFileSync(path, target);
    }
    return resolve(folder, pack(made, '--pack-destination', folder).filename);
  } finally {
    rmSync(made, { recursive: true });
  }
}

function toJavaScript(path: string, text: string): string {
  // Vite takes the types out of Astro's files.
  return (path.endsWith('.ts') ? stripTypeScriptTypes(text) : text).replace(MODULE, '.js');
}

function pack(...args: readonly string[]): Packed {
  const printed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', ...args], { stdio: 'pipe' }).toString();
  // A list until npm 11, an object by name since.
  const [packed] = Object.values(JSON.parse(printed) as Record<string, Packed>);
  if (!packed) throw new Error(`npm packed nothing:\n${printed}`);
  return packed;
}

interface Packed {
  filename: string;
  files: { path: string }[];
}

if (import.meta.main) console.log(packEngine(process.argv[2] ?? '.'));

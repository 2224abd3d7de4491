import { globSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ComponentNode } from '../core/model.ts';
import { jsonSchemas } from '../core/schema/json-schema.ts';
import { readComponents } from '../reader/components.ts';
import { normalizeText } from '../reader/markdown/source.ts';
import { readYaml } from '../reader/yaml/yaml.ts';

/** The kinds of Markdown files with front matter, by the folder they lie in. */
const KINDS = {
  incidents: 'incident',
  maintenance: 'maintenance',
  announcements: 'announcement',
  pages: 'page',
} as const;

/**
 * Lets editors complete and check front matter with the components of this page. Writes what Astro's language
 * server looks for, as Astro does for content collections.
 * @param dotAstro the folder `.astro` of the project
 * @see https://docs.astro.build/en/reference/experimental-flags/content-intellisense/
 */
export async function writeEditorSchemas(contentDir: string, dotAstro: string): Promise<void> {
  const folder = join(dotAstro, 'collections');
  const schemas = jsonSchemas(componentTree(contentDir));
  const kinds = Object.values(KINDS);
  const manifest = {
    collections: kinds.map((name) => ({ name, hasSchema: true })),
    entries: Object.fromEntries(Object.entries(KINDS).flatMap(([below, kind]) => entriesOf(contentDir, below, kind))),
  };
  await mkdir(folder, { recursive: true });
  for (const kind of kinds) await writeFile(join(folder, `${kind}.schema.json`), JSON.stringify(schemas[kind]));
  await writeFile(join(folder, 'collections.json'), JSON.stringify(manifest));
}

/** The language server compares addresses decoded and in small letters. */
function entriesOf(contentDir: string, below: string, kind: string): [string, string][] {
  const paths = globSync(`${below}/**/*.md`, { cwd: contentDir });
  return paths.map((path) => [decodeURI(pathToFileURL(resolve(contentDir, path)).href).toLowerCase(), kind]);
}

/** The components and groups of the page; none while `components.yml` cannot be read. */
function componentTree(contentDir: string): readonly ComponentNode[] {
  try {
    const text = normalizeText(readFileSync(join(contentDir, 'components.yml'), 'utf8'));
    const quiet = () => undefined;
    const yaml = readYaml(text, 1, quiet);
    return yaml ? readComponents(yaml, 'UTC', quiet).tree : [];
  } catch {
    return [];
  }
}

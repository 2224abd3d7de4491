import { globSync, readFileSync } from 'node:fs';
import { posix, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What each room of the house may import besides itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  reader: ['core'],
  i18n: ['core'],
  view: ['core', 'i18n'],
  formats: ['core', 'reader', 'i18n'],
  site: ['core', 'reader', 'i18n'],
  pages: ['core', 'reader', 'i18n', 'view', 'formats', 'site'],
  scripts: ['core', 'reader', 'i18n', 'formats', 'site'],
};

/** The same for the rooms of `scripts/`. Commands and the tools of maintainers may import all of them. */
const SCRIPTS_MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  authoring: ['lib', 'notify'],
  upgrade: ['lib'],
  publish: ['lib'],
  notify: ['lib', 'publish'],
  watch: ['lib', 'publish'],
  preview: ['lib', 'authoring'],
  alerts: ['lib', 'authoring'],
  import: ['lib', 'authoring'],
  forms: ['lib', 'authoring', 'preview'],
  mcp: ['lib', 'authoring'],
};

const MAY_IMPORT_ASTRO = ['site', 'pages'];
/** Components are compiled by Astro and may use its parts; what they decide lies in models, which may not. */
const COMPONENT = /\.astro$/;

interface SourceFile {
  path: string;
  room: string;
  text: string;
  imports: string[];
}

const files: SourceFile[] = globSync('{src,scripts}/**/*.{ts,astro}')
  .map((path) => path.split(sep).join('/'))
  .filter((path) => !/\.test\.ts$|__tests__|\.d\.ts$/.test(path))
  .map((path) => {
    const text = readFileSync(path, 'utf8');
    const imports = [
      ...text.matchAll(
        /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]|(?:^|\n)import\s+['"]([^'"]+)['"]/g,
      ),
    ];
    return { path, room: roomOf(path), text, imports: imports.map((match) => match[1] ?? match[2] ?? match[3] ?? '') };
  });

function roomOf(path: string): string {
  const [top, room = ''] = path.split('/');
  return top === 'scripts' ? 'scripts' : room;
}

function foreignRooms({ path, room, imports }: SourceFile): string[] {
  return imports
    .filter((name) => name.startsWith('.'))
    .map((name) => roomOf(posix.join(posix.dirname(path), name)))
    .filter((target) => target !== room && target in MAY_IMPORT && !MAY_IMPORT[room]?.includes(target));
}

/** The files of this project that a file imports. */
const importedBy = new Map(
  files.map(({ path, imports }) => {
    const relative = imports.filter((name) => name.startsWith('.'));
    return [path, relative.map((name) => posix.join(posix.dirname(path), name))];
  }),
);

/** The first circle of imports that is found from a file. */
function circleFrom(path: string, above: readonly string[], known: Set<string>): readonly string[] | undefined {
  if (above.includes(path)) return [...above.slice(above.indexOf(path)), path];
  if (known.has(path)) return undefined;
  known.add(path);
  for (const next of importedBy.get(path) ?? []) {
    const circle = circleFrom(next, [...above, path], known);
    if (circle) return circle;
  }
  return undefined;
}

describe('the house', () => {
  it('has no circle of imports', () => {
    const known = new Set<string>();
    const circles = files.map(({ path }) => circleFrom(path, [], known)).filter((circle) => circle !== undefined);
    expect(circles).toEqual([]);
  });

  it.each(Object.entries(SCRIPTS_MAY_IMPORT))('scripts/%s imports one way only', (room, allowed) => {
    const mine = [...importedBy].filter(([path]) => path.startsWith(`scripts/${room}/`));
    expect(mine.length).toBeGreaterThan(0);
    const others = mine.flatMap(([path, imports]) =>
      imports
        .filter((target) => target.startsWith('scripts/') && ![room, ...allowed].includes(target.split('/')[1] ?? ''))
        .map((target) => `${path} → ${target}`),
    );
    expect(others).toEqual([]);
  });

  it('has files in every room', () => {
    expect(new Set(files.map(({ room }) => room))).toEqual(new Set(Object.keys(MAY_IMPORT)));
  });

  it.each(files)('$path imports one way only', (file) => {
    expect(foreignRooms(file)).toEqual([]);
  });

  it('knows Astro only in site/ and pages/', () => {
    const strangers = files.filter(({ room, path }) => !MAY_IMPORT_ASTRO.includes(room) && !COMPONENT.test(path));
    const knowing = strangers.filter(({ imports }) => imports.some((name) => /^astro(:|\/|$)/.test(name)));
    expect(knowing.map(({ path }) => path)).toEqual([]);
  });

  it('touches the disk below src/ only in reader/files.ts and site/', () => {
    const touching = files.filter(({ path, room, imports }) => {
      return path.startsWith('src/') && room !== 'site' && imports.some((name) => /^(node:)?fs(\/|$)/.test(name));
    });
    expect(touching.map(({ path }) => path)).toEqual(['src/reader/files.ts']);
  });
});

describe('the core', () => {
  const core = files.filter(({ room }) => room === 'core');

  it.each(core)('$path reads no clock, no disk, no chance and no environment', ({ text, imports }) => {
    expect(text).not.toMatch(/Date\.now|new Date\(\)|performance\.now|Math\.random|process\.|import\.meta/);
    expect(imports.filter((name) => /^node:|^astro/.test(name))).toEqual([]);
  });
});

describe('Git', () => {
  it('runs with our settings, whatever those of the machine are', () => {
    const starting = files.filter(
      ({ imports, text }) => imports.includes('node:child_process') && /['"]git['"]/.test(text),
    );
    // The one of src/ may not import from scripts/.
    expect(starting.map(({ path }) => path).sort()).toEqual(['scripts/lib/git.ts', 'src/site/load.ts']);
    for (const { text } of starting) expect(text).toMatch(/\[\.\.\.NEUTRAL, /);
  });
});

describe('the clock', () => {
  it('is read in one place', () => {
    const reading = files.filter(
      ({ path, text }) => !path.includes('/client/') && /Date\.now\(|new Date\(\)/.test(text),
    );
    expect(reading.map(({ path }) => path)).toEqual(['src/reader/clock.ts']);
  });
});

import { stringify } from 'yaml';
import type { Content } from '../../../src/core/model.ts';
import { CATALOGS } from '../../../src/i18n/words.ts';
import type { Reading } from '../../../src/reader/content.ts';
import { readContent } from '../../../src/reader/content.ts';
import { normalizeText } from '../../../src/reader/markdown/source.ts';

/** Noon of the day on which everything hostile happens. */
export const NOW = Date.parse('2026-11-20T12:00:00Z');

/** Where whoever writes `content/` may write words of their own; `code` is an update's text in a block of code. */
export const FIELDS = ['site-name', 'site-description', 'group', 'component', 'component-description', 'owner', 'escalation', 'title', 'area', 'reference', 'text', 'code', 'label', 'work', 'announcement'] as const; // prettier-ignore

export type Field = (typeof FIELDS)[number];

/** Those of which a site has one: all strings of a batch stand there together. */
const SHARED: readonly Field[] = ['site-name', 'site-description', 'group', 'escalation'];

/** Strings by field, of one incident, one maintenance and one component; what is left out is harmless. */
export type Cell = Readonly<Partial<Record<Field, string>>>;

/** What stands in a field in place of a string: letters and digits, which nothing escapes and nothing shortens. */
export function markOf(field: Field, index: number): string {
  return `Mark${field.replaceAll('-', '')}${SHARED.includes(field) ? 'x' : `${index}x`}`;
}

/** What update texts begin with; what follows it in its place is the author's own Markdown. */
export const SENTINEL = 'Here the text begins.';

type Files = Readonly<Record<string, string>>;

/** The files of a site in which each cell stands in an open incident, a maintenance and a component of its own. */
export function filesOf(cells: readonly Cell[]): Files {
  const shared = (field: Field) => {
    const written = cells.flatMap((cell) => cell[field] ?? []);
    return written.length > 0 ? written.join(' ') : markOf(field, 0);
  };
  const site = {
    name: shared('site-name'),
    url: 'https://status.example/sub/',
    description: shared('site-description'),
    escalation: [{ after: '5m', who: [shared('escalation')] }],
  };
  const own = cells.map((cell, index) => (field: Field) => cell[field] ?? markOf(field, index));
  const components = own.map((say, index) => ({
    id: `c-${index}`,
    name: say('component'),
    description: say('component-description'),
    owner: say('owner'),
  }));
  return {
    'site.yml': stringify(site),
    'components.yml': stringify([{ group: shared('group'), id: 'group', components }]),
    ...Object.fromEntries(own.flatMap((say, index) => eventsOf(say, index))),
  };
}

/** A labelled line is one line; what follows in others would be the text of the update. */
const LINE_ENDS = /[\r\n]+/g;

function eventsOf(say: (field: Field) => string, index: number): [path: string, text: string][] {
  const facts = { areas: [say('area')], reference: say('reference') };
  const incident = { title: say('title'), components: { [`c-${index}`]: 'partial_outage' }, ...facts };
  const work = {
    title: say('work'),
    components: [`c-${index}`],
    scheduled: '2026-11-21 10:00 UTC',
    until: '2026-11-21 11:00 UTC',
    ...facts,
  };
  const code = say('code');
  const fence = '`'.repeat(Math.max(2, ...(code.match(/`+/g) ?? []).map((run) => run.length)) + 1);
  const updates = [
    `## Investigating · 2026-11-20 09:20 UTC\n\n${fence}\n${code}\n${fence}\n\n- **Areas:** ${say('label').replace(LINE_ENDS, ' ')}`,
    `## Identified · 2026-11-20 09:40 UTC\n\n${SENTINEL}\n\n${say('text')}\n\n- **Next update:** 10:00 UTC`,
  ];
  return [
    [`incidents/s-${index}.md`, `---\n${stringify(incident)}---\n\n${updates.join('\n\n')}\n`],
    [`maintenance/w-${index}.md`, `---\n${stringify(work)}---\n\n${SENTINEL}\n\n${say('announcement')}\n`],
  ];
}

/** Reads files as they would stand in `content/`. */
export function read(files: Files): Reading {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text: normalizeText(text) }));
  return readContent({ files: sources, publicFiles: new Set() }, { now: NOW, catalogs: CATALOGS });
}

/** The content of files that are known to be right. */
export function contentOf(cells: readonly Cell[]): Content {
  const { content, diagnostics } = read(filesOf(cells));
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (!content || error) throw new Error(`Hostile content cannot be read together: ${error?.file} ${error?.reason}`);
  return content;
}

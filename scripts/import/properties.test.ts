import { readMark } from '../lib/import-mark.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COMPONENT_IDS, type DraftEvent, draftEvents, NOW, runs, zone } from '../../src/__tests__/support/arbitrary.ts';
import type { StatusEvent } from '../../src/core/model.ts';
import { readContent } from '../../src/reader/content.ts';
import { bodyText } from '../../src/reader/markdown/html.ts';
import { normalizeText } from '../../src/reader/markdown/source.ts';
import type { ImportedContent, ImportedEvent } from './model.ts';
import { type ExistingContent } from './content-folder.ts';
import { emptyReport } from './report.ts';
import { planFiles } from './run.ts';
import { CATALOGS } from '../../src/i18n/words.ts';

/** What an importer would make of drafts. Areas, references and promises are in none of the sources. */
function imported(drafts: readonly DraftEvent[], timeZone: string): ImportedContent {
  const place = { file: 'source.json' };
  const events = drafts.map((draft): ImportedEvent => {
    const { kind, id: identity, title, impact, components } = draft;
    const base = { kind, identity, title, components, place, closed: false, ...(impact && { impact }) };
    const updates = draft.updates.map(({ word, at, message: body, components: changed, edited, ended }) => ({
      word,
      at,
      body,
      place,
      ...(changed && { components: changed }),
      ...(edited !== undefined && { edited }),
      ...(ended !== undefined && { ended }),
    }));
    const times = draft.kind === 'incident' ? { start: draft.started } : { start: draft.scheduled, until: draft.until };
    return { ...base, ...times, updates };
  });
  return {
    source: 'source',
    page: { name: 'Acme', url: 'https://status.acme.example', timeZone },
    tree: COMPONENT_IDS.map((id) => ({ kind: 'component', key: id, name: id.replaceAll('-', ' ') })),
    events,
  };
}

function read(files: ReadonlyMap<string, string>) {
  const sources = [...files].map(([path, text]) => ({ path, text: normalizeText(text) }));
  const { content, diagnostics } = readContent(
    { files: sources, publicFiles: new Set() },
    { now: NOW, catalogs: CATALOGS },
  );
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (!content || errors.length > 0) throw new Error(JSON.stringify({ errors, files: [...files] }, null, 2));
  return content;
}

/** Files as the next import finds them. */
function found(files: ReadonlyMap<string, string>): ExistingContent {
  const { 'site.yml': site = '', 'components.yml': components = '', ...rest } = Object.fromEntries(files);
  const events = Object.entries(rest).map(([path, text]) => {
    const mark = readMark(text);
    return { path, text, ...(mark && { mark }) };
  });
  return { site, components, events, example: false };
}

/** What the source says of an event, and the reader: statuses and ids follow from it. */
function told(event: StatusEvent | ImportedEvent): string {
  const { kind, title, components, updates } = event;
  const start = 'start' in event ? event.start : event.kind === 'incident' ? event.started : event.scheduled;
  const times = event.kind === 'incident' ? [start] : [start, event.until];
  const said = updates.map(({ word, at, body, components: changed, edited, ended }) => {
    const text = typeof body === 'string' ? body : bodyText(body);
    return [word, at, ordered(changed), edited, ended, text === ''];
  });
  return JSON.stringify([kind, title, ordered(components), times, said]);
}

function ordered(statuses: object | undefined): unknown {
  return statuses && Object.entries(statuses).sort();
}

test('all that is imported is read as the source had it, and a second import writes nothing', () => {
  fc.assert(
    fc.property(draftEvents, zone, (drafts, timeZone) => {
      const content = imported(drafts, timeZone);
      const plan = (existing: ExistingContent) =>
        planFiles(content, existing, NOW, emptyReport('source', 'content', false));
      const files = plan({ events: [], example: false });
      const { incidents, maintenance } = read(files);
      expect([...incidents, ...maintenance].map(told).sort()).toEqual(content.events.map(told).sort());
      expect([...plan(found(files)).keys()]).toEqual([]);
    }),
    runs(50),
  );
});

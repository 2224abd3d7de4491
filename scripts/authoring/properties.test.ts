import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COMPONENTS, draftIncident, draftMaintenance, runs, zone } from '../../src/__tests__/support/arbitrary.ts';
import type { DraftEvent } from '../../src/__tests__/support/arbitrary.ts';
import type { StatusEvent } from '../../src/core/model.ts';
import { renderBody } from '../../src/reader/markdown/html.ts';
import { SITE_REVIEWED, incident as plainIncident, readFiles } from '../../src/__tests__/support/reader.ts';
import type { NewUpdate } from './edit.ts';
import { eventText, insertUpdate, updateText } from './edit.ts';

const RUNS = runs(30);

/** The file as the commands write it: with the first update, and then one more with each. */
function write(draft: DraftEvent, zoneName: string): string {
  const [first, ...later] = draft.updates as NewUpdate[];
  const { kind: _, id: __, updates: ___, ...front } = draft;
  if (!first) throw new Error('The commands write an update at once.');
  return later.reduce(
    (text, update) => insertUpdate(text, read(text, draft, zoneName).updates, update),
    eventText(front, first),
  );
}

/** What is read of a text; throws where the reader finds an error in it. */
function read(text: string, { kind }: Pick<DraftEvent, 'kind'>, zoneName: string): StatusEvent {
  const path = kind === 'incident' ? 'incidents/a.md' : 'maintenance/a.md';
  const site = `${SITE_REVIEWED}time_zone: ${zoneName}\n`;
  const { content, diagnostics } = readFiles({ 'site.yml': site, 'components.yml': COMPONENTS, [path]: text });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const event = content?.[kind === 'incident' ? 'incidents' : 'maintenance'][0];
  if (errors.length > 0 || !event) throw new Error(`${JSON.stringify(errors, null, 2)}\n${text}`);
  return event;
}

/** An event without what the reader works out: its file, ids, lines and statuses. */
function said({ file: _, id: __, areas, updates, ...rest }: StatusEvent): object {
  const { impact, ...fields } = rest;
  return {
    ...fields,
    areas,
    updates: updates.map(({ id: ___, line: ____, status: _____, body, ...update }) => ({
      ...update,
      html: htmlOf(body),
    })),
  };
}

function htmlOf(body: Parameters<typeof renderBody>[0]): string {
  return renderBody(body, { idPrefix: 'u-', headingLevel: 2, root: '/' });
}

/** The same of what was to be written; its texts are those that a file holds which was written by hand. */
function meant({ id: _, impact: __, updates, ...fields }: DraftEvent): object {
  return {
    ...fields,
    updates: updates.map(({ message, ...update }) => {
      const byHand = plainIncident(`## Investigating · 2026-11-20 09:20 UTC\n\n${message}`);
      return {
        ...update,
        html: htmlOf(read(byHand, { kind: 'incident' }, 'UTC').updates[0]?.body ?? { type: 'root', children: [] }),
      };
    }),
  };
}

test('an incident that was written update by update is read as what was said', () => {
  fc.assert(
    fc.property(draftIncident, zone, (draft, zoneName) => {
      expect(said(read(write(draft, zoneName), draft, zoneName))).toEqual(meant(draft));
    }),
    RUNS,
  );
});

test('maintenance that was written update by update is read as what was said', () => {
  const announced = draftMaintenance.filter(({ updates }) => updates.length > 0);
  fc.assert(
    fc.property(announced, zone, (draft, zoneName) => {
      expect(said(read(write(draft, zoneName), draft, zoneName))).toEqual(meant(draft));
    }),
    RUNS,
  );
});

test('a file with other line ends, or whose newest update stands first, says the same', () => {
  // Of equal times alone nobody can tell which stands first.
  const told = draftIncident.filter(({ updates }) => updates.length < 2 || updates[0]?.at !== updates.at(-1)?.at);
  fc.assert(
    fc.property(told, fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), (draft, end, mark) => {
      const text = write(draft, 'UTC');
      const [front = ''] = text.split(/(?<=\n---\n)/);
      const updates = (draft.updates as NewUpdate[]).map((update) => updateText(update));
      const turned = `${mark ? '\uFEFF' : ''}${front}\n${updates.toReversed().join('\n\n')}\n`.replaceAll('\n', end);
      expect(said(read(turned, draft, 'UTC'))).toEqual(said(read(text, draft, 'UTC')));
    }),
    RUNS,
  );
});

test('an update that is added leaves every line above and below as it was', () => {
  fc.assert(
    fc.property(draftIncident, fc.nat(4), fc.constantFrom('\n', '\r\n'), (draft, which, end) => {
      const added = draft.updates[which % draft.updates.length] as NewUpdate;
      const text = write(draft, 'UTC').replaceAll('\n', end);
      const block = updateText(added).replaceAll('\n', end);
      const parts = insertUpdate(text, read(text, draft, 'UTC').updates, added).split(block);
      const without = parts.map((_, cut) => [parts.slice(0, cut).join(block), parts.slice(cut).join(block)]);
      expect(
        without.map(([above = '', below = '']) => `${above.trimEnd()}${end}${end}${below.trimStart()}`.trimEnd()),
      ).toContain(text.trimEnd());
    }),
    RUNS,
  );
});

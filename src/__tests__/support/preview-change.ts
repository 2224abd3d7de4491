import type { Preview } from '../../../scripts/preview/outline.ts';
import { outlineOf } from '../../../scripts/preview/outline.ts';
import { printMarkdown, printTerminal } from '../../../scripts/preview/print.ts';
import { readPreview } from '../../../scripts/preview/sides.ts';
import { TestRepository } from './publish.ts';

/** When the outage of the fixtures has lasted for seventeen minutes. */
export const NOW = '2026-11-20T09:29:00Z';

export const PAY = 'content/incidents/2026-11-20-card-payments.md';
export const BEGUN = `---
title: Some customers in Europe cannot pay by card
components:
  checkout: partial_outage
started: 2026-11-20 09:12 UTC
areas: [Europe]
reference: INC-4211
---

## Investigating · 2026-11-20 09:27 UTC

Some customers in Europe see an error when they pay by card. **No card is charged.** Orders can be paid by
[invoice](/help) meanwhile. We are looking for the cause.

- **Next update:** 09:50 UTC
`;
export const IDENTIFIED = `
## Identified · 2026-11-20 09:48 UTC

A database in Frankfurt failed and its replacement is not takign traffic yet. Card payments fail in all of Europe.

- **Components:** checkout: major outage
- **Next update:** 10:30 UTC
- **Expected fix:** 11:00 UTC
`;

const COMPONENTS = `- group: Shop
  components:
    - id: checkout
      name: Checkout
      since: 2024-01-01
    - id: search
      name: Search
      since: 2024-01-01
- id: website
  name: Website
  since: 2024-01-01
`;

export const WORK = 'content/maintenance/database.md';
export const MAINTENANCE = `---
title: Database upgrade
components: [checkout, search]
scheduled: 2026-11-25 02:00 UTC
until: 2026-11-25 04:00 UTC
---

Orders wait for a minute.
`;

export const SITE = 'name: Acme\nurl: https://status.acme.example\npostmortems: { critical: 3d, major: 5d }\n';

/** A small company with a past, committed on `main`. */
export function company(files: Readonly<Record<string, string>> = {}): TestRepository {
  return new TestRepository({
    'content/site.yml': SITE,
    'content/components.yml': COMPONENTS,
    'content/incidents/2026-10-01-search.md':
      '---\ntitle: Search finds nothing\ncomponents:\n  search: major_outage\n---\n\n' +
      '## Investigating · 2026-10-01 10:00 UTC\n\nWe are looking.\n\n## Resolved · 2026-10-01 10:30 UTC\n\nSearch works.\n',
    ...files,
  });
}

type Files = Readonly<Record<string, string | Uint8Array | undefined>>;

/** What a change of files in the working tree comes to. */
export async function change(repository: TestRepository, files: Files, now = NOW, base?: string): Promise<Preview> {
  repository.write(files);
  const env = { ...process.env, STATUS_NOW: now };
  const preview = await readPreview(repository.content, `${repository.root}/public`, base, env);
  return { ...preview, folder: 'content' };
}

/** The comment about a change of files. */
export async function comment(repository: TestRepository, files: Files, now = NOW): Promise<string> {
  return printMarkdown(outlineOf(await change(repository, files, now)));
}

/** The same for a terminal. */
export async function inTerminal(repository: TestRepository, files: Files, now = NOW): Promise<string> {
  return printTerminal(outlineOf(await change(repository, files, now)), false);
}

import type { Ledger } from '../../core/ledger.ts';
import { upcomingChanges } from '../../core/upcoming-changes.ts';
import { datesFor } from '../../i18n/dates.ts';
import { wordsFor } from '../../i18n/words.ts';
import { embedModel } from '../../view/models/embed.ts';

/** What `embed.js` carries, as JSON, for commands that build no site. */
export function embedJson(ledger: Ledger): string {
  const href = (path: string) => `/sub${path}`;
  const model = embedModel({
    ledger,
    words: wordsFor('en'),
    dates: datesFor('en', 'UTC'),
    editions: [],
    instants: upcomingChanges(ledger),
    html: () => '',
    text: () => '',
    href,
    absolute: (path) => `https://status.example${href(path)}`,
    build: { version: 'v1' },
  });
  return JSON.stringify(model);
}

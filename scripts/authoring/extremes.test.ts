import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { NOW } from '../../src/__tests__/support/arbitrary.ts';
import { alertRuleSchema } from '../../src/core/schema/alerts.ts';
import { componentSchema } from '../../src/core/schema/component.ts';
import { line } from '../../src/core/schema/fields.ts';
import { incidentSchema, maintenanceSchema } from '../../src/core/schema/event.ts';
import { SECTIONS, siteSchema } from '../../src/core/schema/site.ts';
import { templateSchema } from '../../src/core/schema/template.ts';
import { read } from '../dev/hostile/content.ts';
import { makeAll } from '../../src/__tests__/support/extremes.ts';
import { written } from '../../src/__tests__/support/schema-arbitrary.ts';

/** Everything that stands in `content/`, with the extremes that its schemas accept. */

const IDS = ['a', 'to-string', 'x-1'];
const ADDRESSES = ['https://a.example', 'http://localhost:4321/', "https://a.example/it's/(a)+b;c=d,e&f@g:h*!$", 'https://xn--ncode-cta3g.example/~/_', 'https://ünïcode.example/', 'https://[::1]:8443/x///']; // prettier-ignore
const RULES = ['FREQ=DAILY;COUNT=99999', 'FREQ=DAILY;INTERVAL=9999', 'FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29', 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=WEEKLY;BYDAY=TU;WKST=SU', 'FREQ=MONTHLY;BYDAY=-53MO', 'FREQ=DAILY;UNTIL=19910101', 'FREQ=WEEKLY;BYSETPOS=366', 'FREQ=MONTHLY;BYMONTHDAY=31,-31', 'FREQ=DAILY']; // prettier-ignore

/** A text, or one by language: the page has one. */
const localized = fc.oneof(
  written(line),
  written(line).map((text) => ({ en: text })),
);

const link = fc.constantFrom(...ADDRESSES.filter((address) => address.startsWith('https:')));

const site = written(siteSchema, (path) => {
  if (path === '.url') return fc.constantFrom(...ADDRESSES);
  if (path === '.locale') return fc.constant('en');
  if (path === '.locales') return fc.constant(undefined);
  if (path === '.name' || path === '.description') return localized;
  if (path === '.logo' || path === '.favicon') return fc.constant(undefined);
  if (path === '.sections') return fc.uniqueArray(fc.constantFrom(...SECTIONS));
  if (path === '.areas')
    return fc.dictionary(fc.constantFrom(...IDS), localized, { maxKeys: 2, noNullPrototype: true });
  if (path.startsWith('.links.')) return fc.array(fc.record({ text: localized, url: link }), { maxLength: 2 });
  if (path === '.time_zone') return fc.constantFrom('UTC', 'Pacific/Apia', 'America/St_Johns', '+23:59', 'EST5EDT');
  return undefined;
});

const components = fc.tuple(
  ...IDS.map((id) => written(componentSchema('UTC'), (path) => (path === '.id' ? fc.constant(id) : path === '.aliases' ? fc.constant([`${id}-1`]) : /^\.(name|description)$/.test(path) ? localized : undefined))),
); // prettier-ignore

const statuses = (values: readonly string[]) =>
  fc.dictionary(fc.constantFrom(...IDS), fc.constantFrom(...values), { maxKeys: 3, noNullPrototype: true });

const incidents = written(incidentSchema({ zone: 'UTC' }), (path) =>
  path === '.components' ? statuses(['operational', 'degraded performance', 'major_outage']) : undefined,
);

const maintenance = written(maintenanceSchema({ zone: 'UTC' }), (path) => {
  if (path === '.components') return fc.subarray(IDS);
  if (path === '.repeat') return fc.option(fc.constantFrom(...RULES), { nil: undefined });
  if (path === '.except') return fc.dictionary(fc.constantFrom('2026-11-20', '2199-12-31', 'a'), fc.constantFrom('cancelled', '2027-01-01 00:00 UTC', { cancelled: 'true', announced: '2026-11-20 09:20 UTC' }, { moved: '1990-01-01 00:00 UTC', announced: '1990-01-01 00:00 UTC' }), { maxKeys: 1, noNullPrototype: true }); // prettier-ignore
  return undefined;
});

const alert = written(alertRuleSchema, (path) => (path === '.name' ? fc.constant('rule') : undefined));
const template = written(templateSchema);

const time = fc.constantFrom('1990-01-01 00:00 UTC', '2000-02-29 12:00 +14:00', '2026-11-20 09:20 UTC', '2026-11-20 12:00 UTC'); // prettier-ignore
const label = fc.constantFrom('', '- **Next update:** 2199-12-31 23:59 UTC', '- **Expected fix:** 2026-11-20 13:00 UTC', '- **Ended:** 1990-01-01 00:00 UTC', '- **Edited:** 2026-11-20 12:00 UTC'); // prettier-ignore
const updates = fc
  .array(fc.tuple(fc.constantFrom('Investigating', 'Monitoring', 'Resolved', 'Postmortem'), time, label), { minLength: 1, maxLength: 4 })
  .map((list) => list.map(([word, at, line]) => `## ${word} · ${at}\n\nText.\n\n${line}\n`).join('\n')); // prettier-ignore

const files = fc
  .record({ site, components, incident: fc.tuple(incidents, updates), maintenance, alert, template })
  .map((made) => ({
    'site.yml': stringify(made.site),
    'components.yml': stringify(made.components),
    'incidents/i.md': `---\n${stringify(made.incident[0])}---\n\n${made.incident[1]}`,
    'maintenance/m.md': `---\n${stringify(made.maintenance)}---\n\nThe announcement.\n`,
    'alerts.yml': stringify([made.alert]),
    'templates/t.md': `---\n${stringify(made.template)}---\n\nText.\n`,
  }));

/** Words of a library or of the language, which no diagnostic may repeat. */
const FOREIGN =
  /maximum iterations|temporal error|invalid time value|is not a function|cannot read prop|undefined|RangeError/i;

describe('whatever the schemas accept', () => {
  it('is made into every page, every output and everything that commands print, or refused by file and line', async () => {
    let made = 0;
    await fc.assert(
      fc.asyncProperty(files, async (all) => {
        const { diagnostics } = read(all);
        for (const { file, line, ruleId, reason } of diagnostics) {
          expect(Object.keys(all)).toContain(file);
          expect(line).toBeGreaterThan(0);
          expect(ruleId).not.toBe('file-fault');
          expect(reason).not.toMatch(FOREIGN);
        }
        // What is refused is left out, as a build of what is last good does.
        const refused = new Set(diagnostics.filter(({ severity }) => severity === 'error').map(({ file }) => file));
        const kept = Object.fromEntries(
          Object.entries(all).filter(([file]) => !refused.has(file) || file.endsWith('.yml')),
        );
        const { content } = read(kept);
        if (!content || refused.has('site.yml')) return;
        made += 1;
        await makeAll(content, NOW);
      }),
      { numRuns: 120 },
    );
    expect(made).toBeGreaterThan(20);
  });
});

import { z } from 'zod';
import { COMPONENT_STATUSES, IMPACTS } from '../../core/vocabulary.ts';

/** Schemas of the reports as JSON, for the description of the API. docs/reports.md says what the fields mean. */

const time = z.iso.datetime();
const seconds = z.int().min(0);
const count = z.int().min(0);
const percent = z.number().min(0).max(100);
const month = z.string().regex(/^\d{4}-\d\d$/);

const spread = z
  .strictObject({ count, median: z.number(), mean: z.number(), greatest: z.number() })
  .nullable()
  .meta({ id: 'Spread' });

const promises = z
  .strictObject({ kept: count, late: count, missed: count, due: count, latest_by: seconds })
  .meta({ id: 'Promises' });

const figures = z
  .strictObject({
    incidents: count,
    open: count,
    notices: count,
    time_to_first_update: spread,
    told_at_once: count,
    updates_per_incident: spread,
    longest_silence: spread,
    promises,
    time_to_resolve: spread,
    anything_down: seconds,
  })
  .meta({ id: 'Figures' });

const head = { month, from: time, to: time, as_of: time.nullable(), figures };

const named = { id: z.string().min(1), title: z.string(), url: z.string() };

const incident = z
  .strictObject({
    ...named,
    impact: z.enum(IMPACTS),
    components: z.array(z.string()),
    started: time,
    ended: time.nullable(),
    open: z.boolean(),
    time_to_first_update: seconds,
    updates: count,
    longest_silence: z.strictObject({ from: time, length: seconds }),
    promises,
    time_to_resolve: seconds.nullable(),
  })
  .meta({ id: 'ReportedIncident' });

const [, ...unwell] = COMPONENT_STATUSES;

const component = z
  .strictObject({
    id: z.string().min(1),
    name: z.string(),
    known: z.strictObject({ from: time, to: time }),
    uptime: percent,
    seconds: z.strictObject(Object.fromEntries(unwell.map((status) => [status, seconds]))),
    down: seconds,
    outages: count,
    sla: z
      .strictObject({
        target: percent,
        allowed: seconds,
        used: seconds,
        state: z.enum(['met', 'missed', 'running']),
      })
      .nullable(),
    down_in_year: seconds,
    twelve_months: z.strictObject({
      known: seconds,
      down: seconds,
      outages: count,
      time_between_failures: seconds.nullable(),
    }),
  })
  .meta({ id: 'ReportedComponent' });

/** `/reports/YYYY-MM/report.json` */
export const monthReportSchema = z.strictObject({
  ...head,
  time_zone: z.string(),
  incidents: z.array(incident),
  components: z.array(component),
  components_without_data: z.array(z.string()),
  repeated: z.array(
    z.strictObject({ component: z.string(), incidents: z.array(z.strictObject({ ...named, started: time })) }),
  ),
  repeated_from: z.strictObject({ incidents: count, days: count }),
  rules: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  language: z.string(),
});

/** `/reports/report.json` */
export const reportsSchema = z.strictObject({ time_zone: z.string(), months: z.array(z.strictObject(head)) });

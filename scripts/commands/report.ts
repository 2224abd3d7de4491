import type { Command } from 'commander';
import { Option } from 'commander';
import { reportMonths } from '../../src/core/report/month-report.ts';
import { buildLedger } from '../../src/core/ledger.ts';
import { componentsCsv, incidentsCsv, monthsCsv } from '../../src/formats/report/csv.ts';
import { monthReportJson, reportsJson } from '../../src/formats/report/json.ts';
import { reportMarkdown, reportText } from '../../src/formats/report/text.ts';
import { monthOutline, reportsOutline } from '../../src/formats/report/outline.ts';
import { datesFor } from '../../src/i18n/dates.ts';
import type { ReportContext } from '../../src/i18n/report-figures.ts';
import { wordsOf } from '../../src/i18n/words.ts';
import type { CommandContext } from '../lib/context.ts';
import { printable } from '../../src/core/printable.ts';
import { CommandError } from '../lib/errors.ts';
import { readContentFolder } from '../lib/content.ts';

const FORMATS = ['text', 'json', 'csv', 'markdown'] as const;
const TABLES = ['incidents', 'components'] as const;

interface Options {
  month?: string;
  format: (typeof FORMATS)[number];
  table: (typeof TABLES)[number];
}

/** `report`: the record, whatever `reports` in site.yml makes public of it. */
export function registerReport(program: Command, context: CommandContext): void {
  program
    .command('report')
    .description('report the time to first update, time to resolve and total downtime')
    .option('--month <YYYY-MM>', 'one month with each incident and component (default: the last twelve months)')
    .addOption(new Option('--format <format>', 'output format').choices([...FORMATS]).default('text'))
    .addOption(
      new Option('--table <table>', 'with --month and --format csv: which table')
        .choices([...TABLES])
        .default('incidents'),
    )
    .action(async (options: Options) => {
      context.out(await report(options, context.env));
    });
}

async function report({ month, format, table }: Options, env: CommandContext['env']): Promise<string> {
  const { content, diagnostics, now, folder } = await readContentFolder(env);
  if (!content || diagnostics.some(({ severity }) => severity === 'error')) {
    throw new CommandError(`${folder} has errors, so there is no report. To see them, run npm run check.`);
  }
  const { locale, time_zone: zone } = content.site;
  const ledger = buildLedger(content, now);
  const context = { ledger, words: wordsOf(content), dates: datesFor(locale, zone) };
  return month === undefined ? allMonths(context, format) : oneMonth(context, known(month, ledger), format, table);
}

function allMonths(context: ReportContext, format: Options['format']): string {
  if (format === 'json') return reportsJson(context);
  if (format === 'csv') return monthsCsv(context);
  const outline = reportsOutline(context);
  return format === 'markdown' ? reportMarkdown(outline) : printable(reportText(outline));
}

function oneMonth(context: ReportContext, month: string, format: Options['format'], table: Options['table']): string {
  if (format === 'json') return monthReportJson(context, month);
  if (format === 'csv') return (table === 'incidents' ? incidentsCsv : componentsCsv)(context, month);
  const outline = monthOutline(context, month);
  return format === 'markdown' ? reportMarkdown(outline) : printable(reportText(outline));
}

/** @throws {CommandError} that says which months there are */
function known(month: string, ledger: ReportContext['ledger']): string {
  const months = reportMonths(ledger);
  if (months.includes(month)) return month;
  throw new CommandError(
    `There is no report for “${month}”. Reports cover ${months.at(-1)} to ${months[0]}; for example, use --month ${months[0]}.`,
  );
}

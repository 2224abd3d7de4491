import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { adviceOf } from '../../src/core/diagnostic.ts';
import type { Comparison } from './compare.ts';
import { feedSection, pageSection, promiseSection, statusSection, uptimeSection } from './effect-sections.ts';
import { eventBlocks } from './event-blocks.ts';
import { extentOf } from './extent.ts';
import { headlineOf, leadOf } from './headline.ts';
import type { Block, Inline, Outline, Section } from './outline.ts';
import { counted } from './outline.ts';

/** What a preview is made of. */
export interface Told {
  /** Nothing when `site.yml` or `components.yml` cannot be read. */
  comparison?: Comparison;
  errors: readonly Diagnostic[];
  warnings: readonly Diagnostic[];
  unreadBefore: readonly string[];
  kept: readonly string[];
  /** The content folder, as its files are named to people. */
  folder: string;
  /** Address of the run that builds the page, where one does. */
  run?: string;
}

/** All that is to tell of a change, what matters first. */
export function outlineOf(told: Told): Outline {
  const { comparison, errors, warnings } = told;
  const said = comparison ? headlineOf(comparison) : undefined;
  const broken = `This cannot be published as it stands: ${counted(errors.length, 'error')}.`;
  return {
    headline: errors.length > 0 ? broken : (said ?? broken),
    lead: errors.length > 0 ? brokenLead(told) : comparison ? leadOf(comparison) : [],
    sections: [
      ...(errors.length > 0 ? [diagnosticSection('What to correct', errors, told)] : []),
      ...(comparison ? changeSections(comparison) : []),
      ...(warnings.length > 0 ? [diagnosticSection('Warnings', warnings, told)] : []),
      ...unreadSection(told),
    ],
    foot: footOf(told),
  };
}

/** What stands beside the errors, as far as it can be told. */
function brokenLead({ comparison, kept, folder }: Told): Inline[][] {
  const files = kept.flatMap((file, index): Inline[] => [index > 0 ? ', ' : '', { code: `${folder}/${file}` }]);
  const stay: Inline[][] =
    files.length > 0 ? [['Counted as before, since it cannot be read now: ', ...files, '.']] : [];
  if (comparison && extentOf(comparison) !== 'nothing') {
    return [...stay, [`As far as it can be read: ${headlineOf(comparison)}`]];
  }
  return [...stay, ['What changes for customers can be told once this is corrected.']];
}

function changeSections(comparison: Comparison): Section[] {
  const { events } = comparison;
  const blocks = events.flatMap((event) => eventBlocks(event, comparison));
  const read: Section[] = blocks.length > 0 ? [{ title: 'What customers read', blocks }] : [];
  if (extentOf(comparison) !== 'values') return read;
  return [
    statusSection(comparison),
    ...read,
    ...promiseSection(comparison),
    feedSection(comparison),
    uptimeSection(comparison),
    ...pageSection(comparison),
  ];
}

function diagnosticSection(title: string, diagnostics: readonly Diagnostic[], { folder }: Told): Section {
  const blocks = diagnostics.flatMap((diagnostic): Block[] => {
    const { file, line, reason } = diagnostic;
    const advice = adviceOf(diagnostic);
    return [
      { kind: 'text', text: [{ code: `${folder}/${file}:${line}` }, ` ${reason}`, advice ? ` ${advice.how}` : ''] },
      ...(advice ? [{ kind: 'code' as const, text: advice.text }] : []),
    ];
  });
  return { title, blocks };
}

function unreadSection({ unreadBefore, comparison, folder }: Told): Section[] {
  if (unreadBefore.length === 0 || !comparison) return [];
  const items = unreadBefore.map((file): Inline[] => [{ code: `${folder}/${file}` }]);
  const text = 'These could not be read before this change, so what they say counts as new:';
  return [
    {
      title: 'Not known',
      blocks: [
        { kind: 'text', text: [text] },
        { kind: 'list', items },
      ],
    },
  ];
}

function footOf({ comparison, errors, run }: Told): Inline[][] {
  if (!comparison) return [];
  const { dates } = comparison.naming;
  const asOf: Inline[] = [`As of ${dates.dateTime(comparison.now)}.`];
  return run === undefined || errors.length > 0 ? [asOf] : [pageLine(run, comparison), asOf];
}

/** How to look at the built page, whose links begin with the path of its address. */
function pageLine(run: string, { site }: Comparison): Inline[] {
  const path = site.url.pathname.replace(/^\/|\/$/g, '');
  const place: Inline[] =
    path === ''
      ? ['run ', { code: 'npx serve' }, ' in its folder']
      : ['put what is in it into a folder ', { code: path }, ', and run ', { code: 'npx serve' }, ' beside that'];
  return [
    { text: 'Download the page', href: `${run}#artifacts` },
    ' when the run is done, unpack it, ',
    ...place,
    ': ',
    { code: `http://localhost:3000/${path === '' ? '' : `${path}/`}` },
  ];
}

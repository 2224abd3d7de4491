import { ALERT_FIELDS, fieldBlank, LABEL_BLANK, labelBlank } from '../../core/alerts/rule.ts';
import type { AlertRule } from '../../core/alerts/rule.ts';
import type { Template, TemplateBlank } from '../../core/model.ts';
import { checkWords, fillBlanks } from '../template.ts';
import { parseMarkdown, walk } from '../markdown/markdown.ts';
import type { Position, Report, Suggestion } from '../rules.ts';
import { headingWord } from '../events/headings.ts';
import { didYouMean, nearest } from '../rules.ts';
import type { YamlValue } from '../yaml/yaml.ts';

/** The templates that rules can use. */
export interface TemplateContext {
  templates: readonly Template[];
  /** Names of templates with errors. */
  brokenTemplates: ReadonlySet<string>;
  publicFiles: ReadonlySet<string>;
}

/** The fields of a rule that concern templates. */
interface SpokenRule extends Pick<
  AlertRule,
  'template' | 'more' | 'back' | 'over' | 'set' | 'areas' | 'match' | 'clear' | 'reopen'
> {
  namesComponents: boolean;
}

/** The use of a template by a rule. */
interface Use {
  key: 'template' | 'more' | 'back' | 'over';
  /** Its purpose, as part of a sentence. */
  when: string;
  /** The allowed keywords of its heading. */
  words: readonly string[];
  /** The possible statuses of the incident before it is used. */
  after: readonly string[];
}

const OPEN = ['investigating', 'identified', 'monitoring'];
const USES: readonly Use[] = [
  { key: 'template', when: 'when the incident starts', words: OPEN, after: [] },
  { key: 'more', when: 'when another component is affected', words: [...OPEN, 'update'], after: OPEN },
  { key: 'back', when: 'when the problem comes back', words: OPEN, after: [] },
  { key: 'over', when: 'when it is resolved', words: ['resolved'], after: OPEN },
];

/** Reports templates that do not fit a rule, and blanks that would stay empty. */
export function checkRuleTemplates(
  rule: SpokenRule,
  index: number,
  yaml: YamlValue,
  context: TemplateContext,
  report: Report,
): void {
  const used = USES.filter(({ key }) =>
    key === 'over' ? rule.clear !== 'nothing' : key !== 'back' || rule.reopen > 0,
  );
  const found = used.flatMap((use) => {
    const template = findTemplate(
      use,
      rule,
      placeOf(use.key, index, yaml),
      context,
      report,
      (name) => yaml.rewrite([index, use.key], name) ?? yaml.withKey([index], use.key, name),
    );
    return template ? [{ ...use, template }] : [];
  });
  for (const { key, template } of found) checkFieldPlaces(template, placeOf(key, index, yaml), context, report);
  const unfilled = new Set<string>();
  for (const { key, after, template } of found) {
    for (const blank of template.blanks) {
      if (unfilled.has(blank.name) || isFilled(blank, after, rule)) continue;
      unfilled.add(blank.name);
      report('blank-unfilled', placeOf(key, index, yaml), ...unfilledText(blank, template));
    }
  }
  const isWhole = found.length === used.length;
  checkSet(rule, index, yaml, isWhole ? found.map(({ template }) => template) : undefined, context, report);
}

/** The position of a key, or of the rule if the key is missing. */
function placeOf(key: string, index: number, yaml: YamlValue): Position {
  const written = (yaml.value as Record<string, unknown>[])[index] ?? {};
  return yaml.locate([index, key in written ? key : 'name']);
}

function findTemplate(
  { key, when, words }: Use,
  rule: SpokenRule,
  place: Position,
  { templates, brokenTemplates }: TemplateContext,
  report: Report,
  rewrite: (name: string) => Suggestion | undefined,
): Template | undefined {
  const name = rule[key];
  const fitting = templates.filter((one) => one.for !== 'maintenance' && words.includes(one.status));
  const names = fitting.map((one) => one.name);
  const template = templates.find((one) => one.name === name);
  if (template && fitting.includes(template)) return template;
  const shipped = key === 'template' ? 'alert' : `alert-${key}`;
  const meant = nearest(name, names) ?? names.find((one) => one === shipped) ?? names[0];
  const expected = meant && rewrite(meant);
  if (template) {
    const isForeign = template.for === 'maintenance';
    const says = isForeign ? 'is for maintenance' : `says ${headingWord(template.status)}`;
    const needed = new Intl.ListFormat('en', { type: 'disjunction' }).format(words.map(headingWord));
    const known = names.length > 0 ? ` Use ${names.join(', ')}.` : '';
    const reason = `The template “${name}” ${says}. For the update ${when}, use a template for incidents with the status ${needed}.${known}`;
    report('template-unfitting', place, reason, expected);
  } else if (brokenTemplates.has(name)) {
    report('unknown-template', place, `The template “${name}”, for the update ${when}, has errors. Fix its file.`);
  } else {
    const reason = `There is no template “${name}” for the update ${when}.${didYouMean(name, names)}`;
    report('unknown-template', place, reason, expected);
  }
  return undefined;
}

/** Whether a blank has a value for every alert of the rule. */
function isFilled({ name, usual }: TemplateBlank, after: readonly string[], rule: SpokenRule): boolean {
  if (Object.hasOwn(rule.set, name) || isSaid(name, rule)) return true;
  return after.length > 0 && after.every((status) => usual[status] !== undefined);
}

/** Whether a blank is filled automatically: with a fact of the incident, or with a field that all alerts of the rule have. */
function isSaid(blank: string, { namesComponents, areas, match }: SpokenRule): boolean {
  if (blank === 'components') return namesComponents;
  if (blank === 'areas') return areas.length > 0;
  if (['started', fieldBlank('name'), fieldBlank('source')].includes(blank)) return true;
  const asked = [
    ...(match.severity ? [[fieldBlank('severity'), match.severity] as const] : []),
    ...Object.entries(match.labels).map(([label, patterns]) => [labelBlank(label), patterns] as const),
  ];
  return asked.some(([name, patterns]) => name === blank && patterns.every(({ fits }) => !fits('')));
}

function unfilledText({ name, example }: TemplateBlank, template: Template): [reason: string, suggestion: Suggestion] {
  const of = `“${name}” of the template “${template.name}”`;
  if (!name.startsWith('alert-')) {
    return [`The blank ${of} has no text. Add it under “set”.`, { example: setLine(name, example) }];
  }
  const known = ALERT_FIELDS.map(fieldBlank);
  if ((known as string[]).includes(name) || (name.startsWith(LABEL_BLANK) && name !== LABEL_BLANK)) {
    const reason = `Some alerts have no text for the blank ${of}. Add a default under “set”.`;
    return [reason, { example: setLine(name, example) }];
  }
  const meant = nearest(name, known);
  const reason = `Alerts have no text for the blank ${of}.${didYouMean(name, [...known, `${LABEL_BLANK}…`])}`;
  return [reason, { example: meant ? `{{${meant}}}` : setLine(name, example) }];
}

/**
 * Reports a template in which what an alert says would be more than words: a labelled line, HTML, or the address of a
 * picture. Its words are safe in prose, in which nothing that they hold means anything.
 */
function checkFieldPlaces(
  { name, body, blanks }: Template,
  place: Position,
  { publicFiles }: TemplateContext,
  report: Report,
): void {
  const fields = blanks.map((blank) => blank.name).filter((blank) => blank.startsWith('alert-'));
  if (fields.length === 0) return;
  let isUnsafe = false;
  walk(parseMarkdown(body, 1).tree, (node) => {
    if (node.type === 'html' && /\{\{alert-/.test(node.value.replace(/<!--[^]*?-->/g, ''))) isUnsafe = true;
  });
  const said = (blank: string) => (blank === fieldBlank('link') ? 'https://monitoring.example/' : LIKE_A_LABEL);
  const filled = fillBlanks(body, new Map(fields.map((blank) => [blank, said(blank)])));
  checkWords(parseMarkdown(filled, 1), publicFiles, () => (isUnsafe = true));
  if (!isUnsafe) return;
  const reason = `The template “${name}” uses text from an alert in HTML, in an image URL, or in bold at the start of a line. Use it in a sentence instead.`;
  report('template-unfitting', place, reason);
}

/** “Areas” with a character reference, so that only Markdown reads it as the label. */
const LIKE_A_LABEL = '&#65;reas';

function setLine(name: string, example = '…'): string {
  return `set:\n  ${name}: ${/[:#"'{}[\]]/.test(example) ? JSON.stringify(example) : example}`;
}

/** Reports values for blanks that no template has, and values that are not valid in an update. */
function checkSet(
  { set }: SpokenRule,
  index: number,
  yaml: YamlValue,
  templates: readonly Template[] | undefined,
  { publicFiles }: TemplateContext,
  report: Report,
): void {
  const names = templates && [...new Set(templates.flatMap(({ blanks }) => blanks.map(({ name }) => name)))];
  for (const [name, text] of Object.entries(set)) {
    const place = yaml.locate([index, 'set', name], 'key');
    if (names && !names.includes(name)) {
      const known = names.length > 0 ? didYouMean(name, names) : ' They have no blanks.';
      report('blank-unused', place, `No template of this rule has a blank “${name}”.${known}`);
    }
    const value = yaml.locate([index, 'set', name]);
    const blanks = checkWords(parseMarkdown(text, 1), publicFiles, (ruleId, _, ...rest) =>
      report(ruleId, value, ...rest),
    );
    if (blanks.length > 0) {
      const reason = `Blanks inside the text of a blank are not filled, so {{${blanks[0]}}} would be published as it is. Put it in a template.`;
      report('blank-left', value, reason);
    }
  }
}

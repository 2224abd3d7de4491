import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ComponentNode } from '../../src/core/model.ts';
import { readFiles, SITE_REVIEWED } from '../../src/__tests__/support/reader.ts';
import { readContentFolder } from '../lib/content.ts';
import { FORM_PATHS } from './sync.ts';
import { FORM_NAMES, FORMS, issueForms, leadingFields, SEVERITIES, WORKFLOW_FORMS } from './forms.ts';

interface Item {
  type: string;
  id?: string;
  attributes: { label?: string; options?: string[]; default?: number; multiple?: boolean; value?: string };
}

interface Form {
  name: string;
  description: string;
  body: Item[];
}

const NOW = Date.parse('2026-11-20T10:05:00Z');

function component(id: string, name: string, retired?: number): ComponentNode {
  return { kind: 'component', id, name, aliases: [], ...(retired !== undefined && { retired }) };
}

const TREE: ComponentNode[] = [
  {
    kind: 'group',
    id: 'pay',
    name: 'Payments',
    children: [component('cards', 'Cards, debit'), component('none', 'None')],
  },
  component('ftp', 'FTP', NOW - 1),
  component('yes', 'yes'),
  component('x', '12:30 #1: "a\' - b'),
];

const siteWith = (settings = '') => {
  const { content } = readFiles({ 'site.yml': `${SITE_REVIEWED}${settings}` });
  if (!content) throw new RangeError('The settings are wrong.');
  return content.site;
};

const formsOf = (tree: readonly ComponentNode[], settings?: string) =>
  Object.values(issueForms({ tree, site: siteWith(settings), incidents: [], maintenance: [] }, NOW)).map(
    (text) => parse(text, { version: '1.1' }) as Form,
  );

describe('issueForms', () => {
  it('list every component that is not retired with its groups and its id, groups of several, and all', () => {
    const [report] = formsOf(TREE);
    expect(report?.body.find(({ id }) => id === 'major_outage')).toEqual({
      type: 'dropdown',
      id: 'major_outage',
      attributes: {
        label: 'What is completely down?',
        multiple: true,
        options: [
          'All of Payments (pay)',
          'Payments › Cards, debit (cards)',
          'Payments › None (none)',
          'yes (yes)',
          '12:30 #1: "a\' - b (x)',
          'Everything (all)',
          'Something that is not in this list',
        ],
      },
    });
  });

  it('list the areas of the page, or ask for them in words', () => {
    const areas = (settings?: string) => formsOf(TREE, settings)[0]?.body.find(({ id }) => id === 'areas');
    const [listed, free] = [areas('areas: { eu: { en: Europe }, us: North America }\n'), areas()];
    expect(listed).toMatchObject({
      type: 'dropdown',
      attributes: { multiple: true, options: ['Europe (eu)', 'North America (us)'] },
    });
    expect([free?.type, free?.attributes.options]).toEqual(['input', undefined]);
  });

  it('do not offer a group under a name that stands for a component', () => {
    const [first, second] = [component('web', 'A'), component('b', 'B')];
    const [report] = formsOf([{ kind: 'group', id: 'web', name: 'Web', children: [first, second] }]);
    const { options } = report?.body.find(({ id }) => id === 'major_outage')?.attributes ?? {};
    expect(options?.slice(0, -1)).toEqual(['Web › A (web)', 'Web › B (b)', 'Everything (all)']);
    const [all] = formsOf([{ kind: 'group', id: 'all', name: 'All', children: [first, second] }]);
    expect(all?.body.find(({ id }) => id === 'major_outage')?.attributes.options?.slice(0, -1)).toEqual([
      'All › A (web)',
      'All › B (b)',
      'Everything (all)',
    ]);
  });

  it('leave a question out when there is nothing to choose from, which GitHub refuses', () => {
    const lists = formsOf([]).map(({ body }) => body.filter(({ attributes }) => attributes.multiple));
    expect(lists.map((items) => items.map(({ id }) => id))).toEqual([
      ['degraded_performance', 'partial_outage', 'major_outage'],
      [],
      [],
      [],
      [],
    ]);
    const events = formsOf(TREE).flatMap(({ body }) => body.filter(({ id }) => id === 'event'));
    expect(events).toEqual([]);
  });

  it('list what is open, what is ahead, and what was told last', () => {
    const front = (title: string, rest: string) =>
      `---\ntitle: ${title}\ncomponents: { pay: major_outage }\n${rest}---\n`;
    const { content } = readFiles(
      {
        'site.yml': SITE_REVIEWED,
        'components.yml': '- { id: pay, name: Pay }\n',
        'incidents/2026-11-20-open.md': `${front('Open @acme', '')}\n## Investigating · 2026-11-20 09:00 UTC\n\nx\n`,
        'incidents/2026-11-20-over.md': `${front('Over', '')}\n## Investigating · 2026-11-20 08:00 UTC\n\nx\n\n## Resolved · 2026-11-20 09:30 UTC\n\nx\n`,
        'maintenance/2026-11-22-db.md': `---\ntitle: Db\ncomponents: [pay]\nscheduled: 2026-11-22 02:00 UTC\nuntil: 2026-11-22 03:00 UTC\n---\n\n## Scheduled · 2026-11-20 08:30 UTC\n\nx\n`,
      },
      [],
      NOW,
    );
    if (!content) throw new RangeError('The content is wrong.');
    const forms = Object.values(issueForms(content, NOW)).map((text) => parse(text, { version: '1.1' }) as Form);
    const open = 'Open @\u2060acme (2026-11-20-open)';
    expect(
      forms.map(({ body }) => body.find(({ id }) => id === 'event')).map((item) => item?.attributes.options),
    ).toEqual([
      undefined,
      [open],
      undefined,
      ['Db (2026-11-22-db)'],
      ['Over (2026-11-20-over)', open, 'Db (2026-11-22-db)'],
    ]);
  });

  /** https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/common-validation-errors-when-creating-issue-forms */
  it('keep to what GitHub asks of forms', () => {
    for (const { name, description, body } of formsOf(TREE)) {
      expect([typeof name, typeof description]).toEqual(['string', 'string']);
      // A longer one makes GitHub leave the form out, without a word.
      expect(description.length).toBeLessThanOrEqual(200);
      const labels = body.flatMap(({ attributes }) => attributes.label ?? []);
      const plain = labels.map((label) => label.toLowerCase().replace(/[^a-z]/g, ''));
      expect(new Set(plain).size).toBe(labels.length);
      for (const { type, id, attributes } of body) {
        if (type === 'markdown') continue;
        expect(id).toMatch(/^[\w-]+$/);
        if (type !== 'dropdown') continue;
        const { options = [] } = attributes;
        expect(options.length).toBeGreaterThan(0);
        expect(new Set(options).size).toBe(options.length);
        for (const option of options) expect(option).toSatisfy((text) => typeof text === 'string' && text !== 'None');
      }
    }
  });

  it('say first that everybody can read them, and who publishes', () => {
    for (const { body } of formsOf(TREE)) {
      expect(body[0]?.attributes.value).toMatch(
        /everybody can read an issue[^]*write access to this repository can publish/,
      );
    }
  });

  it('have one field of many lines each, and no question twice', () => {
    for (const name of FORM_NAMES) {
      expect(FORMS[name].fields.filter(({ kind }) => kind === 'text')).toHaveLength(1);
    }
    const firsts = FORM_NAMES.flatMap((name) => leadingFields(FORMS[name]).map(({ label }) => label));
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it('are recognised by the question that they begin with in forms.yml, also by a former one', () => {
    const pattern = / form='(.*)'\n/.exec(readFileSync('.github/workflows/forms.yml', 'utf8'))?.[1] ?? '';
    for (const field of Object.values(FORMS).flatMap(leadingFields)) {
      for (const label of [field.label, ...(field.formerLabels ?? [])]) {
        expect(`### ${label}\n\nx`).toMatch(new RegExp(pattern));
      }
    }
  });

  it('of the example are those in the repository', async () => {
    const { content, now } = await readContentFolder({});
    const made = Object.values(content ? issueForms(content, now) : {});
    expect(FORM_PATHS.map((path) => readFileSync(path, 'utf8'))).toEqual(made);
  });
});

describe('the workflows of the same names', () => {
  it.each(WORKFLOW_FORMS)('%s asks for the same', (name) => {
    const { on } = parse(readFileSync(`.github/workflows/${name}.yml`, 'utf8')) as {
      on: { workflow_dispatch: { inputs: Record<string, { options?: string[]; default?: string; required?: true }> } };
    };
    const inputs = Object.entries(on.workflow_dispatch.inputs);
    const asked = inputs.map(([key, { options, default: preset, required }]) => ({ key, options, preset, required }));
    expect(asked).toEqual(
      FORMS[name].fields
        .filter(({ only }) => only !== 'issue')
        .map(({ key, options, preset, required }) => ({ key, options, preset, required })),
    );
  });

  it('knows a status for each answer to how bad it is', () => {
    const field = FORMS['report-incident'].fields.find(({ key }) => key === 'severity');
    expect(field?.options).toEqual(Object.keys(SEVERITIES));
  });
});

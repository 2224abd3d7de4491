import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { JsonSchema } from '../../src/core/schema/json-schema.ts';
import { jsonSchemas } from '../../src/core/schema/json-schema.ts';
import { siteSchema } from '../../src/core/schema/site.ts';
import type { Workshop } from '../../src/__tests__/support/authoring.ts';
import { INCIDENT, KEYS, repository, workshop } from '../../src/__tests__/support/authoring.ts';

const EXAMPLE = {
  'content/.example': '2026-11-20T10:05:00Z\n',
  'content/site.yml': 'name: Ladenhall\nurl: https://status.ladenhall.example\nlogo: /logo.svg\n',
  'content/alerts.yml': '- name: all\n  match: { source: "*" }\n  then: ignore\n',
  'content/incidents/2026/pay.md': INCIDENT,
  'content/announcements/tls.md': '---\ntitle: TLS\nfrom: 2026-11-20 09:00 UTC\n---\n',
  'content/maintenance/README.md': '',
  'content/templates/holding.md': '---\nfor: both\nstatus: update\n---\n\nStill at it.\n',
  'public/logo.svg': '<svg/>',
  'public/own.svg': '<svg/>',
};
const GIVEN = ['init', '--name', 'Müller: Söhne', '--url', 'status.mueller.example', '--component', 'Website'];
const ZONE = ['--component', 'Shop: Checkout', '--component', 'Shop: Suche', '--time-zone', 'Europe/Berlin'];
const COMPONENTS = `- id: website
  name: Website
  since: 2026-11-20
- group: Shop
  components:
    - id: checkout
      name: Checkout
      since: 2026-11-20
    - id: suche
      name: Suche
      since: 2026-11-20
`;

let made: Workshop;
afterEach(() => made.remove());

async function check(): Promise<string> {
  return (await made.call(['check'], { env: { STATUS_NOW: '' } })).out;
}

describe('init', () => {
  it('puts a page of your own in place of the example, and commits just that', async () => {
    made = await repository(EXAMPLE);
    await made.write('other.txt', '');
    const { out, code, err } = made.run([...GIVEN, ...ZONE, '--commit']);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toContain('To be deleted: 1 incident, announcements, alerts.yml, public/logo.svg, and .example.');
    expect((await made.read('content/site.yml')).replace(/^(#.*)?\n/gm, '')).toBe(
      'name: "Müller: Söhne"\nurl: https://status.mueller.example\nid: tag:status.mueller.example,2026:status\ntime_zone: Europe/Berlin\n',
    );
    expect(await made.read('content/components.yml')).toBe(COMPONENTS);
    expect(made.git('ls-files').split('\n')).toEqual([
      'content/components.yml',
      'content/maintenance/README.md',
      'content/site.yml',
      'content/templates/holding.md',
      'public/own.svg',
    ]);
    expect(made.git('status', '--porcelain')).toBe('?? other.txt');
    expect(made.git('log', '-1', '--format=%s')).toBe('Set up the page of Müller: Söhne');
    expect(await check()).toBe('No problems found in the content folder.\n');
  });

  it('explains every setting, in lines that can be used as they are', async () => {
    made = await workshop(EXAMPLE);
    await made.call(GIVEN);
    const text = await made.read('content/site.yml');
    for (const [key, schema] of Object.entries(jsonSchemas().site.properties ?? {})) {
      const [start = '', rest = ''] = text.split(new RegExp(`^(?:# )?${key}:`, 'm'));
      expect(start.replace(/\n# /g, ' '), key).toContain((schema as JsonSchema).description);
      const lines = `${key}:${rest.split('\n\n')[0]}`.replace(/^# /gm, '');
      const setting: unknown = parse(lines, { schema: 'failsafe' });
      const { error } = siteSchema.safeParse({ name: 'Acme', url: 'https://a.example', ...(setting as object) });
      expect(error, lines).toBeUndefined();
    }
    expect(text.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  it('lists the new components in the issue forms that are there, and commits them', async () => {
    const folder = '.github/ISSUE_TEMPLATE';
    made = await repository({ ...EXAMPLE, [`${folder}/report-incident.yml`]: 'name: Old\n' });
    await made.write(`${folder}/own.yml`, 'name: Own\n');
    await made.call([...GIVEN, '--commit']);
    expect(await made.read(`${folder}/report-incident.yml`)).toContain('options:\n        - Website (website)\n');
    expect(made.git('ls-files', folder)).toBe(`${folder}/report-incident.yml`);
    expect(made.git('status', '--porcelain')).toBe(`?? ${folder}/own.yml`);
  });

  it('refuses content that is not the example, unless it is forced', async () => {
    made = await workshop({ 'content/incidents/pay.md': INCIDENT });
    const { err, code } = await made.call(GIVEN);
    expect(err).toBe(
      'content contains your own content. To change the name, URL or components, edit site.yml and components.yml there. --force deletes all of it and starts again.\nNothing was written.\n',
    );
    expect(code).toBe(1);
    expect(await made.read('content/incidents/pay.md')).toBe(INCIDENT);
    expect((await made.call([...GIVEN, '--force'])).code).toBe(0);
    await expect(made.read('content/incidents/pay.md')).rejects.toThrow('ENOENT');
    expect(await check()).toBe('No problems found in the content folder.\n');
  });

  it('refuses to take away what is not committed', async () => {
    made = await repository(EXAMPLE);
    await made.write('content/incidents/mine.md', INCIDENT);
    await made.write('content/incidents/2026/pay.md', `${INCIDENT}\n`);
    const { err, code } = await made.call(GIVEN);
    expect(err).toContain('content/incidents/2026/pay.md, content/incidents/mine.md. Commit it, or add --force.');
    expect(code).toBe(1);
    expect(await made.read('content/incidents/mine.md')).toBe(INCIDENT);
  });

  it.each([
    [['--url', 'https://'], 'an address such as'],
    [['--time-zone', 'Berlin'], 'a time zone such as'],
    [['--component', 'Website'], 'The component “Website” is listed twice.'],
    [['--name', ' '], 'The name is empty.'],
  ])('writes nothing when it is given %j', async (more, reason) => {
    made = await workshop(EXAMPLE);
    const { err, code } = await made.call([...GIVEN, ...more]);
    expect(err).toContain(reason);
    expect(err).toMatch(/\nNothing was written\.\n$/);
    expect(code).toBe(1);
    expect(await made.read('content/site.yml')).toBe(EXAMPLE['content/site.yml']);
  });

  it('says what is left to do when it is stopped halfway', async () => {
    made = await workshop({ ...EXAMPLE, 'content/.example': '2026-11-20T10:05:00Z\n' });
    made.run([], { shell: 'rm content/components.yml; mkdir -p content/components.yml/x; exit' });
    const { err, code } = await made.call(GIVEN);
    expect(err).toContain('Only some of the files were replaced. To finish, run init --force.\n');
    expect(code).toBe(1);
    expect(await made.read('content/incidents/2026/pay.md')).toBe(INCIDENT);
  });
});

describe('init, at a terminal', () => {
  it('asks for everything, by keys alone', async () => {
    made = await workshop(EXAMPLE);
    const { screen, code } = await made.drive(
      ['init'],
      [
        ['What is your company called?', 'Acme', KEYS.enter],
        ['What is the URL of the page?', 'status.acme.example', KEYS.enter],
        ['Which time zone', KEYS.enter],
        ['What do customers use?', 'Website, Shop: Checkout, Shop: Suche', KEYS.enter],
      ],
    );
    expect(code, screen).toBe(0);
    expect(await made.read('content/site.yml')).toMatch(/\nname: Acme\n\n.*\nurl: https:\/\/status\.acme\.example\n/);
    expect(await made.read('content/components.yml')).toBe(COMPONENTS);
    expect(await check()).toBe('No problems found in the content folder.\n');
  });

  it('leaves everything as it is after Ctrl-C', async () => {
    made = await repository(EXAMPLE);
    const { code } = await made.drive(['init', ...GIVEN.slice(1)], [['What do you want to do', KEYS.interrupt]]);
    expect(code).toBe(130);
    expect(made.git('status', '--porcelain')).toBe('');
  });
});

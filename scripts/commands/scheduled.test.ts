import { afterEach, describe, expect, it } from 'vitest';
import type { Workshop } from '../../src/__tests__/support/authoring.ts';
import { INCIDENT, repository, workshop } from '../../src/__tests__/support/authoring.ts';
import { FormDesk } from '../../src/__tests__/support/forms.ts';
import { registerPreview } from './preview.ts';
import { callCommand } from '../../src/__tests__/support/call.ts';

const PAY = 'content/incidents/2026/pay.md';
const LATER = 'content/scheduled/incidents/2026/pay.md';
const STILL = '## Update · 2026-11-21 08:00 UTC\n\nWe continue the repair.\n\n- **Next update:** 10:00 UTC\n';
const WATCH = '## Monitoring · 2026-11-21 09:00 UTC\n\nAll payments work, and we watch them.\n';
const MORNING = { STATUS_NOW: '2026-11-21T08:04:00Z' };
const NOON = { STATUS_NOW: '2026-11-21T09:30:00Z' };

let made: Workshop | undefined;
afterEach(async () => {
  await made?.remove();
  made = undefined;
});

describe('--publish-at', () => {
  it('writes an update beside the incident, as of its time, and says when it goes out and who can read it', async () => {
    made = await workshop({ [PAY]: INCIDENT });
    const given = ['update', '-m', 'We continue the repair.', '--publish-at', 'tomorrow 09:00', '--next', '2h'];
    const { out, err, code } = await made.call(given);
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(await made.read(PAY)).toBe(INCIDENT);
    expect(await made.read(LATER)).toBe(STILL);
    expect(out).toContain('It is published at 2026-11-21 08:00 UTC');
    expect(out).toContain('Everybody who can read the repository can read it now.');
    await made.call(['update', '--status', 'monitoring', '-m', 'All payments work, and we watch them.', '--publish-at', '2026-11-21 09:00 UTC']); // prettier-ignore
    expect(await made.read(LATER)).toBe(`${STILL}\n${WATCH}`);
    const checked = await made.call(['check']);
    expect(checked).toMatchObject({ code: 0 });
    expect(checked.out).toContain('Will be published: Update on pay, at 2026-11-21 08:00 UTC.');
  });

  it('refuses a time that has passed', async () => {
    made = await workshop({ [PAY]: INCIDENT });
    const { err, code } = await made.call(['update', '-m', 'A.', '--publish-at', '2026-11-20 09:00 UTC']);
    expect(code).toBe(1);
    expect(err).toContain('2026-11-20 09:00 UTC has passed');
  });

  it('reminds whoever resolves an incident of what is still scheduled for it', async () => {
    made = await workshop({ [PAY]: INCIDENT, [LATER]: STILL });
    expect((await made.call(['resolve', '-m', 'It works.'])).out).toContain(`Check that it still fits: ${LATER}.`);
    const { out, code } = await made.call(['check']);
    expect(out).toContain(`${LATER}:1:1 error The incident has ended`);
    expect(code).toBe(1);
  });
});

describe('scheduled --publish', () => {
  it('moves all that is due, oldest first, and leaves the rest', async () => {
    made = await workshop({ [PAY]: INCIDENT, [LATER]: `${STILL}\n${WATCH}` });
    expect((await made.call(['scheduled', '--publish'])).out).toBe('Nothing that can be published is due.\n');
    await made.call(['scheduled', '--publish'], { env: MORNING });
    expect(await made.read(PAY)).toBe(`${INCIDENT}\n${STILL}`);
    expect(await made.read(LATER)).toBe(WATCH);
    await made.write(PAY, INCIDENT);
    await made.write(LATER, `${STILL}\n${WATCH}`);
    await made.call(['scheduled', '--publish'], { env: NOON });
    expect(await made.read(PAY)).toBe(`${INCIDENT}\n${STILL}\n${WATCH}`);
    await expect(made.read(LATER)).rejects.toThrow('ENOENT');
  });

  it('publishes a new incident, and its translation, at the time of their first update', async () => {
    const german =
      '---\ntitle: Neue Adresse\n---\n\n## Investigating · 2026-11-21 08:00 UTC\n\nDie Seiten ziehen um.\n';
    made = await workshop({ 'content/site.yml': 'name: Acme\nurl: https://status.acme.example\nlocales: [en, de]\n' });
    await made.call(['new', 'New address', '--impact', 'none', '-m', 'The pages move.', '--publish-at', '2026-11-21 08:00 UTC']); // prettier-ignore
    const path = 'incidents/2026/2026-11-21-new-address';
    await made.write(`content/scheduled/${path}.de.md`, german);
    const { err, code } = await made.call(['scheduled', '--publish'], { env: MORNING });
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(await made.read(`content/${path}.md`)).toContain('title: New address\nimpact: none\n');
    expect(await made.read(`content/${path}.de.md`)).toBe(german);
    expect((await made.call(['check'], { env: MORNING })).code).toBe(0);
  });

  it('publishes nothing of an event in whose scheduled files there is an error, and fails when that is or may be due', async () => {
    made = await workshop({ [PAY]: INCIDENT, [LATER]: `${STILL}\n${WATCH.replace('All', '## Update')}` });
    expect(await made.call(['scheduled', '--publish'])).toMatchObject({ code: 1 });
    await made.write(LATER, `${STILL}\n${WATCH.replace('All', '<!-- All')}`);
    expect(await made.call(['scheduled', '--publish'])).toMatchObject({ code: 0 });
    const { out, code } = await made.call(['scheduled', '--publish'], { env: MORNING });
    expect(code).toBe(1);
    expect(out).toContain(`${LATER}:9:1 error`);
    expect(await made.read(PAY)).toBe(INCIDENT);
  });
});

describe('preview', () => {
  it('shows what a change schedules as such, and not as published', async () => {
    made = await repository({ [PAY]: INCIDENT, [LATER]: WATCH });
    await made.write(LATER, `${STILL}\n${WATCH}`);
    const env = { PATH: process.env['PATH'] ?? '', STATUS_NOW: '2026-11-20T10:05:40Z' };
    const { out } = await callCommand(registerPreview, ['preview', '--format', 'markdown'], env, made.folder);
    expect(out).toContain('Nothing changes for customers.');
    expect(out).toContain('Will be published at 2026-11-21 08:00 UTC, and can be read in the repository until then');
    expect(out).toContain('We continue the repair.');
    expect(out).not.toContain('2026-11-21 09:00 UTC');
  });
});

describe('the job of the clock', () => {
  it('commits what is due, starts the deployment, and is red for the rest', async () => {
    await using desk = await FormDesk.start({
      [PAY]: INCIDENT,
      [LATER]: STILL,
      'content/scheduled/incidents/lost.md': STILL,
    });
    expect((await desk.run(['scheduled', '--github'])).code).toBe(0);
    expect(desk.log()).toEqual(['Change']);
    desk.now = MORNING.STATUS_NOW;
    const { out, code } = await desk.run(['scheduled', '--github']);
    expect(desk.log()).toEqual(['Publish Update on pay, at 2026-11-21 08:00 UTC', 'Change']);
    expect(desk.read(PAY)).toBe(`${INCIDENT}\n${STILL}`);
    expect(desk.files()).toEqual([PAY, 'content/scheduled/incidents/lost.md']);
    expect(desk.github.started.map(({ workflow }) => workflow)).toEqual(['deploy.yml', 'watch.yml']);
    expect(out).toContain('::error file=');
    expect(code).toBe(1);
  });

  it('opens one pull request if the branch is protected', async () => {
    await using desk = await FormDesk.start({ [PAY]: INCIDENT, [LATER]: STILL });
    desk.protect();
    desk.now = MORNING.STATUS_NOW;
    expect((await desk.run(['scheduled', '--github'])).out).toContain('https://github.com/acme/status/pull/101');
    const tip = desk.inOrigin('rev-parse', 'status/scheduled');
    expect((await desk.run(['scheduled', '--github'])).out).toContain('waiting for its pull request');
    expect(desk.inOrigin('rev-parse', 'status/scheduled')).toBe(tip);
    expect(desk.github.pulls.pulls).toHaveLength(1);
  });
});

import { describe, expect, it } from 'vitest';
import { FORM_NAMES, FORMS, PUBLISH, STANDS } from './fields.ts';
import { readIssueBody } from './issue-body.ts';
import { issueBody, REPORT } from './testing.ts';

const FULL = {
  ...REPORT,
  started: '20 minutes ago',
  next: '30m',
  areas: 'Europe',
  reference: 'INC-1',
};

describe('readIssueBody', () => {
  it('reads every answer back', () => {
    expect(readIssueBody(issueBody('report-incident', FULL))).toEqual({ form: 'report-incident', answers: FULL });
    const update = { id: 'a', status: STANDS.same, message: 'One\n\n\ntwo', next: '30m', review: PUBLISH.now };
    expect(readIssueBody(issueBody('post-update', update))).toEqual({ form: 'post-update', answers: update });
  });

  it.each(['\r\n', '\r'])('reads line ends as %j', (end) => {
    expect(readIssueBody(issueBody('report-incident', FULL).replaceAll('\n', end))?.answers).toEqual(FULL);
  });

  it('has no answer where nothing was filled in or chosen', () => {
    const answers = { title: 'a', components: 'None', severity: 'None', started: 'None', message: 'b' };
    expect(readIssueBody(issueBody('report-incident', answers))?.answers).toEqual({
      title: 'a',
      started: 'None',
      message: 'b',
    });
  });

  it('takes headings within the message for what they are, those of the forms included', () => {
    const message = FORM_NAMES.flatMap((name) => FORMS[name].fields)
      .map(({ label }) => `### ${label}\n\nPublish at once`)
      .join('\n\n');
    const answers = { ...FULL, message };
    expect(readIssueBody(issueBody('report-incident', answers))?.answers).toEqual(answers);
    const update = { status: STANDS.same, message, next: '30m', review: PUBLISH.review };
    expect(readIssueBody(issueBody('post-update', update))?.answers).toEqual(update);
  });

  it('takes a form whose list of components was left out', () => {
    const body = issueBody('report-incident', FULL).replace(/### What is affected\?\n\n.*\n\n/, '');
    expect(readIssueBody(body)?.answers).toEqual({ ...FULL, components: undefined });
  });

  it.each(['', 'The logo is blurred.', '### Something\n\nelse', `Look:\n\n${issueBody('report-incident', FULL)}`])(
    'takes %j for no form',
    (body) => {
      expect(readIssueBody(body)).toBeUndefined();
    },
  );

  it('reads an issue of the greatest length in no time', () => {
    const started = performance.now();
    readIssueBody(`### What can customers not do?\n${'### The message to customers\n'.repeat(2_200)}`);
    readIssueBody(`### What can customers not do?\n${'#'.repeat(65_000)}`);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

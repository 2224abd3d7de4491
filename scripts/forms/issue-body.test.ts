import { describe, expect, it } from 'vitest';
import { growth, LINEAR } from '../../src/__tests__/support/growth.ts';
import { FORM_NAMES, FORMS, PUBLISH, STANDS } from './forms.ts';
import { readIssueBody } from './read-issue.ts';
import { issueBody, REPORT } from '../../src/__tests__/support/forms.ts';

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
      .map(({ label }) => `### ${label}\n\nPublish now`)
      .join('\n\n');
    const answers = { ...FULL, message };
    expect(readIssueBody(issueBody('report-incident', answers))?.answers).toEqual(answers);
    const update = { status: STANDS.same, message, next: '30m', review: PUBLISH.review };
    expect(readIssueBody(issueBody('post-update', update))?.answers).toEqual(update);
  });

  it.each([
    ['What can customers not do?', 'The message to customers', 'Who has to agree?', 'Publish at once'],
    ['What is the problem for customers?', 'Message to customers', 'Publish or review?', 'Publish now'],
  ])('reads a report whose first question is “%s”', (title, message, review, now) => {
    const body = `### ${title}\n\nCards fail\n\n### ${message}\n\nThey fail.\n\n### ${review}\n\n${now}`;
    const answers = { title: 'Cards fail', message: 'They fail.', review: now };
    expect(readIssueBody(body)).toEqual({ form: 'report-incident', answers });
  });

  it('takes a form whose list of components was left out', () => {
    const body = issueBody('report-incident', FULL).replace(/### Affected components\n\n.*\n\n/, '');
    expect(readIssueBody(body)?.answers).toEqual({ ...FULL, components: undefined });
  });

  it.each(['', 'The logo is blurred.', '### Something\n\nelse', `Look:\n\n${issueBody('report-incident', FULL)}`])(
    'takes %j for no form',
    (body) => {
      expect(readIssueBody(body)).toBeUndefined();
    },
  );

  it.each(['### Message to customers\n', '#'])('reads an issue of %j with work that grows with its length', (piece) => {
    const body = (length: number) => `### What is the problem for customers?\n${piece.repeat(length / piece.length)}`;
    expect(growth((times) => readIssueBody(body(times * 65_000)))).toBeLessThan(LINEAR);
  });
});

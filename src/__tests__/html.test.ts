import { HtmlValidate } from 'html-validate';
import { describe, expect, it } from 'vitest';
import { elementsOf } from './support/dom.ts';
import { builtPages, SITES } from './support/sites.ts';

const validator = new HtmlValidate({ extends: ['html-validate:recommended'], rules: { 'long-title': 'off' } });

describe.each(Object.entries(SITES))('the pages of %s', (_, { dir }) => {
  it('are valid HTML', async () => {
    const pages = builtPages(dir);
    expect(pages.length).toBeGreaterThan(40);
    const problems: string[] = [];
    for (const { path, html } of pages) {
      const { results } = await validator.validateString(html);
      for (const { messages } of results) {
        for (const { ruleId, message, line, column } of messages)
          problems.push(`${path}:${line}:${column} ${ruleId} ${message}`);
      }
    }
    expect(problems).toEqual([]);
  });

  it('hold no inline script, style or handler', () => {
    for (const { path, html } of builtPages(dir)) {
      for (const { tagName, properties } of elementsOf(html)) {
        expect(tagName === 'style' || (tagName === 'script' && !properties['src']), `${path} <${tagName}>`).toBe(false);
        const inline = Object.keys(properties).filter((name) => name === 'style' || /^on[A-Z]/.test(name));
        expect(inline, `${path} <${tagName}>`).toEqual([]);
      }
    }
  });
});

import { HtmlValidate } from 'html-validate';
import { describe, expect, it } from 'vitest';
import { elementsOf } from './support/dom.ts';
import { builtPages, SITES } from './support/sites.ts';

const validator = new HtmlValidate({ extends: ['html-validate:recommended'], rules: { 'long-title': 'off' } });

// The example below a path has the same pages, but for addresses; links.test.ts looks at those.
describe.each([
  ['the example', SITES.example],
  ['hostile text', SITES.hostile],
])('the pages of %s', (_, { dir }) => {
  const pages = builtPages(dir);

  it('are valid HTML', async () => {
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
    const inline = pages.flatMap(({ path, html }) =>
      elementsOf(html).flatMap(({ tagName, properties }) => {
        // A block of data is no code: https://html.spec.whatwg.org/multipage/scripting.html#data-block
        const isData = properties['type'] === 'application/ld+json';
        const isCode = tagName === 'style' || (tagName === 'script' && !properties['src'] && !isData);
        const names = Object.keys(properties).filter((name) => name === 'style' || /^on[A-Z]/.test(name));
        return isCode || names.length > 0 ? [`${path} <${tagName} ${names.join(' ')}>`] : [];
      }),
    );
    expect(inline).toEqual([]);
  });
});

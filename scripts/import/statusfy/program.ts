const STRING = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|${'`'}(?:[^${'`'}\\$]|\\.)*${'`'}`;
/** Comments, and strings so that a `//` in an address begins none. */
const TOKENS = new RegExp(String.raw`(${STRING})|//[^\n]*|/\*[\s\S]*?\*/`, 'g');

/**
 * What a `config.js` says in plain text, in the shape of a configuration. The program is not run: whatever it
 * computes is not found. Of several equal keys the first counts, since Statusfy's own stand before those of themes.
 */
export function readProgram(source: string): object {
  const text = source.replace(TOKENS, (_, string: string | undefined) => string ?? ' ');
  const one = (key: string): string | undefined => {
    const found = new RegExp(String.raw`(?:^|[\s{,])["']?${key}["']?\s*:\s*(${STRING})`).exec(text)?.[1];
    return found === undefined ? undefined : unquoted(found);
  };
  const many = (key: string): string[] | undefined => {
    const list = new RegExp(String.raw`(?:^|[\s{,])["']?${key}["']?\s*:\s*\[([^\]]*)\]`).exec(text)?.[1];
    return list?.match(new RegExp(STRING, 'g'))?.map(unquoted);
  };
  const codes = [...text.matchAll(new RegExp(String.raw`["']?\bcode["']?\s*:\s*(${STRING})`, 'g'))];
  return {
    title: one('title'),
    baseUrl: one('baseUrl'),
    defaultLocale: one('defaultLocale'),
    ...(codes.length > 0 && { locales: codes.map(([, code = '']) => ({ code: unquoted(code) })) }),
    content: { dir: one('dir'), systems: many('systems') },
  };
}

function unquoted(literal: string): string {
  return literal.slice(1, -1).replace(/\\(.)/g, '$1');
}

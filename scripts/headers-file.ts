/** Headers that a path gets. */
export interface HeaderRule {
  /** A path from the root of the site in which `*` stands for anything, and `:name` for anything without a slash. */
  path: string;
  headers: Readonly<Record<string, string>>;
}

/**
 * The rules of a `_headers` file, as Cloudflare Pages and Netlify read it: a path at the start of a line, and its
 * headers indented below it. https://developers.cloudflare.com/pages/configuration/headers/
 */
export function readHeaderRules(text: string): HeaderRule[] {
  const rules: { path: string; headers: Record<string, string> }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, name, value] = /^\s+([^:\s]+):\s*(.*?)\s*$/.exec(line) ?? [];
    if (name && value !== undefined) Object.assign(rules.at(-1)?.headers ?? {}, { [name]: value });
    else if (line.startsWith('/')) rules.push({ path: line.trim(), headers: {} });
  }
  return rules;
}

/** All headers of the rules that fit a path; of one that stands in several, the last. */
export function headersFor(rules: readonly HeaderRule[], path: string): Record<string, string> {
  return Object.assign({}, ...rules.filter((rule) => fits(rule.path, path)).map(({ headers }) => headers));
}

function fits(pattern: string, path: string): boolean {
  const parts = pattern.split(/(\*|:\w+)/).map((part, index) => {
    if (index % 2 === 0) return RegExp.escape(part);
    return part === '*' ? '.*' : '[^/]+';
  });
  return new RegExp(`^${parts.join('')}$`).test(path);
}

/** A shortcode that has no place in Candor. */
export interface LeftShortcode {
  text: string;
  /** Line of the text, counted from 0. */
  line: number;
}

const SHORTCODE = /\{\{([<%])\s*(\/?)\s*([\w./-]+)((?:"[^"]*"|'[^']*'|`[^`]*`|[^"'`])*?)\/?\s*[>%]\}\}/g;
const TRACK = /\{\{[<%]\s*track\s+(?:"([^"]*)"|'([^']*)'|`([^`]*)`|([^"'`>%]*?))\s*\/?[>%]\}\}/;

/** Whether a line holds a `{{< track "…" >}}`: cState's mark of when something was said. */
export function hasTrack(line: string): boolean {
  return TRACK.test(line);
}

/** The time in the first track of a text as it stands there, and the text without it. */
export function takeTrack(text: string): { time: string; text: string } | undefined {
  const match = TRACK.exec(text);
  if (!match) return undefined;
  const before = text.slice(0, match.index).replace(/[ \t]*$/, '');
  const time = match[1] ?? match[2] ?? match[3] ?? match[4] ?? '';
  return { time: time.trim(), text: before + text.slice(match.index + match[0].length) };
}

/**
 * A text without Hugo's shortcodes. What a shortcode encloses stays; a figure becomes an image; a track that is
 * not an update's own becomes its time in brackets.
 */
export function withoutShortcodes(text: string): { text: string; left: LeftShortcode[] } {
  const left: LeftShortcode[] = [];
  if (!text.includes('{{')) return { text, left };
  const clean = text.replace(
    SHORTCODE,
    (whole: string, _sign, closes: string, name: string, rest: string, offset: number) => {
      const line = text.slice(0, offset).split('\n').length - 1;
      if (name === 'track') return `(${rest.replace(/["'`]/g, '').trim()})`;
      const source = attribute(rest, 'src');
      if (/^(?:figure|img|image)$/.test(name) && source !== undefined) {
        const words = attribute(rest, 'alt') ?? attribute(rest, 'caption') ?? attribute(rest, 'title') ?? 'Image';
        return `![${words.replace(/[[\]]/g, '')}](${encodeURI(source)})`;
      }
      if (closes === '') left.push({ text: whole, line });
      return '';
    },
  );
  return { text: clean, left };
}

function attribute(text: string, name: string): string | undefined {
  const match = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|(\\S+))`).exec(text);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

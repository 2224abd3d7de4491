const PATIENCE = 20_000;

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** What one request came to. */
export interface Answer {
  status: number;
  body: unknown;
}

/** The same with what its head says. */
export interface Reply extends Answer {
  /** How long GitHub asks to wait, in milliseconds. */
  pause?: number;
  /** Whether it is too many requests that it complains of. */
  limited: boolean;
}

/**
 * Sends one request to GitHub's API.
 * @param place a full address
 * @throws {Error} when there is no answer in time
 */
export async function ask(place: string, method: Method, token: string, body?: object): Promise<Reply> {
  const answer = await fetch(place, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'x-github-api-version': '2022-11-28',
    },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(PATIENCE),
  });
  const text = await answer.text();
  const after = Number(answer.headers.get('retry-after') ?? Number.NaN);
  const spent = answer.headers.get('x-ratelimit-remaining') === '0';
  return {
    status: answer.status,
    body: parsed(text),
    limited: answer.status === 429 || (answer.status === 403 && (spent || !Number.isNaN(after))),
    ...(!Number.isNaN(after) && { pause: after * 1000 }),
  };
}

/**
 * Whether the same request may do in a while.
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function isPassing({ status, limited }: Reply): boolean {
  return status >= 500 || limited;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { ImportError } from '../import-error.ts';
import { parseDocument, type Document } from './documents.ts';

/** What is asked for; the rest repeats it. Only the first two must be there. */
const PATHS = [
  'components.json',
  'incidents.json',
  'scheduled-maintenances.json',
  'summary.json',
  'incidents/unresolved.json',
];
const REQUIRED = new Set(PATHS.slice(0, 2));
const TIMEOUT = 20_000;

export type Fetch = (
  address: string,
  options: { signal: AbortSignal; headers: Record<string, string> },
) => Promise<Response>;

/** Whether a source is meant as an address and not as a folder. */
export function isAddress(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/**
 * Asks a live Statuspage, or whatever serves its API v2.
 * @param address of the page; one of an API file does as well
 * @throws {ImportError} when it does not answer, or not with JSON
 */
export async function fetchDocuments(address: string, fetch: Fetch): Promise<Document[]> {
  const base = address.replace(/[?#].*$/, '').replace(/(\/api(\/v2(\/.*)?)?)?\/*$/, '');
  const documents = await Promise.all(
    PATHS.map((path) => fetchDocument(`${base}/api/v2/${path}`, REQUIRED.has(path), fetch)),
  );
  return documents.filter((document) => document !== undefined);
}

/**
 * Asks for the Atom history of a live Statuspage.
 * @throws {ImportError} when it does not answer
 */
export async function fetchHistoryAtom(address: string, fetch: Fetch): Promise<string> {
  const { response, text } = await ask(address, 'application/atom+xml', fetch);
  refuseUnlessOk(response, address);
  return text;
}

async function fetchDocument(address: string, required: boolean, fetch: Fetch): Promise<Document | undefined> {
  const { response, text } = await ask(address, 'application/json', fetch);
  if (response.status === 404 && !required) return undefined;
  refuseUnlessOk(response, address);
  return parseDocument(text, { file: address });
}

async function ask(address: string, accept: string, fetch: Fetch): Promise<{ response: Response; text: string }> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT), headers: { accept } });
    return { response, text: await response.text() };
  } catch (error) {
    throw new ImportError(
      `${address} could not be reached: ${causeOf(error)}.\nNothing was written. Check the address in a browser, or save the files and give the folder instead.`,
    );
  }
}

function refuseUnlessOk(response: Response, address: string): void {
  if (response.ok) return;
  throw new ImportError(
    `${address} answered ${response.status} ${response.statusText}.\nNothing was written. Expected is the address of a Statuspage, such as https://status.acme.example.`,
  );
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${TIMEOUT / 1000} seconds`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}

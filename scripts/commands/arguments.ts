import { InvalidArgumentError } from 'commander';

/** Reads the value of an option that is an address of the web. */
export function readAddress(text: string): URL {
  if (!/^https?:/.test(text) || !URL.canParse(text)) {
    throw new InvalidArgumentError('Use a URL such as https://acme.github.io/status/.');
  }
  return new URL(text);
}

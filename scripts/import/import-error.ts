/** Why an import cannot begin or go on. Its message is for the person who started it. */
export class ImportError extends Error {
  override name = 'ImportError';
}

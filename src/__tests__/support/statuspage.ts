import { Ajv2020 } from 'ajv/dist/2020.js';
import type { DocumentName } from '../../formats/statuspage/documents.ts';
import { statuspageJsonSchema } from '../../formats/statuspage/schema.ts';

const SCHEMA = 'statuspage-v2';
const ajv = new Ajv2020({ allErrors: true, schemas: { [SCHEMA]: statuspageJsonSchema() }, formats: { date: true } });

/** What a document has that Statuspage's documents of this name have not, or lacks; nothing when it is right. */
export function wrongWithDocument(name: DocumentName, document: unknown): string[] {
  const validate = ajv.compile({ $ref: `${SCHEMA}#/properties/${name.replaceAll('/', '~1')}` });
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    [instancePath, message, JSON.stringify(params)].join(' '),
  );
}

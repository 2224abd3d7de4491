import { find, MAX_FIELDS } from './fields.ts';

/** What a body holds once its writing is read: a value of JSON; of a form an object of texts. */
export type Body = { value: unknown } | { problem: string };

/** What may be wrapped around an alert; more layers than this are not opened. */
const LAYERS = 4;

/** What ends or begins a string, and whole numbers that a number of JavaScript would not hold. */
const TOKENS = /\\[^]|"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;
/** The name of a field; with names without end, the expression would use up the stack. */
const FORM = /^[\w.%+*[\]-]{1,200}=/;

/** Reads JSON or a form. Whole numbers of 16 digits or more come as texts, since numbers would lose their last digits. */
export function parseBody(text: string): Body {
  const written = text.replace(/^\uFEFF/, '').trim();
  if (written === '') return { problem: 'The body is empty; it should be the JSON that a monitoring system posts.' };
  const value = parseJson(written);
  if (value !== undefined) return { value };
  if (FORM.test(written)) {
    const fields = written.split('&', MAX_FIELDS).join('&');
    return { value: Object.fromEntries(new URLSearchParams(fields)) };
  }
  return {
    problem:
      'The body is neither JSON nor a form, so no alert can be read from it. Have the monitoring system send JSON (`Content-Type: application/json`).',
  };
}

/** The value of a JSON text; nothing if it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(/\d{16}/.test(text) ? quoteLongIntegers(text) : text) as unknown;
  } catch {
    return undefined;
  }
}

/** A reviver could tell the digits too, but it is called by recursion and costs seconds for a body of 5 MB. */
function quoteLongIntegers(json: string): string {
  let inString = false;
  return json.replace(TOKENS, (token) => {
    if (token === '"') inString = !inString;
    return inString || token === '"' || token.startsWith('\\') ? token : `"${token}"`;
  });
}

/**
 * Takes off what others wrap around an alert: JSON within a text, the form field `payload`, Amazon SNS. A message
 * of SNS that asks to confirm a subscription is a problem, since only a person should do so.
 */
export function unwrap(body: unknown): Body {
  let value = body;
  for (let layer = 0; layer < LAYERS; layer += 1) {
    if (typeof value === 'string') {
      value = parseJson(value);
      if (value === undefined)
        return { problem: 'The body is a text in quotation marks, and no alert can be read from it.' };
      continue;
    }
    const field = (place: string) => find({ body: value, alert: value }, place);
    const type = field('Type');
    if (type === 'SubscriptionConfirmation') return { problem: confirmation(field('SubscribeURL')) };
    if (type === 'UnsubscribeConfirmation') {
      return {
        problem: 'Amazon SNS says that this address gets no more messages of its topic. There is no alert in that.',
      };
    }
    const lambda = field('Records.0.Sns');
    const message = type === 'Notification' && field('TopicArn') !== undefined ? field('Message') : undefined;
    if (typeof lambda === 'object' && lambda !== null) value = { Type: 'Notification', ...lambda };
    else if (typeof message === 'string') {
      value = parseJson(message);
      if (typeof value === 'object' && value !== null) continue;
      return { problem: 'This came through Amazon SNS, but its message is not the JSON of an alarm.' };
    } else if (isFormOfJson(value)) value = value.payload;
    else break;
  }
  return { value };
}

function isFormOfJson(value: unknown): value is { payload: string } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return 'payload' in value && typeof value.payload === 'string' && Object.keys(value).length === 1;
}

function confirmation(address: unknown): string {
  const known =
    typeof address === 'string' &&
    address.length < 2000 &&
    /^https:\/\/sns\.[\w-]+\.amazonaws\.com(?:\.cn)?\/\S*$/.test(address);
  const where = known ? address : 'the address in its field `SubscribeURL`';
  return `Amazon SNS asks whether this address wants the messages of its topic, which is not an alert. If you set that topic up, open this yourself: ${where}`;
}

/** Control characters of terminals (C0 and C1), and characters that reorder text (Unicode UAX #9). */
const CONTROLS = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g;

/** Text for a terminal or a log, without characters that control it or mislead readers. Keeps line feeds. */
export function printable(text: string): string {
  return text.replace(CONTROLS, '�');
}

/** Like `printable`, for the log of a job: nothing in it is a workflow command. */
export function loggable(text: string): string {
  return printable(text).replaceAll('::', ': :').replaceAll('##[', '## [');
}

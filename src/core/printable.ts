/** What steers a terminal (controls of C0 and C1), and what shows text in another order than it has (Unicode UAX #9). */
const CONTROLS = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g;

/** Text for people in a terminal or a log, without what could steer it or mislead them. Line feeds stay. */
export function printable(text: string): string {
  return text.replace(CONTROLS, '�');
}

/** The same for the log of a job, in which no part of it is a command to GitHub. */
export function loggable(text: string): string {
  return printable(text).replaceAll('::', ': :').replaceAll('##[', '## [');
}

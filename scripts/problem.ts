/** Why a command cannot do its work, in full sentences with what to write or do. Printed without a stack trace. */
export class Problem extends Error {}

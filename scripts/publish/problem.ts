/** Why nothing could be published, in full sentences with what to write or do. Printed without a stack trace. */
export class PublishProblem extends Error {}

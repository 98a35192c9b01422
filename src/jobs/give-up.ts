/** Thrown by a handler when another attempt would be no better: the job is dead at once. */
export class GiveUp extends Error {}

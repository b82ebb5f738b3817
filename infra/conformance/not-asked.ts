/** Thrown by a check that could not ask. */
export class NotAsked extends Error {}

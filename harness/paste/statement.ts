/** Who says a line. */
export type Speaker =
  /** The person who reports. */
  | 'reporter'
  /** A bot, or another person in a thread, an answer that the reporter quotes, or one that the reporter retells. */
  | 'answer';

/** What a line is. */
export type Form =
  /** Sentences of a person. */
  | 'prose'
  /** What a program printed, and the command that made it print. */
  | 'output'
  /** Configuration: of the gateway, a proxy, a container, a service. */
  | 'config'
  /** A heading of a form. */
  | 'heading';

/**
 * A line of the report with who says it and what it is. `number` counts from 1 in the paste. `field` is the heading of the form above the
 * line, in lower case; empty if there is none.
 */
export type Statement = { number: number; text: string; speaker: Speaker; form: Form; field: string };

/** What became of waiting for a signal. */
export type Signalled = {
  /** The first signal that came, or null. */
  signal: NodeJS.Signals | null;
  /** Settles with null when a signal comes. */
  promise: Promise<null>;
  stop(): void;
};

/** Listens for Ctrl-C and SIGTERM, so that containers are removed before the process ends. A second one changes nothing. */
export function onSignal(): Signalled {
  const { promise, resolve } = Promise.withResolvers<null>();
  const signalled: Signalled = {
    signal: null,
    promise,
    stop: () => {
      process.off('SIGINT', hear);
      process.off('SIGTERM', hear);
    },
  };
  const hear = (signal: NodeJS.Signals): void => {
    signalled.signal ??= signal;
    resolve(null);
  };
  process.on('SIGINT', hear);
  process.on('SIGTERM', hear);
  return signalled;
}

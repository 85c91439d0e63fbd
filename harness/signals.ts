/** A listener for SIGINT and SIGTERM. */
export type Signalled = {
  /** The first signal that was received; null before that. */
  signal: NodeJS.Signals | null;
  /** Resolves to null when the first signal is received. */
  promise: Promise<null>;
  stop(): void;
};

/** Listens for SIGINT and SIGTERM until `stop`, so that containers are removed before the process ends. A second signal changes nothing. */
export function onSignal(): Signalled {
  const { promise, resolve } = Promise.withResolvers<null>();
  const signalled: Signalled = {
    signal: null,
    promise,
    stop: () => {
      process.off('SIGINT', onEither);
      process.off('SIGTERM', onEither);
    },
  };
  const onEither = (signal: NodeJS.Signals): void => {
    signalled.signal ??= signal;
    resolve(null);
  };
  process.on('SIGINT', onEither);
  process.on('SIGTERM', onEither);
  return signalled;
}

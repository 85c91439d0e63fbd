/** How often the memory is sampled, in milliseconds. */
const EVERY_MS = 250;

/** Samples the memory of this process until `stop`, which gives the peak of its resident set in bytes. `stop` may be called again. */
export function watchPeakMemory(): { stop(): number } {
  let peak = process.memoryUsage.rss();
  const sample = (): number => {
    peak = Math.max(peak, process.memoryUsage.rss());
    return peak;
  };
  const timer = setInterval(sample, EVERY_MS);
  timer.unref();
  return {
    stop: () => {
      clearInterval(timer);
      return sample();
    },
  };
}

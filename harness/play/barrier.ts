/** The points at which the steps of a `together` wait for each other: ready to send the request, and done with it (`over`). */
export const POINTS = ['ready', 'over'] as const;
export type Point = (typeof POINTS)[number];

/** The access of one step to the barrier. */
export type BarrierAccess = {
  /** Reports that the step has reached this point, and with it all points before; resolves when every step has reached it. */
  at(point: Point): Promise<void>;
  /** Reports that the step has ended; the others do not wait for it any more. */
  leave(): void;
};

/** Makes a barrier for `count` steps, and gives the access of each. */
export function createBarrier(count: number): BarrierAccess[] {
  const gates = POINTS.map(() => Promise.withResolvers<void>());
  const passed: number[] = Array.from({ length: count }, () => 0);
  const reach = (step: number, points: number): void => {
    passed[step] = Math.max(passed[step] ?? 0, points);
    const slowest = Math.min(...passed);
    for (const gate of gates.slice(0, slowest)) gate.resolve();
  };
  return passed.map((_, step) => ({
    async at(point) {
      const index = POINTS.indexOf(point);
      reach(step, index + 1);
      await gates[index]?.promise;
    },
    leave: () => reach(step, POINTS.length),
  }));
}

/** The access of a step outside of a `together`: it waits for no other step. */
export const ALONE: BarrierAccess = { at: async () => {}, leave: () => {} };

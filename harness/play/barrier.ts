/** Where those who do something at once wait for each other: brought to the point of asking, and done with it. */
export const POINTS = ['ready', 'over'] as const;
export type Point = (typeof POINTS)[number];

/** The place of one of them. */
export type BarrierSeat = {
  /** Says that it has come to this point, and so past those before it; settles when everyone has. */
  at(point: Point): Promise<void>;
  /** Says that it takes no further part: nobody waits for it from now on. */
  leave(): void;
};

/** Seats for so many who do something at once. */
export function createBarrier(count: number): BarrierSeat[] {
  const gates = POINTS.map(() => Promise.withResolvers<void>());
  const passed: number[] = Array.from({ length: count }, () => 0);
  const come = (who: number, points: number): void => {
    passed[who] = Math.max(passed[who] ?? 0, points);
    const slowest = Math.min(...passed);
    for (const gate of gates.slice(0, slowest)) gate.resolve();
  };
  return passed.map((_, who) => ({
    async at(point) {
      const index = POINTS.indexOf(point);
      come(who, index + 1);
      await gates[index]?.promise;
    },
    leave: () => come(who, POINTS.length),
  }));
}

/** Of a step that is carried out alone: nobody to wait for. */
export const ALONE: BarrierSeat = { at: async () => {}, leave: () => {} };

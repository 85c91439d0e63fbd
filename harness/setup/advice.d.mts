export function advice(machine: {
  platform: NodeJS.Platform;
  family: readonly string[];
  tried: readonly { url: string; why: string }[];
  dockerHost: string | undefined;
}): string;

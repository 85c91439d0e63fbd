import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { ROOT } from '../root.ts';

const containerSchema = z.strictObject({
  name: z.string(),
  image: z.string().regex(/@sha256:[0-9a-f]{64}$/),
  command: z.tuple([z.literal('/bin/sh'), z.literal('-c')]),
  args: z.tuple([z.string()]),
  env: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  resources: z.strictObject({
    requests: z.strictObject({ cpu: z.string(), memory: z.string() }),
    limits: z.strictObject({ memory: z.string() }),
  }),
  // Without `privileged`, and without capabilities that are added.
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.literal(false),
    capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
    seccompProfile: z.strictObject({ type: z.literal('RuntimeDefault') }),
  }),
  volumeMounts: z.array(z.strictObject({ name: z.string(), mountPath: z.string() })),
});

/** The fields of a batch/v1 Job, a pod and a container that the example uses. No npm package carries the whole schema. */
const jobSchema = z.strictObject({
  apiVersion: z.literal('batch/v1'),
  kind: z.literal('Job'),
  metadata: z.strictObject({ name: z.string() }),
  spec: z.strictObject({
    completionMode: z.literal('Indexed'),
    completions: z.number().int().positive(),
    parallelism: z.number().int().positive(),
    backoffLimit: z.number().int(),
    activeDeadlineSeconds: z.number().int(),
    ttlSecondsAfterFinished: z.number().int(),
    template: z.strictObject({
      metadata: z.strictObject({ labels: z.record(z.string(), z.string()) }),
      spec: z.strictObject({
        restartPolicy: z.literal('Never'),
        automountServiceAccountToken: z.literal(false),
        hostNetwork: z.literal(true),
        dnsPolicy: z.literal('ClusterFirstWithHostNet'),
        nodeSelector: z.record(z.string(), z.string()),
        affinity: z.strictObject({
          podAntiAffinity: z.strictObject({
            requiredDuringSchedulingIgnoredDuringExecution: z.tuple([
              z.strictObject({
                topologyKey: z.literal('kubernetes.io/hostname'),
                labelSelector: z.strictObject({ matchLabels: z.record(z.string(), z.string()) }),
              }),
            ]),
          }),
        }),
        containers: z.tuple([containerSchema]),
        volumes: z.array(
          z.union([
            z.strictObject({
              name: z.string(),
              hostPath: z.strictObject({ path: z.literal('/var/run/docker.sock'), type: z.literal('Socket') }),
            }),
            z.strictObject({ name: z.string(), persistentVolumeClaim: z.strictObject({ claimName: z.string() }) }),
          ]),
        ),
      }),
    }),
  }),
});

const { spec } = jobSchema.parse(parse(readFileSync(path.join(ROOT, 'examples/kubernetes/postern-gate.yaml'), 'utf8')));
const { spec: pod, metadata } = spec.template;
const [container] = pod.containers;

test('all parts run at once, on different nodes, and each volume is mounted', () => {
  expect(spec.parallelism).toBe(spec.completions);
  const [{ labelSelector }] = pod.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution;
  expect(labelSelector.matchLabels).toEqual(metadata.labels);
  expect(container.volumeMounts.map(({ name }) => name)).toEqual(pod.volumes.map(({ name }) => name));
});

/** Runs the script of the container with a program in place of Postern that ends with this code; gives the exit code and its arguments. */
function playIndex(index: number, ends: number): { code: number | null; called: string[] } {
  const folder = mkdtempSync(path.join(tmpdir(), 'postern-kubernetes-'));
  writeFileSync(path.join(folder, 'postern'), `#!/bin/sh\nprintf '%s\\n' "$@"\nexit ${ends}\n`);
  chmodSync(path.join(folder, 'postern'), 0o755);
  const variables = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));
  const [shell, flag] = container.command;
  const { status, stdout } = spawnSync(shell, [flag, container.args[0]], {
    encoding: 'utf8',
    env: { ...variables, PATH: `${folder}:/usr/bin:/bin`, JOB_COMPLETION_INDEX: `${index}` },
  });
  return { code: status, called: stdout.trimEnd().split('\n') };
}

test('each index plays another shard, with the same seed', () => {
  const called = Array.from({ length: spec.completions }, (_, index) => playIndex(index, 0).called);
  expect(called).toEqual(
    called.map((_, place) => [
      ...['gate', '--base', 'latest', '--head', 'npm:openclaw@beta', '--seed', '17'],
      ...['--shard', `${place + 1}/${spec.completions}`, '--reports', `/reports/shard-${place + 1}`],
    ]),
  );
});

test('a pod fails only if its part was not played', () => {
  const codes = [0, 1, 2, 3, 4, 5, 130].map((ends) => [ends, playIndex(0, ends).code]);
  expect(codes).toEqual([
    [0, 0],
    [1, 0],
    [2, 2],
    [3, 3],
    [4, 0],
    [5, 0],
    [130, 130],
  ]);
});

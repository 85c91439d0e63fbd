import { z } from 'zod';
import { claimsSchema } from './claims.ts';
import { stepSchema } from './step.ts';
import { environmentVariable, releaseText, slug, words } from './text-schemas.ts';

/** The classes of failure that users report. */
export const CLASSES = [
  'stale-scopes',
  'bootstrap',
  'proxy-headers',
  'host-header',
  'container-home',
  // Token rotation and revocation, the rights of approvers, signatures, metadata, roles and nodes.
  'identity',
  // Requests at the same time, expiry, restarts, close codes and limits.
  'races',
  // Published weaknesses, each with the release that fixed it.
  'advisories',
] as const;

/** A public report: an issue or pull request as `owner/repository#number`, an advisory (GHSA) or a CVE. */
export const REPORTED = z
  .string()
  .regex(
    /^[\w.-]+\/[\w.-]+#\d+$|^GHSA(-[0-9a-z]{4}){3}$|^CVE-\d{4}-\d+$/,
    'must be owner/repository#number, an advisory or a CVE',
  );

/** The gateway of a scenario without the key `gateway`. */
export const PLAIN_GATEWAY = {
  bind: 'lan' as const,
  auth: 'token' as const,
  model: false,
  environment: {},
  files: {},
  config: {},
};

/**
 * A gateway whose rate limit a million wrong secrets do not reach, for searches that present wrong secrets again and again. Every release
 * knows these config keys.
 */
export const PATIENT_GATEWAY = {
  ...PLAIN_GATEWAY,
  config: { gateway: { auth: { rateLimit: { maxAttempts: 1_000_000, windowMs: 60_000, lockoutMs: 1_000 } } } },
};

/** The effects that a workaround can have. */
export const WORKAROUND_OUTCOMES = ['helps', 'does-not-help', 'makes-it-worse', 'no-longer-exists'] as const;

const releases = words.describe('A range of releases, such as ">=2026.3.31 <2026.8.1", or "none".');

/** The schema of one workaround; `step` is the schema of its steps. */
export function workaroundOf<S extends z.ZodType>(step: S) {
  return z.strictObject({
    name: slug,
    advice: words.describe('The advice that users get.'),
    outcome: z
      .enum(WORKAROUND_OUTCOMES)
      .describe('The effect of the workaround, which its checks prove. does-not-help: it changes nothing.'),
    releases: releases
      .optional()
      .describe(
        'The releases on which Postern plays the workaround. Default: the affected releases. Needed for advice whose effect differs between releases, and for advice about behaviour that is as designed.',
      ),
    steps: z.array(step).min(1),
  });
}

/** The parts of a scenario that contain steps; `step` is the schema of a step. */
export function partsOf<S extends z.ZodType>(step: S) {
  return {
    steps: z.array(step).min(1),
    boundary: z
      .array(step)
      .min(1)
      .describe('The boundary: steps that must stay refused. A scenario without it does not load.'),
    workarounds: z
      .array(workaroundOf(step))
      .default([])
      .describe('Workarounds. Postern plays each from the state after `steps`.'),
  };
}

export const scenarioSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'must be class/name, in lower case'),
  title: words.describe('What users see, in one line.'),
  why: words.describe('Why it matters, in one or two sentences, for the report.'),
  class: z.enum(CLASSES),
  level: z.enum(['must', 'should', 'info']),
  blocker: z.boolean().describe('Whether a failure should hold back a release.'),
  reported: z.array(REPORTED).min(1),
  affected: releases.describe(
    'The releases on which the symptom reproduces, proved by playing; "none" if no installable release is affected.',
  ),
  applies: z
    .strictObject({ releases, because: words })
    .optional()
    .describe(
      'The releases on which the scenario makes sense, with the reason. On others the report says not-applicable.',
    ),
  tags: z.array(slug).default([]),
  gateway: z
    .strictObject({
      release: releaseText
        .optional()
        .describe('The release that boots first; a later upgrade step installs the gateway under test.'),
      bind: z.enum(['lan', 'loopback']).default('lan'),
      auth: z.enum(['token', 'password', 'none']).default('token'),
      model: z
        .boolean()
        .default(false)
        .describe(
          'Whether the stage has a mock LLM, so that the agents of the gateway can take turns: main, helper (main may spawn it) and outsider.',
        ),
      environment: z
        .record(environmentVariable, z.string())
        .default({})
        .describe('Environment variables of the gateway, and of the openclaw command in its container.'),
      files: z
        .record(z.string().regex(/^\.[\w./-]+$/, 'must be a path below the home that begins with a dot'), z.json())
        .default({})
        .describe(
          'Files below the home of the gateway before it starts, by path, such as ".config/openclaw/gateway.json": a text as it is, any other value as JSON. Postern replaces "<secret>" by the shared secret.',
        ),
      config: z
        .record(z.string(), z.json())
        .default({})
        .describe(
          'Config keys merged over a minimal config. Postern replaces "<peer>" and "<network>" by the address of the peer and the network of the stage.',
        ),
      tailnet: z
        .record(z.ipv4(), z.string().regex(/^[\w.@-]+$/, 'must be the login of a person'))
        .optional()
        .describe(
          'The people of a tailnet, by address: what a stand-in for the `tailscale` command tells the gateway. Default: the gateway has no such command.',
        ),
    })
    .default(PLAIN_GATEWAY),
  clients: z.record(slug, claimsSchema),
  ...partsOf(stepSchema),
});

export type Scenario = z.infer<typeof scenarioSchema>;
export type Workaround = Scenario['workarounds'][number];

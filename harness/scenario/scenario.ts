import { z } from 'zod';
import { claimsSchema } from './claims.ts';
import { environmentVariable, releaseText, slug, words } from './non-blank-text.ts';
import { stepSchema } from './step.ts';

/** The classes of failure that users report. */
export const CLASSES = [
  'stale-scopes',
  'bootstrap',
  'proxy-headers',
  'host-header',
  'container-home',
  // Tokens rotated and revoked, who may approve what, signatures, metadata, roles and nodes.
  'identity',
  // Requests that race or expire, restarts, close codes and limits.
  'races',
  // Weaknesses that were published, each with the release that mended it.
  'advisories',
] as const;

/** A report that can be looked up. */
export const REPORTED = z
  .string()
  .regex(
    /^[\w.-]+\/[\w.-]+#\d+$|^GHSA(-[0-9a-z]{4}){3}$|^CVE-\d{4}-\d+$/,
    'owner/repository#number, an advisory or a CVE',
  );

/** The gateway of a scenario that says nothing of it. */
export const PLAIN_GATEWAY = {
  bind: 'lan' as const,
  auth: 'token' as const,
  model: false,
  environment: {},
  files: {},
  config: {},
};

/** One that counts no wrong secrets, for whoever shows them on purpose again and again. Every release knows these keys. */
export const PATIENT_GATEWAY = {
  ...PLAIN_GATEWAY,
  config: { gateway: { auth: { rateLimit: { maxAttempts: 1_000_000, windowMs: 60_000, lockoutMs: 1_000 } } } },
};

const range = words.describe('A range of releases, such as ">=2026.3.31 <2026.8.1", or "none".');

/** One thing that users are told to do, with steps of this shape. */
export function remedyOf<S extends z.ZodType>(step: S) {
  return z.strictObject({
    name: slug,
    say: words.describe('What users are told.'),
    works: z
      .union([z.boolean(), z.enum(['makes-it-worse', 'no-longer-exists'])])
      .describe('What carrying it out shows; its checks prove it. false: it changes nothing.'),
    range: range
      .optional()
      .describe(
        'Where it is carried out; the affected releases unless given. For advice that does something else on each release, and for advice that is given where all is as designed.',
      ),
    steps: z.array(step).min(1),
  });
}

/** The parts of a scenario that hold steps of this shape. */
export function partsOf<S extends z.ZodType>(step: S) {
  return {
    steps: z.array(step).min(1),
    boundary: z.array(step).min(1).describe('What must stay shut. A scenario without it does not load.'),
    remedies: z
      .array(remedyOf(step))
      .default([])
      .describe('Each is carried out from the state that the steps lead to.'),
  };
}

export const scenarioSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'class/name, in lower case'),
  title: words.describe('What users see, in one line.'),
  why: words.describe('Why it matters, in one or two sentences: shown in the report.'),
  class: z.enum(CLASSES),
  level: z.enum(['must', 'should', 'info']),
  blocker: z.boolean().describe('Whether a release is held for it.'),
  reported: z.array(REPORTED).min(1),
  affected: range.describe(
    'The releases on which it reproduces, proved by running; "none" where no installable release is affected.',
  ),
  applies: z
    .strictObject({ range, because: words })
    .optional()
    .describe('Where the scenario makes sense at all. Elsewhere it is not applicable, which is said in the report.'),
  tags: z.array(slug).default([]),
  gateway: z
    .strictObject({
      release: releaseText
        .optional()
        .describe('Boot this release first; a later upgrade step moves to the gateway under test.'),
      bind: z.enum(['lan', 'loopback']).default('lan'),
      auth: z.enum(['token', 'password', 'none']).default('token'),
      model: z
        .boolean()
        .default(false)
        .describe(
          'A mock model beside it, so that its agents can take turns: main, helper (main may spawn it) and outsider.',
        ),
      environment: z
        .record(environmentVariable, z.string())
        .default({})
        .describe('Environment variables of the gateway and of the command in its container.'),
      files: z
        .record(z.string().regex(/^\.[\w./-]+$/, 'a path below its home that begins with a dot'), z.json())
        .default({})
        .describe(
          'JSON files put below its home before it starts, by path, such as ".config/openclaw/gateway.json". "<secret>" stands for the shared secret.',
        ),
      config: z
        .record(z.string(), z.json())
        .default({})
        .describe(
          'Merged over a minimal config. "<peer>" and "<network>" stand for the address of the peer container and the network of the stage.',
        ),
    })
    .default(PLAIN_GATEWAY),
  clients: z.record(slug, claimsSchema),
  ...partsOf(stepSchema),
});

export type Scenario = z.infer<typeof scenarioSchema>;
export type Workaround = Scenario['remedies'][number];

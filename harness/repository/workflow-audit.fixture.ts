import { parse } from 'yaml';
import { z } from 'zod';

/** What zizmor, which this repository cannot run, would ask of a workflow, and what the gateway's repository asks of its own. */

const stepSchema = z.looseObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
});
const permissionsSchema = z.union([z.string(), z.record(z.string(), z.string())]).optional();
const jobSchema = z.looseObject({
  permissions: permissionsSchema,
  uses: z.string().optional(),
  'runs-on': z.string().optional(),
  'timeout-minutes': z.number().optional(),
  steps: z.array(stepSchema).default([]),
});
const workflowSchema = z.looseObject({
  on: z.union([z.string(), z.record(z.string(), z.unknown())]),
  permissions: permissionsSchema,
  concurrency: z.looseObject({ 'cancel-in-progress': z.unknown().optional() }).optional(),
  jobs: z.record(z.string(), jobSchema),
});
type Workflow = z.infer<typeof workflowSchema>;
type Step = z.infer<typeof stepSchema>;

/** The rights beyond reading that a job may have, with the reason. No workflow that a pull request starts may have one. */
const WRITES: Readonly<Record<string, string>> = {
  'id-token': 'publishes a package with provenance',
  'security-events': 'uploads SARIF',
  'pull-requests': 'writes the comment',
};

const triggersOf = ({ on }: Workflow): string[] => (typeof on === 'string' ? [on] : Object.keys(on));
const stepsOf = ({ jobs }: Workflow): Step[] => Object.values(jobs).flatMap(({ steps }) => steps);
const usesOf = (workflow: Workflow): string[] => [
  ...stepsOf(workflow).flatMap(({ uses }) => uses ?? []),
  ...Object.values(workflow.jobs).flatMap(({ uses }) => uses ?? []),
];
const isAction = (name: string) => (step: Step) => step.uses?.startsWith(`${name}@`) ?? false;

/** The rules: a name, and the faults of a workflow as texts. */
const RULES: Readonly<Record<string, (workflow: Workflow, text: string) => string[]>> = {
  'an action is pinned by a commit, with its version in a comment': (workflow, text) =>
    usesOf(workflow).filter(
      (uses) =>
        !uses.startsWith('./') && !(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(uses) && text.includes(`uses: ${uses} # `)),
    ),
  'a workflow may read contents at most': ({ permissions }) =>
    typeof permissions === 'object' &&
    Object.entries(permissions).every(([right, level]) => right === 'contents' && level === 'read')
      ? []
      : [JSON.stringify(permissions ?? null)],
  'a job writes only what its purpose needs, and not for a pull request': (workflow) =>
    Object.values(workflow.jobs).flatMap(({ permissions = {} }) => {
      if (typeof permissions === 'string') return [permissions];
      const writes = Object.entries(permissions).filter(([, level]) => level !== 'read' && level !== 'none');
      const forPullRequest = triggersOf(workflow).includes('pull_request');
      return writes.flatMap(([right]) => (WRITES[right] === undefined || forPullRequest ? [right] : []));
    }),
  'a checkout keeps no credentials': (workflow) =>
    stepsOf(workflow)
      .filter(isAction('actions/checkout'))
      .flatMap((step) => (step.with['persist-credentials'] === false ? [] : [step.uses ?? ''])),
  'no expression stands in a script': (workflow) =>
    stepsOf(workflow).flatMap(({ run }) => (run?.includes('${{') ? [run] : [])),
  'no code of a pull request runs with the rights of its base': (workflow) => {
    const triggers = triggersOf(workflow);
    const checksOut = stepsOf(workflow).some(
      (step) => isAction('actions/checkout')(step) || step.uses?.startsWith('./'),
    );
    return [
      ...(triggers.includes('pull_request_target') ? ['pull_request_target'] : []),
      ...(triggers.includes('workflow_run') && checksOut ? ['workflow_run with a checkout'] : []),
    ];
  },
  'no secret is used': (_workflow, text) =>
    [...text.matchAll(/\bsecrets\.\w+|secrets: inherit/g)].map(([found]) => found),
  'a pull request writes no cache': (workflow) =>
    triggersOf(workflow).includes('pull_request')
      ? stepsOf(workflow)
          .filter((step) => isAction('actions/cache')(step) || isAction('actions/cache/save')(step))
          .map(({ uses = '' }) => uses)
      : [],
  'a newer head cancels the run of an older one': (workflow) => {
    // A called workflow is cancelled with its caller, and the publication of a tag is never superseded.
    const { push } = typeof workflow.on === 'string' ? {} : workflow.on;
    const ofTag = z.strictObject({ tags: z.array(z.string()) }).safeParse(push).success;
    const called = ofTag || triggersOf(workflow).every((trigger) => trigger === 'workflow_call');
    const cancels = workflow.concurrency?.['cancel-in-progress'];
    return called || cancels === true || `${cancels}`.includes("github.event_name == 'pull_request'") ? [] : ['none'];
  },
  'a job has a time limit and a runner of one version': ({ jobs }) =>
    Object.entries(jobs).flatMap(([name, job]) =>
      job.uses === undefined &&
      (job['timeout-minutes'] === undefined || !/^ubuntu-\d+\.\d+$/.test(job['runs-on'] ?? ''))
        ? [name]
        : [],
    ),
};

/** The faults of the text of a workflow, each as "rule: what has it". Throws ZodError for what is no workflow. */
export function faultsOfWorkflow(text: string): string[] {
  const workflow = workflowSchema.parse(parse(text));
  return Object.entries(RULES).flatMap(([rule, faults]) => faults(workflow, text).map((fault) => `${rule}: ${fault}`));
}

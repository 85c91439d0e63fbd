import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Diagnostic, DocumentError, readDocument } from '../scenario/catalogue/yaml-document.ts';
import { faultsOfPolicy } from './policy-faults.ts';
import { type Policy, policySchema } from './policy-schema.ts';

/** The path of the policy, relative to the folder that has `scenarios/`. */
export const POLICY_FILE = path.join('scenarios', 'release-policy.yaml');

/** The release policy could not be read (exit 2). */
class PolicyError extends DocumentError {
  constructor(faults: readonly Diagnostic[]) {
    super(faults, 'Correct the policy; the comment at its top explains the fields.');
  }
}

/**
 * Parses the YAML text of the policy in `file`. `declared` has the ids of all checks. Throws PolicyError with every fault: broken YAML, an unknown
 * key, a baseline or an outcome about which nothing decides, a rule that is never reached, a check or a range that does not exist.
 */
export function parsePolicy(text: string, file: string, declared: ReadonlySet<string>): Policy {
  const reading = readDocument(text, file);
  if (reading.syntax.length > 0) throw new PolicyError(reading.syntax);
  const parsed = policySchema.safeParse(reading.value);
  if (!parsed.success)
    throw new PolicyError(reading.shapeFaults(parsed.error, 'The comment at the head of the file explains the keys.'));
  const faults = faultsOfPolicy(parsed.data, declared);
  if (faults.length > 0) throw new PolicyError(faults.map(reading.fault));
  return parsed.data;
}

/** Reads `root`/scenarios/release-policy.yaml. Gives the policy and the SHA-256 of its text, in hex. Throws PolicyError with every fault. */
export function loadPolicy(root: string, declared: ReadonlySet<string>): { policy: Policy; sha256: string } {
  const text = readFileSync(path.join(root, POLICY_FILE), 'utf8');
  return {
    policy: parsePolicy(text, POLICY_FILE, declared),
    sha256: createHash('sha256').update(text).digest('hex'),
  };
}

import type { ReleaseVerdict } from '../../results/release-verdict.ts';

/** The type of the predicate of the statement. It names this form of it; no page stands at a URN. */
const PREDICATE_TYPE = 'urn:postern:release-verdict:v1';

/** A thing that a statement is about, by its digests in lower-case hex. */
type Described = { name: string; digest: { sha256: string } };

/**
 * release.intoto.json: the verdict as an in-toto Statement v1 about the candidate's image and tarball, unsigned. `releaseJson` is the SHA-256 of
 * release.json, in hex. Throws Error for an image whose digest is no SHA-256. Source of the form: in-toto attestation framework, spec/v1/statement.md.
 */
export function renderInToto(verdict: ReleaseVerdict, releaseJson: string): string {
  const { candidate, gates, suite, policy, channel, judgedOn, exitCode } = verdict;
  const subject: Described[] = [
    ...(candidate.tarball === null
      ? []
      : [{ name: candidate.tarball.name, digest: { sha256: candidate.tarball.sha256 } }]),
    imageOf(candidate),
  ];
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject,
    predicateType: PREDICATE_TYPE,
    predicate: {
      verdict: verdict.verdict,
      exitCode,
      channel,
      judgedOn,
      suite,
      candidate: { reference: candidate.reference, version: candidate.version, source: candidate.source },
      policy: { name: policy.file, digest: { sha256: policy.sha256 } },
      release: { name: 'release.json', digest: { sha256: releaseJson } },
      baselines: verdict.baselines.map(({ name, release, state }) => ({ name, release, state })),
      gates: gates.map((gate) => ({
        suite: gate.suite,
        base: { reference: gate.base.reference, version: gate.base.version, image: imageOf(gate.base) },
        report: { name: `${gate.run}/report.json`, digest: { sha256: gate.sha256 } },
      })),
    },
  };
  return `${JSON.stringify(statement, null, 2)}\n`;
}

function imageOf({ image, digest }: { image: string; digest: string }): Described {
  const [, sha256] = /^sha256:([0-9a-f]{64})$/.exec(digest) ?? [];
  if (sha256 === undefined) throw new Error(`the digest of ${image} is ${digest}, and no SHA-256`);
  return { name: image, digest: { sha256 } };
}

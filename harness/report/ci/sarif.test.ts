import { expect, test } from 'vitest';
import { WEAKER } from '../comparison/comparison.fixture.ts';
import { renderSarif } from './sarif.ts';

/** The results of a SARIF text, each with its rule, its file and line, and its message. */
function resultsOf(sarif: string): unknown[] {
  const [run] = JSON.parse(sarif).runs;
  return run.results.map((result: Record<string, unknown>) => {
    const { ruleId, ruleIndex, message, locations } = JSON.parse(JSON.stringify(result));
    const { artifactLocation, region } = locations[0].physicalLocation;
    expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
    return `${ruleId} ${artifactLocation.uri}:${region.startLine} ${message.text}`;
  });
}

test('each finding that is a weakness of the head is a result, and nothing else', () => {
  expect(
    resultsOf(renderSarif({ ...WEAKER, ownClientGivenMore: 'the command was admitted' }, '0.1.0')),
  ).toMatchInlineSnapshot(`
    [
      "remote-access-gained harness/pairwise/dimensions.ts:1 Remote clients get in: 2 cells; 1 other observation follows from it; breaks 1 check; 1 exception that did not change: table/loopback+forwarded-loopback+backend/knock. If route is loopback or silent-proxy and forwarded header is forwarded-loopback. Or if host is not own-host. Base: refused: pairing-required (not-paired), a request waits. Head: admitted, approved without asking. Repeat: npx postern replay table/loopback+forwarded-loopback/knock",
      "method-or-route-given harness/rights/properties.ts:1 rights/terminal.open: given to others (now read, write)",
      "harness-recognised harness/pairwise/dimensions.ts:1 the command was admitted",
      "audit-line-lost harness/pairwise/dimensions.ts:1 2026.9.6 never logs auto-approved.",
    ]
  `);
});

test('an accepted weakening is no result', () => {
  const findings = WEAKER.findings.map((finding) => ({ ...finding, harm: 'accepted' as const }));
  expect(resultsOf(renderSarif({ ...WEAKER, findings, surveys: [], unwritten: [] }, '0.1.0'))).toEqual([]);
});

test('the whole file of one weakening', () => {
  expect(JSON.parse(renderSarif({ ...WEAKER, unwritten: [] }, '0.1.0'))).toMatchInlineSnapshot(`
    {
      "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      "runs": [
        {
          "automationDetails": {
            "id": "postern-gate/",
          },
          "columnKind": "utf16CodeUnits",
          "results": [
            {
              "level": "error",
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "harness/pairwise/dimensions.ts",
                    },
                    "region": {
                      "startColumn": 1,
                      "startLine": 1,
                    },
                  },
                },
              ],
              "message": {
                "text": "Remote clients get in: 2 cells; 1 other observation follows from it; breaks 1 check; 1 exception that did not change: table/loopback+forwarded-loopback+backend/knock. If route is loopback or silent-proxy and forwarded header is forwarded-loopback. Or if host is not own-host. Base: refused: pairing-required (not-paired), a request waits. Head: admitted, approved without asking. Repeat: npx postern replay table/loopback+forwarded-loopback/knock",
              },
              "partialFingerprints": {
                "posternChange/v1": "9a4443b3d608b90f63a4785acfa4b27ca48555c8b8b87aa7a08ca6f12b55e096",
              },
              "ruleId": "remote-access-gained",
              "ruleIndex": 0,
            },
            {
              "level": "error",
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "harness/rights/properties.ts",
                    },
                    "region": {
                      "startColumn": 1,
                      "startLine": 1,
                    },
                  },
                },
              ],
              "message": {
                "text": "rights/terminal.open: given to others (now read, write)",
              },
              "partialFingerprints": {
                "posternChange/v1": "eea373a37a7b31e8417e75abe2c0737c4cba3465d0790af344fc8dca9cea2c4b",
              },
              "ruleId": "method-or-route-given",
              "ruleIndex": 2,
            },
          ],
          "tool": {
            "driver": {
              "name": "Postern",
              "rules": [
                {
                  "defaultConfiguration": {
                    "level": "error",
                  },
                  "fullDescription": {
                    "text": "A remote client gets more access than on the base.",
                  },
                  "help": {
                    "text": "Compare both transcripts in comparison.html, and find the refusal that is missing on the head.",
                  },
                  "id": "remote-access-gained",
                  "properties": {
                    "precision": "very-high",
                    "security-severity": "9.0",
                    "tags": [
                      "security",
                    ],
                  },
                  "shortDescription": {
                    "text": "A remote client gets more access than on the base.",
                  },
                },
                {
                  "defaultConfiguration": {
                    "level": "error",
                  },
                  "fullDescription": {
                    "text": "The gateway gives its own command more access than a client of the harness.",
                  },
                  "help": {
                    "text": "The gateway may recognise the harness. Read the code that decides on this knock.",
                  },
                  "id": "harness-recognised",
                  "properties": {
                    "precision": "very-high",
                    "security-severity": "9.0",
                    "tags": [
                      "security",
                    ],
                  },
                  "shortDescription": {
                    "text": "The gateway gives its own command more access than a client of the harness.",
                  },
                },
                {
                  "defaultConfiguration": {
                    "level": "error",
                  },
                  "fullDescription": {
                    "text": "A method, an HTTP route or an event is given to callers that the base denies it.",
                  },
                  "help": {
                    "text": "Play \`postern rights\`, \`routes\` or \`events\` with --compare, and find the authorisation that is missing on the head.",
                  },
                  "id": "method-or-route-given",
                  "properties": {
                    "precision": "very-high",
                    "security-severity": "8.0",
                    "tags": [
                      "security",
                    ],
                  },
                  "shortDescription": {
                    "text": "A method, an HTTP route or an event is given to callers that the base denies it.",
                  },
                },
                {
                  "defaultConfiguration": {
                    "level": "warning",
                  },
                  "fullDescription": {
                    "text": "The gateway no longer logs an event about access that the base logs.",
                  },
                  "help": {
                    "text": "Find the code that wrote the line on the base. Access without a line cannot be found later.",
                  },
                  "id": "audit-line-lost",
                  "properties": {
                    "precision": "very-high",
                    "security-severity": "5.0",
                    "tags": [
                      "security",
                    ],
                  },
                  "shortDescription": {
                    "text": "The gateway no longer logs an event about access that the base logs.",
                  },
                },
              ],
              "semanticVersion": "0.1.0",
            },
          },
        },
      ],
      "version": "2.1.0",
    }
  `);
});

test('a result keeps its fingerprint from run to run, whatever the gateway answers', () => {
  const fingerprintOf = (answer: string): unknown => {
    const findings = WEAKER.findings.map((finding) => ({ ...finding, after: [{ answer, count: 1 }] }));
    return JSON.parse(renderSarif({ ...WEAKER, findings }, '0.1.0')).runs[0].results[0].partialFingerprints;
  };
  expect(fingerprintOf('admitted')).toEqual(fingerprintOf('admitted, approved without asking'));
});

import { expect, test } from 'vitest';
import { comparisonWith } from '../../results/comparison.fixture.ts';
import { changed, WEAKER_HEAD } from './changes.fixture.ts';
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

test('what the head weakens, and nothing else, with similar changes as one result', () => {
  const comparison = comparisonWith({
    changes: WEAKER_HEAD,
    unwritten: ['auto-approved'],
    ownClientGivenMore: 'the command was admitted',
  });
  expect(resultsOf(renderSarif(comparison, '0.1.0'))).toMatchInlineSnapshot(`
    [
      "remote-access-gained scenarios/proxy-headers/same-host-proxy.yaml:12 proxy-headers/same-host-proxy/x-forwarded-for (lan). Base: refused in the handshake, 1008 pairing-required, request pending. Head: admitted as operator with operator.admin, device approved silently. 1 other changed alike. Repeat: npx postern replay proxy-headers/same-host-proxy/x-forwarded-for",
      "harness-recognised harness/pairwise/dimensions.ts:1 the command was admitted",
      "audit-line-lost harness/pairwise/dimensions.ts:1 table/lan+paired/knock (lan). Base: admitted. Head: admitted. Repeat: npx postern replay table/lan+paired/knock",
      "audit-line-lost harness/pairwise/dimensions.ts:1 2026.9.6 never logs auto-approved.",
    ]
  `);
});

test('an accepted weakening is no result', () => {
  const decision = { reason: 'meant', link: 'x', owner: 'y', expires: '2027-01-01' };
  const changes = WEAKER_HEAD.map((change) => ({ ...change, accepted: decision })).slice(0, 2);
  expect(resultsOf(renderSarif(comparisonWith({ changes }), '0.1.0'))).toEqual([]);
});

test('the whole file of one weakening', () => {
  const changes = WEAKER_HEAD.slice(0, 1);
  expect(JSON.parse(renderSarif(comparisonWith({ changes }), '0.1.0'))).toMatchInlineSnapshot(`
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
                      "uri": "scenarios/proxy-headers/same-host-proxy.yaml",
                    },
                    "region": {
                      "startColumn": 5,
                      "startLine": 12,
                    },
                  },
                },
              ],
              "message": {
                "text": "proxy-headers/same-host-proxy/x-forwarded-for (lan). Base: refused in the handshake, 1008 pairing-required, request pending. Head: admitted as operator with operator.admin, device approved silently. Repeat: npx postern replay proxy-headers/same-host-proxy/x-forwarded-for",
              },
              "partialFingerprints": {
                "posternChange/v1": "44fe879684b5260d6a1272e4b64aa07e02c2d74033684b9531f77457d2a86283",
              },
              "ruleId": "remote-access-gained",
              "ruleIndex": 0,
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
  const fingerprintOf = (after: string): unknown => {
    const changes = [changed('table/cell/knock', 'weakened', { before: 'waits', after })];
    return JSON.parse(renderSarif(comparisonWith({ changes }), '0.1.0')).runs[0].results[0].partialFingerprints;
  };
  expect(fingerprintOf('admitted with operator.read')).toEqual(fingerprintOf('admitted with operator.admin'));
});

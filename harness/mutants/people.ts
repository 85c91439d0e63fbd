import type { Mutant } from './mutant.ts';

/** Mutants that give people whom a proxy has signed in more than their names and roles allow. 2026.9.6 is the first of the releases that has both. */
export const PEOPLE: readonly Mutant[] = [
  {
    id: 'scopes-of-a-name-for-everybody',
    says: 'The gateway gives the scopes of one name to every person whom the proxy has signed in.',
    area: 'scopes',
    expectedKills: [
      'proxy-headers/scopes-of-a-person/another-person',
      'proxy-headers/scopes-of-a-person/a-name-that-begins-alike',
    ],
    on: {
      '2026.9.6': [
        { body: 'resolveIdentityOperatorScopes', with: 'return Object.values(identityScopes ?? {})[0] ?? [];' },
      ],
    },
  },
  {
    id: 'scopes-of-a-name-by-its-beginning',
    says: 'The gateway gives the scopes of a name to every name that begins with it.',
    area: 'scopes',
    expectedKills: ['proxy-headers/scopes-of-a-person/a-name-that-begins-alike'],
    on: {
      '2026.9.6': [
        {
          body: 'resolveIdentityOperatorScopes',
          with: 'return Object.entries(identityScopes ?? {}).find(([identity]) => verifiedIdentity.startsWith(identity))?.[1] ?? [];',
        },
      ],
    },
  },
  {
    id: 'scopes-of-a-name-are-not-capped',
    says: 'The gateway gives a person the scopes of its name although the proxy allows fewer.',
    area: 'trusted proxies',
    expectedKills: ['proxy-headers/scopes-of-a-person/capped-by-the-proxy'],
    on: { '2026.9.6': [{ body: 'applyConnectionScopeCap', with: 'return params.scopes;' }] },
  },
  {
    id: 'roles-cap-nothing',
    says: 'The gateway does not cap the scopes of a person whom the proxy has signed in by the role of the person.',
    area: 'roles',
    expectedKills: [
      'proxy-headers/roles-of-people/a-name-with-admin-as-a-guest',
      'proxy-headers/roles-of-people/approved-device-of-a-guest',
    ],
    on: { '2026.9.6': [{ constant: 'rolePolicy', in: 'attachAuthenticatedGatewayConnect', with: 'void 0' }] },
  },
  {
    id: 'roles-cap-nothing-over-http',
    says: 'The gateway caps the sessions of a person by the role of the person, and not the requests over HTTP.',
    area: 'roles',
    expectedKills: [
      'proxy-headers/people-over-http/guest-administers',
      'proxy-headers/people-over-http/guest-administers-by-header',
      'proxy-headers/people-over-http/guest-invokes-a-tool',
    ],
    on: { '2026.9.6': [{ body: 'applyHttpOperatorRoleScopeCeiling', with: 'return arguments[0];' }] },
  },
  {
    id: 'sessions-of-others-for-everybody',
    says: 'The gateway lets a person who knows its key read and change the session of another person, whatever the role of the person says.',
    area: 'roles',
    expectedKills: [
      'proxy-headers/sessions-of-other-people/bob-reads-it',
      'proxy-headers/sessions-of-other-people/bob-renames-it',
    ],
    on: { '2026.9.6': [{ body: 'operatorSessionCap', with: 'return "write";' }] },
  },
];

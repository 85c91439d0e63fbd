import { expect, test } from 'vitest';
import { createSecretRegistry } from '../../redaction/redactor.ts';
import { createSharedSecrets } from './shared-secrets.ts';

const rotate = { gateway: { auth: { token: '<new-secret>' }, remote: { token: '<new-secret>' } } };

test('a new secret replaces each placeholder in the patch, and the former secret is kept', () => {
  const secrets = createSharedSecrets(createSecretRegistry(), 'token');
  const before = secrets.token;
  expect(secrets.former).toBeNull();
  const patch = secrets.renewedIn(rotate);
  expect(secrets.token).not.toBe(before);
  expect(patch).toEqual({ gateway: { auth: { token: secrets.token }, remote: { token: secrets.token } } });
  expect(secrets.former).toEqual({ token: before });
  expect(secrets.credentials()).toEqual({ token: secrets.token });
});

test('a patch without the placeholder does not change the secrets', () => {
  const secrets = createSharedSecrets(createSecretRegistry(), 'token');
  const before = secrets.token;
  expect(secrets.renewedIn({ gateway: { bind: 'lan' } })).toEqual({ gateway: { bind: 'lan' } });
  expect(secrets.token).toBe(before);
  expect(secrets.former).toBeNull();
});

test('the password changes if the gateway requires a password', () => {
  const secrets = createSharedSecrets(createSecretRegistry(), 'password');
  const { token, password } = secrets;
  secrets.renewedIn({ gateway: { auth: { password: '<new-secret>' } } });
  expect(secrets.token).toBe(token);
  expect(secrets.former).toEqual({ password });
});

test('a new secret is registered with the redactor', () => {
  const secretRegistry = createSecretRegistry();
  const secrets = createSharedSecrets(secretRegistry, 'token');
  secrets.renewedIn(rotate);
  expect(secretRegistry.redact(`it is ${secrets.token}`)).toBe('it is «new secret»');
});

test('the current secret replaces each placeholder in a file, and does not change', () => {
  const secrets = createSharedSecrets(createSecretRegistry(), 'token');
  const { token } = secrets;
  expect(secrets.filledIn({ a: ['<secret>'], b: 'a <secret> garden' })).toEqual({ a: [token], b: 'a <secret> garden' });
  expect(secrets.token).toBe(token);
});

export {
  CLIENT_AUTH,
  createTestAuthority,
  createTestKey,
  SERVER_AUTH,
  type TestAuthority,
  type TestCertificate,
  type TestCertificateFields,
  type TestKey,
} from './testing/test-certificates.ts';

export { readMasterKey, type MasterKeySource } from './lib/master-key.ts';
export {
  createVault,
  type DataKeyRow,
  type DataKeyStore,
  type Vault,
  type VaultOptions,
} from './lib/vault.ts';

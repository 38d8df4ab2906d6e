import { refuse, type Refusal } from './refusal.ts';

/** The schema knows four namespaces; a gateway answers for those whose media it can reach. */
export function checkNamespace(namespace: string): Refusal | undefined {
  if (namespace === 'amazonconnect') return undefined;
  return refuse(
    '400-201',
    `/namespace must be "amazonconnect": namespace "${namespace}" is not enabled on this gateway`,
  );
}

import { acceptedName, isSamePlace } from './named-secret.ts';
import type { NamedSecretConfig } from './outbound-config.ts';

/** What is wrong with a list of named secrets; empty when it can be used. */
export function findOutboundAuthProblems(
  configs: readonly NamedSecretConfig[],
): readonly { readonly pointer: string; readonly accepted: string }[] {
  return configs.flatMap((config, index) => {
    const accepted = acceptedName(config);
    if (accepted !== undefined) return [{ pointer: `/${index}/name`, accepted }];
    const isTaken = configs.slice(0, index).some((other) => isSamePlace(other, config));
    return isTaken ? [{ pointer: `/${index}/name`, accepted: 'a name no other strategy uses' }] : [];
  });
}

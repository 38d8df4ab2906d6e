import type { StoredMessage } from '@earshot/storage';

/** Opens what was sealed for a record of a tenant. */
export type OpenSealed = (tenantId: string, recordId: string, sealed: Uint8Array) => Promise<Uint8Array>;

/** The raw texts of those messages that were read with one, by message id. Never log them. */
export async function openUnredacted(
  openSealed: OpenSealed,
  tenantId: string,
  messages: readonly Pick<StoredMessage, 'messageId' | 'unredactedSealed'>[],
): Promise<ReadonlyMap<string, string>> {
  const opened = await Promise.all(
    messages.flatMap(({ messageId, unredactedSealed }) =>
      unredactedSealed === undefined
        ? []
        : [
            openSealed(tenantId, `message:${messageId}`, unredactedSealed).then((text): [string, string] => [
              messageId,
              new TextDecoder().decode(text),
            ]),
          ],
    ),
  );
  return new Map(opened);
}

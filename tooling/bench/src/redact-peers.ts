import { OpenRedaction } from '@openredaction/core';
import { Redactor } from '@redactpii/node';
import { SyncCompositeRedactor } from 'redact-pii/lib/SyncCompositeRedactor.js';

/** A library that redacts texts, with its own defaults; none of them knows of conversations. */
export interface RedactPeer {
  readonly peer: string;
  readonly redact: (text: string) => string | Promise<string>;
}

export function redactPeers(): readonly RedactPeer[] {
  const redactPii = new SyncCompositeRedactor();
  const redactpii = new Redactor();
  const openRedaction = new OpenRedaction();
  return [
    { peer: 'redact-pii', redact: (text) => redactPii.redact(text) },
    { peer: '@redactpii/node', redact: (text) => redactpii.redact(text) },
    { peer: 'openredaction', redact: async (text) => (await openRedaction.detect(text)).redacted },
  ];
}

import { accounts } from './0001-accounts.ts';
import { calls } from './0002-calls.ts';
import { deliveries } from './0003-deliveries.ts';
import { mediaReport } from './0004-media-report.ts';
import { customVocabularies } from './0005-custom-vocabularies.ts';
import { endpointPartials } from './0006-endpoint-partials.ts';
import { unredacted } from './0007-unredacted.ts';
import { redactionSettings } from './0008-redaction-settings.ts';
import { engines } from './0009-engines.ts';
import { durableDeliveries } from './0010-durable-deliveries.ts';
import { endpointAuth } from './0011-endpoint-auth.ts';
import { operationalEvents } from './0012-operational-events.ts';
import { exports } from './0013-exports.ts';
import { retention } from './0014-retention.ts';
import { filedConversations } from './0015-filed-conversations.ts';
import { recordings } from './0016-recordings.ts';
import { leanDeliveries } from './0017-lean-deliveries.ts';
import { messageDays } from './0018-message-days.ts';
import { attemptsFollow } from './0019-attempts-follow.ts';
import { noSamples } from './0020-no-samples.ts';
import { exportExpiry } from './0021-export-expiry.ts';
import { erasedCounts } from './0022-erased-counts.ts';
import type { Migration } from './migration.ts';

export const MIGRATIONS: readonly Migration[] = [
  accounts,
  calls,
  deliveries,
  mediaReport,
  customVocabularies,
  endpointPartials,
  unredacted,
  redactionSettings,
  engines,
  durableDeliveries,
  endpointAuth,
  operationalEvents,
  exports,
  retention,
  filedConversations,
  recordings,
  leanDeliveries,
  messageDays,
  attemptsFollow,
  noSamples,
  exportExpiry,
  erasedCounts,
];

import { describe, expect, it } from 'vitest';
import { appForTarget } from './front-door-routes.ts';

describe('appForTarget', () => {
  it.each([
    { given: '/mg-autotranscribe/v1/start-streaming', want: 'gateway' },
    { given: '/configuration/v1/redaction', want: 'gateway' },
    { given: '/v1/health', want: 'gateway' },
    { given: '/earshot/v1/calls/abc', want: 'gateway' },
    { given: '/earshot/v1/calls/abc/live?partials=true', want: 'messages' },
    { given: '/earshot/v1/calls/a%2Fb/live/', want: 'messages' },
    { given: '/earshot/v1/calls/live', want: 'gateway' },
    { given: '/earshot/v1/calls/abc/recordings', want: 'messages' },
    { given: '/earshot/v1/calls/abc/recording?format=wav', want: 'messages' },
    { given: '/earshot/v1/calls/recording', want: 'gateway' },
    { given: '/earshot/v1/calls/abc/live/more', want: 'gateway' },
    { given: '/earshot/v1/endpoints?limit=2', want: 'gateway' },
    { given: '/earshot/v1/endpoints/abc/test', want: 'publisher' },
    { given: '/earshot/v1/endpoints/abc/replay/', want: 'publisher' },
    { given: '/earshot/v1/endpoints/test', want: 'gateway' },
    { given: '/earshot/v1/endpoints/abc/test/more', want: 'gateway' },
    { given: '/earshot/v1/endpoints/abc/pause', want: 'gateway' },
    { given: '/earshot/v1/events?limit=2', want: 'publisher' },
    { given: '/earshot/v1/deliveries/1/retry', want: 'publisher' },
    { given: '/earshot/v1/keys', want: 'gateway' },
    { given: '/conversation/v1/conversation/messages', want: 'messages' },
    { given: '/conversation?x=/fileexporter', want: 'messages' },
    { given: '/earshot/v1/conversations/abc/live', want: 'messages' },
    { given: '/earshot/v1/customers/abc', want: 'messages' },
    { given: '/earshot/v1/erasures/abc', want: 'messages' },
    { given: '/earshot/v1/retention', want: 'messages' },
    { given: '/fileexporter/v1/static/listfeeds', want: 'exporter' },
    { given: '/earshot/v1/exports/2026-11-22/rebuild', want: 'exporter' },
    { given: '/earshot/v1/deliveries/1', want: 'publisher' },
    { given: '/conversations', want: 'gateway' },
    { given: '/', want: 'gateway' },
    { given: '', want: 'gateway' },
  ])('hands $given to $want', ({ given, want }) => {
    expect(appForTarget(given)).toBe(want);
  });
});

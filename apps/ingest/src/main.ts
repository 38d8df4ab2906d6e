import { runApp } from '@earshot/http';
import { parseConfig } from './config.ts';
import { startIngest } from './start-ingest.ts';

await runApp('ingest', () => startIngest(parseConfig(process.env)));

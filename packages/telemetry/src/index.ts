export {
  createLogger,
  LOG_LEVELS,
  type LogFields,
  type Logger,
  type LoggerOptions,
  type LogLevel,
} from './lib/logger.ts';
export {
  createMetrics,
  type Counter,
  type Gauge,
  type Histogram,
  type MetricLabels,
  type MetricOptions,
  type Metrics,
} from './lib/metrics.ts';
export { personal, type Personal } from './lib/personal.ts';
export { newTraceparent } from './lib/traceparent.ts';

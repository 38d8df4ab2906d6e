export type { Arrival, ReceiverBehaviour } from './lib/arrival.ts';
export { judgeArrivals, type ArrivalFaults } from './lib/judge-arrivals.ts';
export { messageBody } from './lib/message-body.ts';
export {
  openWriter,
  type DeliveryWriter,
  type EndpointSettings,
  type WriterOptions,
} from './lib/open-writer.ts';
export { startPublisher, type PublisherOptions, type PublisherSurroundings } from './lib/start-publisher.ts';
export { startReceiver, type Receiver } from './lib/start-receiver.ts';
export {
  openDeliveryReader,
  type DeliveryReader,
  type StoredDelivery,
  type StoredState,
} from './lib/stored-deliveries.ts';
export type { WrittenConversation } from './lib/written-conversation.ts';

export { Peers } from './peers.js';
export { password, serviceDatabase } from './service-database.js';
export { type Asking, ServiceUnderTest, serviceUnderTest } from './service-under-test.js';
export { type Telling, ToldEvents } from './told-events.js';

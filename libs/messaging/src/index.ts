export { type Envelope, envelope, eventSubject, fromEnvelope, toEnvelope } from './envelope.js';

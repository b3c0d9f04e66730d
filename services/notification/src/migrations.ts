import { fileURLToPath } from 'node:url';
import { eventStoreMigrations } from '@eaf/event-store';

export const migrations = [
  eventStoreMigrations,
  { name: 'notification', directory: fileURLToPath(new URL('../migrations', import.meta.url)) },
];

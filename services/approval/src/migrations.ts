import { fileURLToPath } from 'node:url';
import { eventStoreMigrations } from '@eaf/event-store';

export const migrations = [
  eventStoreMigrations,
  { name: 'approval', directory: fileURLToPath(new URL('../migrations', import.meta.url)) },
];

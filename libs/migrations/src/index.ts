export { lintMigrations } from './lint.js';
export { migrate, type Migration, type MigrationSource, SchemaBehind, requireSchemaVersion } from './migrate.js';
export { type ContextRoles, prepareContext, prepareReader } from './prepare-context.js';

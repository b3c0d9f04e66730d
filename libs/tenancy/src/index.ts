export { Database, type DatabaseConfig, type PlainSql, type SqlStatement, TransactionRolledBack } from './database.js';
export { keyOf, pageOf } from './keyset.js';
export { isUniqueViolation, sqlState } from './sql-state.js';

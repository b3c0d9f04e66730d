export { Database, type DatabaseConfig, type PlainSql, type SqlStatement, TransactionRolledBack } from './database.js';
export { isUniqueViolation, sqlState } from './sql-state.js';

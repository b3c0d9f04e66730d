export { createKekFile, FileKek, type KeyEncryptionKey } from './key-encryption-key.js';
export { newDataKey, openWith, SecretUnreadable, sealWith } from './envelope.js';

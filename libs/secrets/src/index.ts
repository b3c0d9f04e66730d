export { decrypt, encrypt } from './aes-gcm.js';
export { newDataKey, openWith, SecretUnreadable, sealWith } from './envelope.js';
export { createKekFile, FileKek, type KeyEncryptionKey } from './key-encryption-key.js';

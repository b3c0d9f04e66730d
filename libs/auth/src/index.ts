export { type ActorClaims, type ActorContext, signActorToken, TokenRefused, verifyActorToken } from './actor-token.js';
export { createKeyPairFiles, loadPrivateKey, loadPublicKeys } from './key-files.js';

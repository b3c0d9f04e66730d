export { type ActorClaims, type ActorContext, signActorToken, TokenRefused, verifyActorToken } from './actor-token.js';
export { createKeyPairFiles, loadPrivateKey, loadPublicKeys } from './key-files.js';
export { type BegunLogin, OidcLogin, type OidcLoginOptions } from './oidc-login.js';
export {
  BearerRefused,
  type ClaimMapping,
  type OidcClaims,
  OidcVerifier,
  type OidcVerifierOptions,
  usualClaims,
} from './oidc-verifier.js';

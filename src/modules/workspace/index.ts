/** Front door of the workspace wing: accounts, people, keys, settings, audit. */

export { exportAudit, readAudit } from './actions/audit.ts'
export { acceptAsMember, acceptAsNew, type OpenInvitation, readInvitation } from './actions/invitations.ts'
export {
  ACCESS_TOKEN_SECONDS,
  createAccessToken,
  createApiKey,
  listApiKeys,
  revokeApiKey,
} from './actions/keys.ts'
export {
  changeRole,
  invite,
  listPeople,
  removeMember,
  revokeInvitation,
} from './actions/members.ts'
export { askForReset, changePassword, isResetLink, provePassword, resetPassword } from './actions/password.ts'
export { addMember, createPersonWithWorkspace, createWorkspace } from './actions/people.ts'
export {
  beginFactorSetup,
  confirmFactorSetup,
  disableFactor,
  recoveryCodesLeft,
  renewRecoveryCodes,
  resumeFactorSetup,
} from './actions/second-factor.ts'
export {
  type Device,
  endSession,
  isProved,
  listSessions,
  renewSession,
  revokeOtherSessions,
  revokeSession,
  type StartedSession,
  signOut,
  startSession,
} from './actions/sessions.ts'
export {
  askForEmailChange,
  readSettings,
  updateName,
  updateSettings,
  updateTheme,
  type VersionedSettings,
} from './actions/settings.ts'
export { proveSecondFactor, type SignInOutcome, signIn } from './actions/sign-in.ts'
export { confirmEmail, readVerifyLink, signUp, signUpsClosed } from './actions/sign-up.ts'
export { guessSettings, SUPPORTED_CURRENCIES, SUPPORTED_ZONES, settingsSchema } from './domain/account.ts'
export { manifest } from './manifest.ts'

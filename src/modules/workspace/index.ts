/** Front door of the workspace wing: accounts, people, keys, settings, audit. */

export { exportAudit, readAudit } from './actions/audit.ts'
export {
  addComment,
  type CommentView,
  deleteComment,
  editComment,
  listComments,
  listMentionable,
  readComment,
  restoreComment,
  sweepComments,
} from './actions/comments.ts'
export { callBackErasure, eraseWorkspace, GRACE_DAYS, planErasure, sendDueErasures } from './actions/erase.ts'
export { exportWorkspace } from './actions/export.ts'
export {
  deleteFile,
  type FileView,
  listFiles,
  openFile,
  readFile,
  restoreFile,
  shareFile,
  sweepFiles,
} from './actions/files.ts'
export {
  discardFile,
  keepFile,
  type StoredFile,
  storeFile,
  tooLarge as fileTooLarge,
} from './actions/files-upload.ts'
export { acceptAsMember, acceptAsNew, type OpenInvitation, readInvitation } from './actions/invitations.ts'
export {
  ACCESS_TOKEN_SECONDS,
  createAccessToken,
  createApiKey,
  listApiKeys,
  revokeApiKey,
} from './actions/keys.ts'
export {
  createLink,
  type LinkLine,
  listLinks,
  lookAtLink,
  type MadeLink,
  openLink,
  revokeLink,
} from './actions/links.ts'
export {
  changeRole,
  invite,
  listPeople,
  removeMember,
  revokeInvitation,
} from './actions/members.ts'
export {
  discardLetter,
  isOperator,
  readHealth,
  readOperations,
  replayAllLetters,
  replayLetter,
  resolveError,
} from './actions/operations.ts'
export { askForReset, changePassword, isResetLink, provePassword, resetPassword } from './actions/password.ts'
export { addMember, createPersonWithWorkspace, createWorkspace } from './actions/people.ts'
export {
  addPrivacyRequest,
  answerPrivacyRequest,
  listPrivacyRequests,
  type NewPrivacyRequest,
  readPrivacyFile,
  sendStalledPrivacyRequests,
  takePrivacyRequest,
} from './actions/privacy.ts'
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
export { findOwnSubject } from './actions/subjects.ts'
export { guessSettings, SUPPORTED_CURRENCIES, SUPPORTED_ZONES, settingsSchema } from './domain/account.ts'
export { LONGEST_COMMENT, type Member } from './domain/comment.ts'
export { ACCEPTED, MAX_FILE_BYTES, MAX_WORKSPACE_BYTES } from './domain/file-type.ts'
export {
  isSubjectType,
  SUBJECT_TYPES,
  type Subject,
  type SubjectType,
  subjectHref,
} from './domain/subject.ts'
export { manifest } from './manifest.ts'

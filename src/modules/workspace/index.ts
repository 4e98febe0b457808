/** Front door of the workspace wing: accounts, people, keys, settings, audit. */

export { exportAudit, readAudit } from './actions/audit.ts'
export {
  addChannel,
  type ChannelView,
  changeChannel,
  channelChoices,
  channelKinds,
  listChannels,
  pauseChannel,
  removeChannel,
  resumeChannel,
  testChannel,
} from './actions/channels.ts'
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
export {
  archiveForm,
  type ContactForm,
  createForm,
  listForms,
  readForm as readContactForm,
  renewFormLink,
  submitForm,
  updateForm,
} from './actions/contact-forms.ts'
export {
  type ContactView,
  contactFacets,
  contactName,
  createContact,
  listContacts,
  readContact,
} from './actions/contacts.ts'
export { updateContact } from './actions/contacts-change.ts'
export { deleteContact, readTimeline } from './actions/contacts-forget.ts'
export { type LandContactsInput, landContacts, releaseContacts } from './actions/contacts-land.ts'
export { type BatchLine, changeMany, exportContacts, landBatch } from './actions/contacts-many.ts'
export {
  type DuplicatePair,
  dismissDuplicate,
  listDuplicates,
  listMerges,
  mergeContacts,
  undoMerge,
} from './actions/contacts-merge.ts'
export { readExternals, readShared, type SharedRow, stillShared } from './actions/contacts-shared.ts'
export { callBackErasure, eraseWorkspace, GRACE_DAYS, planErasure, sendDueErasures } from './actions/erase.ts'
export {
  type EventKind,
  type EventView,
  eventCatalogue,
  eventsSince,
  listEvents,
} from './actions/event-log.ts'
export { exportWorkspace } from './actions/export.ts'
export { remindOfFactor, requireFactor } from './actions/factor-policy.ts'
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
export { countUnread, readAllNotices, readInbox, readNotice } from './actions/inbox.ts'
export { acceptAsMember, acceptAsNew, type OpenInvitation, readInvitation } from './actions/invitations.ts'
export {
  ACCESS_TOKEN_SECONDS,
  createAccessToken,
  createApiKey,
  listApiKeys,
  revokeApiKey,
  shareTestData,
} from './actions/keys.ts'
export {
  createLink,
  type LinkLine,
  listLinks,
  lookAtLink,
  type MadeLink,
  nothingHere as noSuchLink,
  openLink,
  revokeLink,
} from './actions/links.ts'
export {
  addInbox,
  addSuppression,
  countMails,
  liftSuppression,
  listInbound,
  listInboxes,
  listMails,
  listSuppressions,
  readInbound,
  readMail,
  sendMail,
  suppressed,
  unsubscribeFromMarketing,
} from './actions/mail.ts'
export { MAX_MAIL_BYTES, receiveMail } from './actions/mail-in.ts'
export { giveMailUp, type MailOutcome, receiveMailHook } from './actions/mail-outcomes.ts'
export {
  changeRole,
  factorOf,
  invite,
  listPeople,
  removeMember,
  resendInvitation,
  revokeInvitation,
} from './actions/members.ts'
export { mailNotices } from './actions/notice-mail.ts'
export { postNotices } from './actions/notice-post.ts'
export { readNoticeChoices, updateNoticeChoices } from './actions/notice-preferences.ts'
export { sendDueNotices } from './actions/notice-sweep.ts'
export { type Notice, notify, notifyAll } from './actions/notify.ts'
export {
  discardLetter,
  readHealth,
  readOperations,
  replayAllLetters,
  replayLetter,
  resolveError,
} from './actions/operations.ts'
export {
  joinOutside,
  linkByTicket,
  linkOutsideAccount,
  listOutsideAccounts,
  signUpOutside,
  unlinkOutsideAccount,
} from './actions/outside-accounts.ts'
export {
  beginOutside,
  finishOutside,
  type OutsideMode,
  outsideProviders,
  readOutsideTicket,
} from './actions/outside-sign-in.ts'
export {
  acceptOwnership,
  cancelOffer,
  offerOwnership,
  readOffer,
  readOfferLink,
} from './actions/ownership.ts'
export { passkeyChallenge, provePasskey, signInWithPasskey } from './actions/passkey-sign-in.ts'
export {
  beginPasskey,
  confirmPasskey,
  listPasskeys,
  removePasskey,
  renamePasskey,
  type Site,
} from './actions/passkeys.ts'
export {
  askForReset,
  changePassword,
  isResetLink,
  provePassword,
  resetPassword,
  setFirstPassword,
} from './actions/password.ts'
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
export { attemptDelivery, sendDueWebhooks } from './actions/webhook-deliver.ts'
export {
  type DeliveryView,
  listDeliveries,
  readDelivery,
  replayDelivery,
  replayRange,
  testWebhook,
} from './actions/webhook-log.ts'
export {
  createWebhook,
  deleteWebhook,
  listWebhooks,
  pauseWebhook,
  readWebhook,
  resumeWebhook,
  rotateWebhookSecret,
  updateWebhook,
  type WebhookLine,
} from './actions/webhooks.ts'
export { guessSettings, SUPPORTED_CURRENCIES, SUPPORTED_ZONES, settingsSchema } from './domain/account.ts'
export { LONGEST_COMMENT, type Member } from './domain/comment.ts'
export { contactChange, newContact, stageOf, tagsOf } from './domain/contact.ts'
export { FIELD_LABELS, FORM_FIELDS } from './domain/contact-form.ts'
export { CONTACT_SORTS, contactFilter } from './domain/contact-query.ts'
export { MAX_FILE_BYTES } from './domain/file-type.ts'
export type { MailHookPort } from './domain/mail-hook.ts'
export {
  isSubjectType,
  SUBJECT_TYPES,
  type Subject,
  type SubjectType,
  subjectHref,
} from './domain/subject.ts'
export { manifest } from './manifest.ts'

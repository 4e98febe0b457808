/** Front door of the Ops Copilot wing: automations, their runs, approvals, tasks, templates. */

export { decideByLink, openApprovalLink } from './actions/approval-links.ts'
export {
  type ApprovalView,
  approvalFollows,
  decideApproval,
  delegate as delegateApproval,
  listApprovals,
  readApproval,
} from './actions/approvals.ts'
export { automationAddresses } from './actions/automation-addresses.ts'
export {
  type AutomationView,
  createAutomation,
  deleteAutomation,
  listAutomations,
  readAutomation,
  restoreAutomation,
  updateAutomation,
} from './actions/automations.ts'
export { editAutomation, turnDraft } from './actions/automations-edit.ts'
export { exportAutomation, galleryItem, newAutomation } from './actions/automations-new.ts'
export { pauseAutomation, publishAutomation, resumeAutomation } from './actions/automations-publish.ts'
export { draftSentence, importAutomations, readSentence } from './actions/automations-read.ts'
export { runAutomation } from './actions/automations-run.ts'
export { openAutomationDesk } from './actions/builder-desk.ts'
export {
  addStep,
  findStep,
  saveSettings,
  saveStep,
  saveTrigger,
  triggerToShow,
} from './actions/builder-forms.ts'
export { listSteps, stepCatalogue } from './actions/catalogue.ts'
export { eventCatalogue, namesOf, scopeGroups, stepChoices, templateScope } from './actions/desk.ts'
export { openAutomationForm, receiveAutomationHook, sendAutomationForm } from './actions/doors.ts'
export { EngineHost } from './actions/engine/host.ts'
export { hoursOf, saveHours } from './actions/hours.ts'
export { clickThrough, noteOpen } from './actions/mail/hits.ts'
export { lookAtUnsubscribe, unsubscribe } from './actions/mail/unsubscribe.ts'
export { expectations, opsWaiting } from './actions/outlook.ts'
export { rehearseAutomation, tryStep } from './actions/rehearse.ts'
export { nextMoments } from './actions/rhythm-preview.ts'
export { changeRun, listRuns, readRun } from './actions/runs.ts'
export { watchSilence } from './actions/silent-watch.ts'
export { recordChoices, runSubjects, subjectOfRun, templateSubjects } from './actions/subjects.ts'
export {
  addTask,
  changeTask,
  deleteTask,
  listTasks,
  readTask,
  restoreTask,
  taskFigures,
} from './actions/tasks.ts'
export {
  createTemplate,
  deleteTemplate,
  listTemplates,
  previewTemplate,
  readTemplate,
  saveTemplateForm,
  sendTestMail,
  updateTemplate,
} from './actions/templates.ts'
export { listVersions, restoreVersion } from './actions/versions.ts'
export { tellLateDecisions, wakeEngines } from './actions/wake.ts'
export { manifest } from './manifest.ts'
export type { ApprovalRow } from './store/approvals.ts'
export type { AutomationRow } from './store/automations.ts'
export type { RunLine } from './store/runs.ts'
export type { TaskRow } from './store/tasks.ts'
export type { TemplateRow } from './store/templates.ts'

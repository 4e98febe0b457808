/** Front door of the Ops Copilot wing: automations, their runs, approvals, tasks, templates. */

export {
  type ApprovalView,
  decideApproval,
  delegate as delegateApproval,
  listApprovals,
  readApproval,
} from './actions/approvals.ts'
export {
  type AutomationView,
  createAutomation,
  deleteAutomation,
  listAutomations,
  readAutomation,
  restoreAutomation,
  updateAutomation,
} from './actions/automations.ts'
export { pauseAutomation, publishAutomation, resumeAutomation } from './actions/automations-publish.ts'
export { runAutomation } from './actions/automations-run.ts'
export { listSteps, stepCatalogue } from './actions/catalogue.ts'
export { EngineHost } from './actions/engine/host.ts'
export { changeRun, listRuns, readRun } from './actions/runs.ts'
export {
  addTask,
  changeTask,
  deleteTask,
  listTasks,
  readTask,
  restoreTask,
  taskFigures,
} from './actions/tasks.ts'
export { tellLateDecisions, wakeEngines } from './actions/wake.ts'
export { manifest } from './manifest.ts'
export type { ApprovalRow } from './store/approvals.ts'
export type { AutomationRow } from './store/automations.ts'
export type { RunLine } from './store/runs.ts'
export type { TaskRow } from './store/tasks.ts'

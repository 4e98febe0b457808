/** The steps of this wing. */
import type { StepDefinition } from '../../../../platform/services.ts'

import { flowSteps } from './flow.ts'
import { mailSteps } from './mail.ts'
import { recordSteps } from './records.ts'
import { taskSteps } from './tasks.ts'
import { webSteps } from './web.ts'

export const STEPS: readonly StepDefinition[] = [
  ...mailSteps,
  ...taskSteps,
  ...recordSteps,
  ...webSteps,
  ...flowSteps,
]

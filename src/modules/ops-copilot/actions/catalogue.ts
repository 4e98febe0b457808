/** Every step that automations can have here, whichever wing or vendor offers it. */
import type { Services, StepDefinition } from '../../../platform/services.ts'
import type { VendorStep } from '../../../platform/step.ts'

export type StepFacts = Omit<StepDefinition, 'perform' | 'permission'> & {
  /** Kind of connection that it needs; null: none. */
  connection: string | null
}

export function stepCatalogue(services: Services): StepFacts[] {
  const own = services.wings
    .flatMap((wing) => wing.steps ?? [])
    .map((step) => ({ ...step, connection: null }))
  const outside = services.vendorSteps.map((step: VendorStep) => ({ ...step, connection: step.kind }))
  return [...own, ...outside]
}

/** The same as plain data. */
export const listSteps = (services: Services) =>
  stepCatalogue(services).map(
    ({ action, title, description, group, fields, outputs, effect, connection }) => ({
      ...{ action, title, description, group, fields, outputs, effect, connection },
    }),
  )

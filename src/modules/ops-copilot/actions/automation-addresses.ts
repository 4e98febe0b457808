/** Addresses of an automation's own: its inbound hook with its secret, and the page of its form. */
import { sha256Hex } from '../../../platform/crypto/digest.ts'
import type { Services } from '../../../platform/services.ts'
import type { AutomationRow } from '../store/automations.ts'

/** As long as the automation lives. */
const LONG_SECONDS = 100 * 365 * 86_400

type Named = Pick<AutomationRow, 'id' | 'tenantId' | 'createdAt'>

/** The same address each time it is shown. */
async function hookAddress(services: Services, row: Named): Promise<string> {
  return `${services.config.publicUrl}/hooks/automation/${await tokenOf(services, 'automation-hook', row)}`
}

async function formAddress(services: Services, row: Named): Promise<string> {
  return `${services.config.publicUrl}/forms/automation/${await tokenOf(services, 'automation-form', row)}`
}

/** Those that an automation has by how it starts; null where it has none. */
export async function automationAddresses(
  services: Services,
  row: Named & Pick<AutomationRow, 'triggerConfig' | 'publishedVersion'>,
): Promise<{ hook: string | null; secret: string | null; form: string | null }> {
  const { triggerConfig: trigger } = row
  const live = row.publishedVersion !== null
  return {
    hook: live && trigger.kind === 'hook' ? await hookAddress(services, row) : null,
    secret:
      live && trigger.kind === 'hook' && trigger.proof === 'signed' ? await hookSecret(services, row) : null,
    form: live && trigger.kind === 'form' ? await formAddress(services, row) : null,
  }
}

/** What calls are signed with, where the automation asks for a signature (Standard Webhooks). */
export async function hookSecret(services: Services, row: Named): Promise<string> {
  const token = await tokenOf(services, 'automation-hook', row, 'secret')
  return `whsec_${btoa((await sha256Hex(token)).slice(0, 32))}`
}

function tokenOf(
  services: Services,
  use: 'automation-hook' | 'automation-form',
  row: Named,
  more = '',
): Promise<string> {
  const claims = { sub: row.id, tenant: row.tenantId, ...(more ? { more } : {}) }
  return services.tokens.sign(use, claims, LONG_SECONDS, Math.floor(Date.parse(row.createdAt) / 1000))
}

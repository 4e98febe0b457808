/** A dashboard as what is sent: its mail, its words, its file. */
import type { Actor } from '../../../platform/actor.ts'
import { MAX_ATTACHED, type MailAttachment } from '../../../platform/mail-attachment.ts'
import { ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type DashboardMail, dashboardMail, type MailWords } from '../documents/dashboard-mail.ts'
import type { DashboardView } from '../domain/dashboard-model.ts'
import { comparisonOf } from '../domain/dashboard-plan.ts'
import { changeText, figureText, rangeText } from '../domain/figure-words.ts'
import { openDashboard } from './dashboards-open.ts'
import { printView } from './dashboards-pdf.ts'

/** A report that an automation sends; whoever gets it is a matter of the automation. `dashboard` null: the first one. */
export async function reportMail(
  services: Services,
  actor: Actor,
  { dashboard, range, withPdf }: { dashboard: string | null; range: string; withPdf: boolean },
): Promise<Result<DashboardMail & { attachments: MailAttachment[] }>> {
  const view = await openDashboard(services, actor, { id: dashboard, query: { range } })
  if (!view.ok) return view
  const page = `${services.config.publicUrl}/foundry/dashboards/${view.value.dashboard.id}`
  const mail = dashboardMail(view.value, wordsFor(actor, view.value), { page, stop: null })
  return ok({ ...mail, attachments: withPdf ? await filesOf(services, actor, view.value) : [] })
}

/** The dashboard as a file; one that is too large for mails stays behind, and the mail leads to the page as ever. */
export async function filesOf(
  services: Services,
  actor: Actor,
  view: DashboardView,
): Promise<MailAttachment[]> {
  const { name, bytes } = await printView(services, actor, view)
  const base64 = toBase64(bytes)
  if (base64.length > MAX_ATTACHED) return []
  return [{ name: name.replaceAll('"', ' '), contentType: 'application/pdf', base64 }]
}

/** Piece by piece: a call takes only so many arguments. */
function toBase64(bytes: Uint8Array): string {
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += 8192)
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)))
  return btoa(pieces.join(''))
}

export function wordsFor({ workspace }: Actor, view: DashboardView): MailWords {
  const { locale } = workspace
  return {
    figure: (answer, value) => figureText(answer, value, locale),
    change: (item, answer) => changeText(answer, comparisonOf(item.widget, view.query), locale),
    range: rangeText(view.range, locale),
    workspace: workspace.name,
  }
}

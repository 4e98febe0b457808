/** A dashboard as a mail: figures with their change, bars of table cells, and the same as plain text. No pictures. */
import { escapeHtml } from '../../../kit/html-text.ts'
import type { DashboardView, WidgetView } from '../domain/dashboard-model.ts'
import type { MetricAnswer } from '../domain/metrics-answer.ts'

export interface DashboardMail {
  subject: string
  text: string
  html: string
}

/** How the reader is shown things; given, so that mail and page say the same. */
export interface MailWords {
  figure(answer: MetricAnswer, value: MetricAnswer['total']): string
  change(item: WidgetView, answer: MetricAnswer): string | null
  range: string
  workspace: string
}

const MOST_BARS = 8
/** More than these nobody reads in a channel. */
const MOST_LINES = 10
const BAR_WIDTH = 240

export function dashboardMail(
  view: DashboardView,
  words: MailWords,
  /** `stop` null: whoever sends it says elsewhere how it ends. */
  links: { page: string; stop: string | null },
): DashboardMail {
  const { name } = view.dashboard
  const parts = view.widgets.filter(({ answers }) => answers.length > 0)
  const sources = view.sources.map((source) => source.name).join(', ') || 'no source yet'
  const foot = `${words.range}. From ${sources}.`
  return {
    subject: `${name}: ${words.range}`,
    text: [
      `${name} (${words.workspace})`,
      words.range,
      ...parts.map((item) => textOf(item, words)),
      `Open the dashboard: ${links.page}`,
      ...(links.stop ? [`Stop these mails: ${links.stop}`] : []),
    ].join('\n\n'),
    html: `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td><font face="Arial, sans-serif" color="#1c2a2e"><h1>${escapeHtml(name)}</h1><p>${escapeHtml(words.workspace)} · ${escapeHtml(foot)}</p>${parts.map((item) => htmlOf(item, words)).join('')}<p><a href="${escapeHtml(links.page)}">Open the dashboard</a></p>${links.stop ? `<p><small><a href="${escapeHtml(links.stop)}">Stop these mails</a></small></p>` : ''}</font></td></tr></table>`,
  }
}

/** Its figures in a line each, for a post in a channel. */
export const dashboardPost = (view: DashboardView, words: MailWords): string =>
  view.widgets
    .flatMap((item) => item.answers.slice(0, 1).map((answer) => lineOf(item, answer, words)))
    .slice(0, MOST_LINES)
    .join('\n')

function textOf(item: WidgetView, words: MailWords): string {
  const lines = item.answers.map((answer) => lineOf(item, answer, words))
  const [first] = item.answers
  const parts = first
    ? topParts(first).map((part) => `  ${part.label}: ${words.figure(first, part.total)}`)
    : []
  return [item.widget.title, ...lines, ...parts].join('\n')
}

function lineOf(item: WidgetView, answer: MetricAnswer, words: MailWords): string {
  const change = words.change(item, answer)
  return `${answer.name}: ${words.figure(answer, answer.total)}${change ? ` (${change})` : ''}`
}

function htmlOf(item: WidgetView, words: MailWords): string {
  const lines = item.answers.map((answer) => {
    const change = words.change(item, answer)
    return `<p>${escapeHtml(answer.name)}: <b>${escapeHtml(words.figure(answer, answer.total))}</b>${change ? `<br><small>${escapeHtml(change)}</small>` : ''}</p>`
  })
  const [first] = item.answers
  return `<h2>${escapeHtml(item.widget.title)}</h2>${lines.join('')}${first ? barsOf(first, words) : ''}`
}

/** Mail clients drop SVG: a bar is a table cell with a colour and a width. */
function barsOf(answer: MetricAnswer, words: MailWords): string {
  const parts = topParts(answer)
  const most = Math.max(0, ...parts.map(({ total }) => Number(total)))
  if (parts.length === 0 || most === 0) return ''
  const rows = parts.map((part) => {
    const width = Math.max(1, Math.round((Math.max(0, Number(part.total)) / most) * BAR_WIDTH))
    return `<tr><td>${escapeHtml(part.label)}&nbsp;</td><td><table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td bgcolor="#0b6b70" width="${width}" height="14">&nbsp;</td><td>&nbsp;${escapeHtml(words.figure(answer, part.total))}</td></tr></table></td></tr>`
  })
  return `<table cellpadding="2" cellspacing="0" border="0">${rows.join('')}</table>`
}

const topParts = (answer: MetricAnswer) =>
  (answer.groups ?? []).filter(({ total }) => total !== null && Number(total) !== 0).slice(0, MOST_BARS)

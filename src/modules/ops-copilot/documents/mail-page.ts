/** A template's blocks as a mail: tables and inline styles, as mail programs ask for, and the same as plain text. */

import { valueAt } from '../../../kit/condition.ts'
import { escapeHtml, unescapeHtml } from '../../../kit/html-text.ts'
import { renderTemplate, type TemplateOptions } from '../../../kit/template.ts'
import { ok, type Result } from '../../../platform/result.ts'
import type { MailBlock, MailTemplate } from '../domain/mail-blocks.ts'

export interface MailPage {
  subject: string
  html: string
  text: string
  /** Addresses of its links in order, each once. */
  links: string[]
}

export interface MailFoot {
  workspace: string
  /** Shown under marketing mails. */
  postalAddress: string
  /** Where to unsubscribe; null: a mail about business between two. */
  unsubscribe: string | null
}

type Data = Record<string, unknown>

const INK = '#1c2a2e'
const QUIET = '#5a6a6e'
const BRAND = '#0b6b70'
const FONT = `font-family:Arial,Helvetica,sans-serif`

/** Refused with what is wrong in which block, and in `strict` also with what has no value. */
export function mailPage(
  template: MailTemplate,
  data: Data,
  foot: MailFoot,
  options: Pick<TemplateOptions, 'strict' | 'timeZone' | 'now'> = {},
): Result<MailPage> {
  const subject = renderTemplate(template.subject, data, { ...options, line: true })
  if (!subject.ok) return subject
  const preheader = renderTemplate(template.preheader, data, { ...options, line: true })
  if (!preheader.ok) return preheader
  const links: string[] = []
  const html: string[] = []
  const text: string[] = []
  for (const block of template.blocks) {
    const made = blockOf(block, data, options)
    if (!made.ok) return made
    html.push(made.value.html)
    if (made.value.text) text.push(made.value.text)
    for (const link of made.value.links) if (!links.includes(link)) links.push(link)
  }
  return ok({
    subject: subject.value,
    html: frame(subject.value, preheader.value, html.join(''), foot),
    text: [...text, footText(foot)].filter(Boolean).join('\n\n'),
    links,
  })
}

interface Made {
  html: string
  text: string
  links: string[]
}

const made = (html: string, text: string, links: string[] = []): Result<Made> => ok({ html, text, links })

function blockOf(block: MailBlock, data: Data, options: TemplateOptions): Result<Made> {
  const fill = (source: string) => renderTemplate(source, data, options)
  switch (block.kind) {
    case 'divider':
      return made(row(`<hr style="border:0;border-top:1px solid #d9dfe0;margin:8px 0">`), '---')
    case 'space':
      return made(`<tr><td style="height:${block.size}px;line-height:${block.size}px">&nbsp;</td></tr>`, '')
    case 'heading':
      return filled(fill(block.text), (text) =>
        made(
          row(
            `<h1 style="margin:0;font-size:24px;line-height:1.3;color:${INK}">${escapeHtml(text)}</h1>`,
            block.align,
          ),
          text,
        ),
      )
    case 'text':
      return filled(fill(block.text), (text) => prose(text, block.align))
    case 'signature':
      return filled(fill(block.text), (text) => prose(text, 'left', QUIET))
    case 'quote':
      return filled(fill(`${block.text}${block.by ? `\n\n${block.by}` : ''}`), (text) => quote(text))
    case 'button':
      return filled(fill(block.label), (label) =>
        filled(fill(block.href), (href) => button(label, href, block.align)),
      )
    case 'image':
      return filled(fill(block.alt), (alt) =>
        filled(fill(block.src), (src) =>
          filled(fill(block.href), (href) => image(block.width, alt, src, href)),
        ),
      )
    case 'facts':
      return facts(block.rows, fill)
    case 'list':
      return listOf(block, data, options)
  }
}

const filled = <T, U>(result: Result<T>, next: (value: T) => Result<U>): Result<U> =>
  result.ok ? next(result.value) : result

function prose(text: string, align: 'left' | 'center', colour = INK): Result<Made> {
  const links: string[] = []
  const paragraphs = text
    .trim()
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== '')
  const html = paragraphs.map((part) => paragraph(part, links, colour)).join('')
  return made(row(html, align), text.trim().replace(LINK, '$1: $2').replace(STRONG, '$1'), links)
}

const LINK = /\[([^\]\n]{1,300})\]\(([^)\s]{1,2000})\)/g
const STRONG = /\*\*([^*\n]+)\*\*/g

function paragraph(part: string, links: string[], colour: string): string {
  const lines = part.split('\n')
  const style = `margin:0 0 14px;font-size:15px;line-height:1.55;color:${colour}`
  if (lines.every((line) => /^- /.test(line.trim()))) {
    const items = lines.map((line) => `<li style="margin:0 0 4px">${words(line.trim().slice(2), links)}</li>`)
    return `<ul style="${style};padding-left:20px">${items.join('')}</ul>`
  }
  return `<p style="${style}">${lines.map((line) => words(line, links)).join('<br>')}</p>`
}

/** Escaped, with links and strong words; only web, mail and phone addresses become links. */
function words(line: string, links: string[]): string {
  return escapeHtml(line)
    .replace(LINK, (whole, label: string, href: string) => {
      if (!isLink(href)) return whole
      links.push(unescapeHtml(href))
      return `<a href="${href}" style="color:${BRAND}">${label}</a>`
    })
    .replace(STRONG, '<strong>$1</strong>')
}

function button(label: string, href: string, align: 'left' | 'center'): Result<Made> {
  const link = href.trim()
  if (!isLink(link))
    return made(
      row(`<p style="margin:0 0 14px;font-size:15px;color:${INK}">${escapeHtml(label)}</p>`, align),
      label,
    )
  return made(
    row(
      `<a href="${escapeHtml(link)}" style="display:inline-block;padding:12px 22px;border-radius:6px;background:${BRAND};color:#ffffff;font-size:15px;font-weight:bold;text-decoration:none">${escapeHtml(label)}</a>`,
      align,
    ),
    `${label}: ${link}`,
    [link],
  )
}

function image(width: number, alt: string, src: string, href: string): Result<Made> {
  if (!/^https:\/\//.test(src.trim())) return made('', alt)
  const picture = `<img src="${escapeHtml(src.trim())}" alt="${escapeHtml(alt)}" width="${width}" style="display:block;max-width:100%;height:auto;border:0">`
  const link = href.trim()
  if (!isLink(link)) return made(row(picture), alt)
  return made(row(`<a href="${escapeHtml(link)}">${picture}</a>`), `${alt}: ${link}`, [link])
}

function facts(
  rows: readonly { name: string; value: string }[],
  fill: (source: string) => Result<string>,
): Result<Made> {
  const cells: string[] = []
  const lines: string[] = []
  for (const { name, value } of rows) {
    const [label, held] = [fill(name), fill(value)]
    if (!label.ok) return label
    if (!held.ok) return held
    cells.push(
      `<tr><td style="padding:6px 16px 6px 0;color:${QUIET};font-size:14px">${escapeHtml(label.value)}</td><td style="padding:6px 0;font-size:14px;color:${INK}"><strong>${escapeHtml(held.value)}</strong></td></tr>`,
    )
    lines.push(`${label.value}: ${held.value}`)
  }
  return made(
    row(`<table role="presentation" cellpadding="0" cellspacing="0">${cells.join('')}</table>`),
    lines.join('\n'),
  )
}

function listOf(
  block: Extract<MailBlock, { kind: 'list' }>,
  data: Data,
  options: TemplateOptions,
): Result<Made> {
  const held = valueAt(data, block.list)
  const items = Array.isArray(held) ? held.slice(0, block.most) : []
  const lines: string[] = []
  for (const item of items) {
    const line = renderTemplate(block.text, { ...data, item }, options)
    if (!line.ok) return line
    lines.push(line.value)
  }
  if (lines.length === 0) return made('', '')
  return prose(lines.map((line) => `- ${line.replaceAll('\n', ' ')}`).join('\n'), 'left')
}

function quote(text: string): Result<Made> {
  const inner = prose(text, 'left', QUIET)
  if (!inner.ok) return inner
  const html = `<tr><td style="padding:4px 0 14px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-left:3px solid #d9dfe0"><tr><td style="padding-left:14px"><table role="presentation" width="100%">${inner.value.html}</table></td></tr></table></td></tr>`
  return ok({ ...inner.value, html })
}

const row = (html: string, align: 'left' | 'center' = 'left'): string =>
  `<tr><td align="${align}" style="padding:4px 0">${html}</td></tr>`

function frame(title: string, preheader: string, rows: string, foot: MailFoot): string {
  const hidden = preheader
    ? `<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${escapeHtml(preheader)}</div>`
    : ''
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title></head><body style="margin:0;padding:0;background:#f2f5f5">${hidden}<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f2f5f5"><tr><td align="center" style="padding:24px 12px"><table role="presentation" width="600" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px;background:#ffffff;border-radius:8px;${FONT}"><tr><td style="padding:28px 28px 20px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0">${rows}</table></td></tr></table>${footHtml(foot)}</td></tr></table></body></html>`
}

function footHtml({ workspace, postalAddress, unsubscribe }: MailFoot): string {
  const stop = unsubscribe
    ? ` · <a href="${escapeHtml(unsubscribe)}" style="color:${QUIET}">Unsubscribe</a>`
    : ''
  const address = postalAddress && unsubscribe ? `<br>${escapeHtml(postalAddress)}` : ''
  return `<p style="margin:16px 0 0;font-size:12px;line-height:1.5;color:${QUIET};${FONT}">${escapeHtml(workspace)}${stop}${address}</p>`
}

const footText = ({ workspace, postalAddress, unsubscribe }: MailFoot): string =>
  [workspace, unsubscribe ? postalAddress : '', unsubscribe ? `Unsubscribe: ${unsubscribe}` : '']
    .filter(Boolean)
    .join('\n')

const isLink = (href: string): boolean =>
  /^(https?:\/\/[^\s"'<>]+|mailto:[^\s"'<>]+|tel:[+\d][\d\s()-]*)$/i.test(unescapeHtml(href))

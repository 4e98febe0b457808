/** One answer of a website as the evaluators see it: headers by name, facts of the page, and where it came from. */
import { parse as parseHost } from 'tldts'
import type { PageFacts } from './web-html.ts'
import { readPageFacts } from './web-html.ts'

export type HeaderList = readonly (readonly [name: string, value: string])[]

export interface WebAnswer {
  url: string
  status: number
  headers: HeaderList
  html: string
}

/** What a collector may have seen besides the page itself. What is missing is reported as not tested. */
export interface WebObservation extends WebAnswer {
  /** Every stop from the plain http address on, itself first; an empty list means that http is closed. */
  redirects?: readonly { url: string; status: number }[]
  /** Answers to requests that named a foreign `Origin`, or `null`. */
  crossOrigin?: readonly { origin: string; headers: HeaderList }[]
}

export interface WebPage {
  url: URL
  https: boolean
  isHtml: boolean
  facts: PageFacts
  observation: WebObservation
  /** Every value of a header in order; names are compared without case. */
  all(name: string): string[]
  /** The first value, or null. */
  first(name: string): string | null
}

const LONGEST_VALUE = 16_384

/** Reads an observation once. The address must be absolute; anything else is a bug of the collector and throws. */
export function readWebPage(observation: WebObservation): WebPage {
  const url = new URL(observation.url)
  const all = (name: string) => headerValues(observation.headers, name)
  const isHtml = looksLikeHtml(all('content-type')[0] ?? null, observation.html)
  return {
    url,
    https: url.protocol === 'https:',
    isHtml,
    facts: readPageFacts(isHtml ? observation.html : ''),
    observation,
    all,
    first: (name) => all(name)[0] ?? null,
  }
}

/** Every value of a header in order, each cut at 16 KB. */
export function headerValues(headers: HeaderList, name: string): string[] {
  return headers
    .filter(([key]) => key.toLowerCase() === name)
    .map(([, value]) => value.slice(0, LONGEST_VALUE))
}

/** Whether an address belongs to the same registrable domain; hosts of shared platforms count by themselves. */
export function isSameSite(a: string, b: string): boolean {
  if (a === b) return true
  const [first, second] = [siteOf(a), siteOf(b)]
  return first !== null && first === second
}

/** An address in the page as an absolute one, or null when it is none. */
export function absolute(page: WebPage, address: string): URL | null {
  const base = page.facts.base === null ? page.url : (URL.parse(page.facts.base, page.url.href) ?? page.url)
  return URL.parse(address, base.href)
}

const siteOf = (host: string): string | null => parseHost(host, { allowPrivateDomains: true }).domain

function looksLikeHtml(type: string | null, body: string): boolean {
  const mime = (type ?? '').split(';')[0]?.trim().toLowerCase()
  if (mime === '') return body.trimStart().startsWith('<')
  return mime === 'text/html' || mime === 'application/xhtml+xml'
}

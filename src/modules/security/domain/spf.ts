/** SPF: may this address send mail in the name of this domain (RFC 7208). */
import { asciiName, parseAddress } from './spf-address.ts'
import { checkHost, explainRefusal, type SpfOutcome, type SpfStep, type SpfVisit } from './spf-check.ts'
import { type SpfLimits, SpfQuestions, type SpfResolve, SpfStop } from './spf-resolve.ts'

export type { SpfOutcome, SpfStep } from './spf-check.ts'
export type { SpfAnswer, SpfRecordType, SpfResolve } from './spf-resolve.ts'

export interface SpfQuery {
  /** Address of the sending server, IPv4 or IPv6. */
  ip: string
  /** MAIL FROM without angle brackets; empty for bounces, which are judged by `helo`. */
  sender: string
  helo: string
  resolve: SpfResolve
  /** The name of the receiving server, for explanations. */
  receiver?: string
  /** Milliseconds since the epoch, for explanations that show the time. */
  now?: number
  /** 10 look-ups and 2 void ones unless a report wants to know how many there are. */
  limits?: SpfLimits
}

export interface SpfEvaluation {
  result: SpfOutcome
  /** What the domain tells refused senders; only with `fail`. */
  explanation?: string
  /** Terms that asked the DNS. */
  lookups: number
  trace: SpfStep[]
}

const LIMITS: SpfLimits = { lookups: 10, voids: 2 }

/** Judges by RFC 7208 whole; broken records and failing name servers are results, never throws. */
export async function evaluateSpf(query: SpfQuery): Promise<SpfEvaluation> {
  const ip = parseAddress(query.ip)
  if (!ip) return { result: 'none', lookups: 0, trace: [] }
  const { sender, localPart, domain } = senderOf(query)
  const questions = new SpfQuestions(query.resolve, query.limits ?? LIMITS)
  const visit: SpfVisit = {
    ip,
    questions,
    trace: [],
    facts: {
      sender,
      localPart,
      senderDomain: domain,
      dottedIp: ip.dotted,
      readableIp: ip.readable,
      version: ip.family === 4 ? 'in-addr' : 'ip6',
      helo: asciiName(query.helo),
      receiver: query.receiver ?? 'unknown',
      timestamp: String(Math.floor((query.now ?? 0) / 1000)),
    },
  }
  const { result, explanation } = await judge(visit, domain)
  const evaluation: SpfEvaluation = { result, lookups: questions.lookups, trace: visit.trace }
  if (explanation !== undefined) evaluation.explanation = explanation
  return evaluation
}

async function judge(visit: SpfVisit, domain: string): Promise<{ result: SpfOutcome; explanation?: string }> {
  try {
    const checked = await checkHost(visit, domain)
    const explanation = await explainRefusal(visit, checked)
    return explanation === undefined ? { result: checked.result } : { result: checked.result, explanation }
  } catch (stop) {
    if (!(stop instanceof SpfStop)) throw stop
    visit.trace.push({ domain, term: stop.message, outcome: stop.result })
    return { result: stop.result }
  }
}

/** Sections 2.4 and 4.3: no sender is postmaster at the HELO name, and so is a sender without a local part. */
function senderOf({ sender, helo }: SpfQuery): { sender: string; localPart: string; domain: string } {
  const whole = sender === '' ? helo : sender
  const at = whole.lastIndexOf('@')
  const localPart = whole.slice(0, Math.max(at, 0)) || 'postmaster'
  const domain = asciiName(whole.slice(at + 1))
  return { sender: `${localPart}@${domain}`, localPart, domain }
}

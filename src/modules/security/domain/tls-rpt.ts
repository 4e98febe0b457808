/** TLS-RPT: where other servers report failed encryption of mail (RFC 8460 section 3). */
import { type Remark, Remarks } from './remark.ts'

export interface TlsRptRecord {
  valid: boolean
  /** Addresses that reports can go to. */
  rua: string[]
  errors: Remark[]
}

const ADDRESS = /^(mailto:[^\s@,;!]+@[a-z0-9-]+(\.[a-z0-9-]+)+|https:\/\/[^\s,;!]+)$/i
const EXTENSION = /^[a-z0-9][a-z0-9_.-]{0,31}=[!-:<>-~]+$/i

/** Whether a text record counts as one of TLS-RPT; all others at the name are passed over. */
export const isTlsRptRecord = (text: string): boolean => /^v=TLSRPTv1[ \t]*(;|$)/.test(text)

/** Reads the record behind `_smtp._tls`. */
export function parseTlsRpt(text: string): TlsRptRecord {
  const remarks = new Remarks()
  if (!isTlsRptRecord(text)) remarks.error('version-wrong', 'The record does not begin with v=TLSRPTv1.')
  const parts = text.split(';').map((part) => part.trim())
  if (parts.at(-1) === '') parts.pop()
  const lists = parts.slice(1).filter((part) => part.startsWith('rua='))
  if (lists.length !== 1) remarks.error('rua-missing', 'The record needs the tag rua, once.')
  for (const part of parts.slice(1))
    if (!part.startsWith('rua=') && !EXTENSION.test(part))
      remarks.error('tag-broken', `"${part}" is no tag: name=value is expected.`)
  const addresses = (lists[0] ?? '')
    .slice('rua='.length)
    .split(',')
    .map((address) => address.trim())
  const rua = addresses.filter((address) => ADDRESS.test(address))
  if (lists.length === 1 && rua.length < addresses.length)
    remarks.error('address-wrong', 'rua needs mailto: or https: addresses with commas between.')
  return { valid: remarks.errors.length === 0, rua, errors: remarks.errors }
}

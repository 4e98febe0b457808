/** Where a request comes from, as little of it as is needed: /24 of IPv4, /48 of IPv6. */
import type { AppContext } from './context.ts'

export function ipPrefix(c: AppContext): string {
  const ip = c.req.header('CF-Connecting-IP') ?? ''
  if (ip.includes('.')) return `${ip.split('.').slice(0, 3).join('.')}.0/24`
  return ip ? `${ip.split(':').slice(0, 3).join(':')}::/48` : 'unknown'
}

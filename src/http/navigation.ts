/** The places of the shell. What is not built does not appear. */
import type { Role } from '../platform/actor.ts'
import type { NavItem } from '../views/viewer.ts'

export function navigation(_role: Role, isOperator: boolean): NavItem[] {
  const places: NavItem[] = [
    { href: '/', label: 'Home', icon: 'home', section: 'home' },
    { href: '/foundry', label: 'Mini Foundry', icon: 'chart', section: 'foundry' },
    { href: '/ops', label: 'Ops Copilot', icon: 'spark', section: 'ops' },
    { href: '/contacts', label: 'Contacts', icon: 'users', section: 'contacts' },
    { href: '/settings', label: 'Settings', icon: 'settings', section: 'settings' },
  ]
  if (isOperator)
    places.push({ href: '/operator', label: 'Operations', icon: 'building', section: 'operator' })
  return places
}

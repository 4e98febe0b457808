/** Buttons and links that look like them. */
import type { Child } from 'hono/jsx'
import { Icon, type IconName } from './icon.tsx'

export type ButtonTone = 'primary' | 'plain' | 'ghost' | 'danger'

const TONES: Record<ButtonTone, string> = {
  primary: 'btn-primary',
  plain: 'border-base-300 bg-base-100',
  ghost: 'btn-ghost',
  danger: 'btn-error',
}

export interface ButtonProps {
  children: Child
  tone?: ButtonTone
  small?: boolean
  icon?: IconName
  type?: 'submit' | 'button'
  name?: string
  value?: string
  disabled?: boolean
  formaction?: string
}

export function Button({
  children,
  tone = 'plain',
  small = false,
  icon,
  type = 'submit',
  ...rest
}: ButtonProps) {
  return (
    <button type={type} class={`btn ${small ? 'btn-sm' : ''} ${TONES[tone]}`} {...rest}>
      {icon && <Icon name={icon} size={16} />}
      {children}
    </button>
  )
}

export interface LinkButtonProps {
  href: string
  children: Child
  tone?: ButtonTone
  small?: boolean
  icon?: IconName
  download?: boolean
}

export function LinkButton({
  href,
  children,
  tone = 'plain',
  small = false,
  icon,
  download,
}: LinkButtonProps) {
  return (
    <a href={href} class={`btn ${small ? 'btn-sm' : ''} ${TONES[tone]}`} download={download}>
      {icon && <Icon name={icon} size={16} />}
      {children}
    </a>
  )
}

/** One's own name, address and password. */
import type { FieldError } from '../../../platform/result.ts'
import { Card } from '../../../views/card.tsx'
import { ErrorSummary, errorOf, Field, Form, SelectField, SubmitButton } from '../../../views/form.tsx'
import { SettingsFrame } from './settings-tabs.tsx'

export interface ProfilePageProps {
  name: string
  email: string
  newEmail?: string
  hasPassword: boolean
  theme: 'system' | 'light' | 'dark'
  errors?: FieldError[]
  detail?: string
}

const THEMES = [
  { value: 'system', label: 'As the device' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

export function ProfilePage({ name, email, newEmail, hasPassword, theme, errors, detail }: ProfilePageProps) {
  return (
    <SettingsFrame at="/settings/profile">
      <ErrorSummary errors={errors} detail={errors?.length ? undefined : detail} />
      <div class="grid items-start gap-5 lg:grid-cols-2">
        <Card title="Name">
          <Form action="/settings/profile">
            <Field
              label="Your name"
              name="name"
              value={name}
              error={errorOf(errors, 'name')}
              autocomplete="name"
              required
            />
            <SubmitButton>Save</SubmitButton>
          </Form>
        </Card>
        <Card title="E-mail" lead={`Now ${email}. A new address counts once its link is followed.`}>
          <Form action="/settings/email">
            <Field
              label="New e-mail"
              name="email"
              type="email"
              value={newEmail}
              error={errorOf(errors, 'email')}
              required
            />
            <SubmitButton>Send the link</SubmitButton>
          </Form>
        </Card>
        <Card title="Look">
          <Form action="/settings/theme">
            <SelectField label="Theme" name="theme" value={theme} options={THEMES} />
            <SubmitButton>Save</SubmitButton>
          </Form>
        </Card>
        <Card
          title="Password"
          lead={
            hasPassword
              ? 'Other devices are signed out when it changes.'
              : 'You have none yet. One more way in, should the others fail.'
          }
        >
          <Form action={hasPassword ? '/settings/password' : '/settings/password/first'}>
            {hasPassword && (
              <Field
                label="Present password"
                name="current"
                type="password"
                error={errorOf(errors, 'current')}
                autocomplete="current-password"
                required
              />
            )}
            <Field
              label="New password"
              name="next"
              type="password"
              error={errorOf(errors, 'next')}
              autocomplete="new-password"
              minlength={12}
              hint="At least 12 characters."
              required
            />
            <SubmitButton>{hasPassword ? 'Change the password' : 'Set the password'}</SubmitButton>
          </Form>
        </Card>
      </div>
    </SettingsFrame>
  )
}

/** Every shared component in every state, on one page for those who build and those who look (development only). */
import { Alert } from './alert.tsx'
import { Badge } from './badge.tsx'
import { Mark, Wordmark } from './brand.tsx'
import { Button, LinkButton } from './button.tsx'
import { Card } from './card.tsx'
import { ConfirmButton } from './confirm.tsx'
import { CopyField } from './copy-field.tsx'
import { EmptyState } from './empty-state.tsx'
import { GalleryData } from './gallery-data.tsx'
import { GalleryForms } from './gallery-forms.tsx'
import { ICONS, Icon, type IconName } from './icon.tsx'
import { PageHeader } from './page-header.tsx'
import { Progress } from './progress.tsx'
import { Steps } from './steps.tsx'
import { Tabs } from './tabs.tsx'
import { Toast } from './toast.tsx'

const TONES = ['neutral', 'info', 'success', 'warning', 'error'] as const

export function ComponentGallery() {
  return (
    <div class="flex flex-col gap-6">
      <PageHeader
        title="Components"
        lead="What every page is made of, in each of its states. Switch the theme in the menu of your account."
        crumbs={[{ href: '/dev', label: 'Development' }]}
        actions={
          <>
            <LinkButton href="#forms">Forms</LinkButton>
            <LinkButton href="#charts" tone="primary" icon="chart">
              Charts
            </LinkButton>
          </>
        }
      />
      <Card title="Brand and icons">
        <div class="flex flex-wrap items-center gap-6">
          <Wordmark />
          <Mark size={40} />
        </div>
        <ul class="mt-4 flex flex-wrap gap-x-4 gap-y-2 text-xs">
          {ICONS.map((name: IconName) => (
            <li class="flex items-center gap-1.5">
              <Icon name={name} /> {name}
            </li>
          ))}
        </ul>
      </Card>
      <Buttons />
      <Card title="Badges and alerts">
        <div class="mb-4 flex flex-wrap gap-2">
          {TONES.map((tone) => (
            <Badge tone={tone}>{tone}</Badge>
          ))}
        </div>
        <div class="flex flex-col gap-2">
          {TONES.map((tone) => (
            <Alert tone={tone} title={`A word of tone ${tone}`}>
              It says what happened and what to do about it.
            </Alert>
          ))}
        </div>
      </Card>
      <GalleryForms />
      <GalleryData />
      <Ways />
    </div>
  )
}

function Buttons() {
  return (
    <Card title="Buttons">
      <div class="flex flex-wrap items-center gap-2">
        <Button type="button" tone="primary">
          Primary
        </Button>
        <Button type="button">Plain</Button>
        <Button type="button" tone="ghost">
          Ghost
        </Button>
        <Button type="button" tone="danger" icon="trash">
          Danger
        </Button>
        <Button type="button" tone="primary" disabled>
          Disabled
        </Button>
        <Button type="button" small icon="plus">
          Small
        </Button>
        <ConfirmButton
          action="/dev/components"
          label="Delete with a question"
          title="Delete the demo facts?"
          text="2,400 orders go. This cannot be taken back."
          confirmLabel="Delete"
          tone="danger"
        />
      </div>
    </Card>
  )
}

function Ways() {
  return (
    <>
      <Card title="Tabs, steps and progress">
        <Tabs
          label="Sample places"
          tabs={[
            { href: '#', label: 'Overview', current: true },
            { href: '#charts', label: 'Orders', current: false, count: 1204 },
            { href: '#forms', label: 'A longer name of a place', current: false },
          ]}
        />
        <div class="grid gap-6 md:grid-cols-2">
          <Steps
            steps={[
              { title: 'Create the workspace', state: 'done' },
              {
                title: 'Bring in your orders',
                text: 'A CSV file is enough.',
                state: 'now',
                action: (
                  <LinkButton href="#" small tone="primary">
                    Import
                  </LinkButton>
                ),
              },
              { title: 'Invite a colleague', state: 'next' },
            ]}
          />
          <div class="flex flex-col gap-4">
            <Progress label="Importing orders.csv" value={640} max={1000} words="640 of 1,000 rows" />
            <Progress label="Reading the file" value={0} words="Counting…" />
          </div>
        </div>
      </Card>
      <Card title="Secrets, empty places, toasts">
        <div class="grid gap-6 md:grid-cols-2">
          <CopyField
            id="sample-secret"
            label="Your new API key"
            value="smb_live_sample_not_a_key"
            hint="Shown once. Keep it somewhere safe."
          />
          <div class="flex flex-col gap-2">
            <Toast text="Saved." />
            <Toast text="The file could not be read: it is empty." tone="error" />
          </div>
        </div>
        <div class="mt-6">
          <EmptyState
            icon="upload"
            title="No orders yet"
            text="Bring in a CSV from your shop and the first figures appear within a minute."
            actions={
              <>
                <LinkButton href="#" tone="primary">
                  Import orders
                </LinkButton>
                <LinkButton href="#">Try demo data</LinkButton>
              </>
            }
          />
        </div>
      </Card>
    </>
  )
}

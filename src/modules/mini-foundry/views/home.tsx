/** The home page: what needs you today, then the business at a glance; for an empty workspace the first hour. */
import { Alert } from '../../../views/alert.tsx'
import { Button, LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { Icon } from '../../../views/icon.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Stat } from '../../../views/stat.tsx'
import { Steps } from '../../../views/steps.tsx'
import type { MetricAnswer } from '../domain/metrics-answer.ts'
import { changeWords, figure, type Reader } from './dashboard-words.ts'

export interface HomeAttention {
  tone: 'warning' | 'error' | 'info'
  title: string
  text: string
  href: string
  action: string
}

export interface HomeProps {
  greeting: string
  workspace: string
  attention: HomeAttention[]
  /** Of the last 30 days, with the 30 days before beside them. */
  figures: MetricAnswer[]
  reader: Reader
  hasDemoData: boolean
  mayManage: boolean
}

export function Home({ greeting, workspace, attention, figures, reader, hasDemoData, mayManage }: HomeProps) {
  return (
    <>
      <PageHeader title={greeting} lead={workspace} />
      <div class="flex flex-col gap-6">
        <section aria-labelledby="today">
          <h2 id="today" class="mb-3 font-semibold">
            What needs you today
          </h2>
          {attention.length === 0 ? <AllDone /> : <AttentionList attention={attention} />}
        </section>
        <section aria-labelledby="glance">
          <div class="mb-3 flex flex-wrap items-baseline gap-2">
            <h2 id="glance" class="font-semibold">
              The business at a glance
            </h2>
            <p class="text-base-content/75 text-sm">The last 30 days, beside the 30 before</p>
            <a href="/foundry" class="link ml-auto text-sm">
              Open the dashboard
            </a>
          </div>
          <div class="grid grid-cols-2 gap-3 lg:grid-cols-4">
            {figures.map((answer) => (
              <Card>
                <Stat
                  label={answer.name}
                  value={figure(answer, answer.total, reader)}
                  change={changeWords(answer, 'previous_period', reader)}
                />
              </Card>
            ))}
          </div>
        </section>
        {hasDemoData && <DemoNote mayManage={mayManage} />}
      </div>
    </>
  )
}

function AllDone() {
  return (
    <div class="flex items-center gap-3 rounded-box border border-base-300 bg-base-100 p-4 text-sm">
      <span class="text-success">
        <Icon name="check" />
      </span>
      Nothing waits for you. Invoices, imports and sources are in order.
    </div>
  )
}

function AttentionList({ attention }: { attention: HomeAttention[] }) {
  return (
    <ul class="flex flex-col gap-2">
      {attention.map((item) => (
        <li>
          <Alert
            tone={item.tone}
            title={item.title}
            actions={
              <LinkButton href={item.href} small>
                {item.action}
              </LinkButton>
            }
          >
            {item.text}
          </Alert>
        </li>
      ))}
    </ul>
  )
}

function DemoNote({ mayManage }: { mayManage: boolean }) {
  return (
    <Alert
      title="You are looking at sample data"
      actions={
        mayManage ? (
          <ConfirmButton
            action="/demo/removal"
            label="Remove sample data"
            title="Remove the sample data?"
            text="Every sample order, customer, product and invoice goes. What you brought in yourself stays."
            confirmLabel="Remove it"
          />
        ) : undefined
      }
    >
      A made-up shop, so that every page has something to show. Your own data can come beside it.
    </Alert>
  )
}

export interface FirstHourProps {
  greeting: string
  mayWrite: boolean
  mayManage: boolean
  awaitsData: boolean
}

export function FirstHour({ greeting, mayWrite, mayManage, awaitsData }: FirstHourProps) {
  return (
    <>
      <PageHeader title={greeting} lead="Three steps to your first number." />
      <div class="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Card>
          <Steps
            steps={[
              { title: 'Make the workspace', text: 'Done: you are in it.', state: 'done' },
              {
                title: 'Bring your orders in',
                text: 'A CSV export of your shop is enough; columns are recognised. Or connect Stripe, and new charges appear by themselves.',
                state: awaitsData ? 'done' : 'now',
                action: mayWrite ? (
                  <>
                    <LinkButton href="/foundry/imports/new" tone="primary" icon="upload">
                      Import a file
                    </LinkButton>
                    {mayManage && (
                      <LinkButton href="/foundry/sources/stripe/new" icon="plug">
                        Connect Stripe
                      </LinkButton>
                    )}
                  </>
                ) : (
                  'Ask an owner, admin or member to do this.'
                ),
              },
              {
                title: 'See your first number',
                text: awaitsData
                  ? 'Waiting for the first data. This page changes when it is here.'
                  : 'Revenue, orders and customers, with last year beside them.',
                state: awaitsData ? 'now' : 'next',
              },
            ]}
          />
        </Card>
        {mayManage && !awaitsData && (
          <Card
            title="Only looking around?"
            lead="Fill the workspace with two years of a made-up shop. One click takes it out again."
          >
            <form action="/demo" method="post" class="flex flex-col gap-2">
              <Button name="profile" value="home-goods" icon="spark">
                A home goods shop (USD)
              </Button>
              <Button name="profile" value="coffee" icon="spark">
                A coffee roaster (PLN)
              </Button>
            </form>
          </Card>
        )}
      </div>
    </>
  )
}

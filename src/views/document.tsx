/** The HTML document around every page: head, styles, scripts. Nothing inline: the policy forbids it. */
import type { Child } from 'hono/jsx'

export interface DocumentProps {
  title: string
  locale: string
  theme?: 'system' | 'light' | 'dark'
  /** Inside another site's page: without what only pages of our own need. */
  framed?: boolean
  children: Child
}

export function Document({ title, locale, theme = 'system', framed = false, children }: DocumentProps) {
  return (
    <html lang={locale} {...(theme === 'system' ? {} : { 'data-theme': theme })}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta
          name="htmx-config"
          content='{"defaultSwap":"outerHTML","morphIgnore":["data-htmx-powered","open"]}'
        />
        <title>{`${title} · SMB Command`}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/icons/apple-touch-icon.png" />
        {!framed && <link rel="manifest" href="/manifest.webmanifest" />}
        <link rel="stylesheet" href="/app.css" />
        {!framed && <script src="/js/htmx.min.js" defer />}
        {!framed && <script src="/js/hx-ws.min.js" defer />}
        <script type="module" src="/js/shell.js" />
      </head>
      {children}
    </html>
  )
}

/** A page inside a page of somebody else: no head, no menu, edge to edge. */
import type { Child } from 'hono/jsx'
import { Document } from './document.tsx'

export interface EmbeddedPageProps {
  title: string
  theme: 'system' | 'light' | 'dark'
  children: Child
}

export function EmbeddedPage({ title, theme, children }: EmbeddedPageProps) {
  return (
    <Document title={title} locale="en" theme={theme} framed>
      <body class="bg-base-200 p-3 text-base-content">
        <main id="main">{children}</main>
      </body>
    </Document>
  )
}

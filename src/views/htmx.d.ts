/** htmx's own element for out-of-place swaps. */
import 'hono/jsx'

declare module 'hono/jsx' {
  namespace JSX {
    interface IntrinsicElements {
      'hx-partial': Record<string, unknown>
    }
  }
}

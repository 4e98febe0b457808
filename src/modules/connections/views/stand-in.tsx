/** In development: the made-up vendor beside this installation, connected by one button. */
import type { StandInWay, Vendor } from '../../../platform/vendor.ts'
import { Card } from '../../../views/card.tsx'
import { Form, SubmitButton } from '../../../views/form.tsx'

export function StandInCard({ vendor, way }: { vendor: Vendor; way: StandInWay }) {
  return (
    <Card
      title={`Try it with a made-up ${vendor.name}`}
      lead={`It runs beside this installation, holds two years of history and answers as ${vendor.name} is documented. Nothing leaves this computer. For a real account, start with npm start -- --no-vendors.`}
    >
      <Form action={`/settings/connections/${vendor.kind}/start`}>
        <input type="hidden" name="method" value={way.method} />
        {Object.entries(way.fields).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <SubmitButton>Connect the made-up account</SubmitButton>
      </Form>
    </Card>
  )
}

/** How a program checks that a message is from us, in Node and in Python. */

const NODE = `import { createServer } from 'node:http'
import { Webhook } from 'standardwebhooks' // npm install standardwebhooks

const webhook = new Webhook(process.env.WEBHOOK_SECRET) // whsec_...

createServer(async (request, response) => {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  try {
    // the body as it came, not parsed and written anew
    const event = webhook.verify(Buffer.concat(chunks).toString('utf8'), request.headers)
    // event.id may come twice: remember it, and skip what you know
    await handle(event.type, event.data)
    response.writeHead(204).end()
  } catch {
    response.writeHead(400).end()
  }
}).listen(3000)`

const PYTHON = `import base64, hashlib, hmac, json, time

def verify(secret, headers, body):  # body: the bytes as they came
    message_id, stamp = headers["webhook-id"], headers["webhook-timestamp"]
    if abs(time.time() - int(stamp)) > 300:
        raise ValueError("too old")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{stamp}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    for signature in headers["webhook-signature"].split():
        version, _, value = signature.partition(",")
        if version == "v1" and hmac.compare_digest(value, expected):
            return json.loads(body)
    raise ValueError("no matching signature")`

export function CodeSamples() {
  return (
    <div class="flex flex-col gap-4 text-sm">
      <p>
        Messages are signed after the{' '}
        <a href="https://www.standardwebhooks.com" class="link" rel="noreferrer">
          Standard Webhooks
        </a>{' '}
        specification, which has libraries for many languages. They arrive at least once and not always in
        order: skip an <code>id</code> that you know.
      </p>
      <Sample title="Node" code={NODE} />
      <Sample title="Python" code={PYTHON} />
    </div>
  )
}

function Sample({ title, code }: { title: string; code: string }) {
  return (
    <details>
      <summary class="cursor-pointer font-medium">{title}</summary>
      <pre tabindex={0} class="mt-2 overflow-x-auto rounded-box bg-base-200 p-3 text-xs">
        <code>{code}</code>
      </pre>
    </details>
  )
}

import { readFileSync } from 'node:fs'
import { createShepGateway } from '../../src/main/adapters/shep/create-shep-gateway.ts'
import { shepMessageId } from './shep-messages.ts'

/** Sends one message in a process of its own, whose environment the test has chosen. Prints the outcome as JSON. */
const [url = '', authorityFile = ''] = process.argv.slice(2)
const gateway = createShepGateway({
  url,
  authorityPem: readFileSync(authorityFile, 'utf8'),
  serviceId: 'SERVICE',
  senderId: 'SENDER',
  deadlineMs: 10_000,
})
const outcome = await gateway.send({ messageId: shepMessageId, messageDate: new Date(), data: 'MIIB' })
gateway.close()
process.stdout.write(JSON.stringify(outcome))

import { enterThread } from '../thread/enter-thread.ts'
import { createVerificationEngine, type VerificationEngine } from './create-verification-engine.ts'
import type { VerificationConfig } from './verification-config.ts'
import type { VerificationCall, VerificationReply } from './verification-protocol.ts'

/** The thread in which signatures and certificates are judged. No key ever comes here. */
const { given, port } = enterThread<VerificationConfig>()
const engine = createVerificationEngine(given)
port.on('message', (call: VerificationCall) => {
  void answer(engine, call).then(
    (given) => port.postMessage({ id: call.id, answer: given } satisfies VerificationReply),
    () => port.postMessage({ id: call.id } satisfies VerificationReply),
  )
})

async function answer(judges: VerificationEngine, call: VerificationCall): Promise<VerificationReply['answer']> {
  switch (call.method) {
    case 'verifyReply':
      return judges.verifyReply(call.question)
    case 'verifyPerson':
      return judges.verifyPerson(call.question)
    case 'verifyEnvelope':
      return judges.verifyEnvelope(call.question)
    case 'judgeSigner':
      return judges.judgeSigner(call.question)
    case 'stamp':
      return judges.stamp(call.question)
  }
}

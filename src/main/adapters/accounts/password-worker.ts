import { enterThread } from '../thread/enter-thread.ts'
import { hashPassword, verifyPassword } from './argon2-password.ts'

/** One question and one answer; the thread, and with it every copy of the password, ends afterwards. */
export type PasswordQuestion =
  | { readonly kind: 'hash'; readonly password: Uint8Array }
  | { readonly kind: 'verify'; readonly password: Uint8Array; readonly encoded: string }

const { port } = enterThread<undefined>()
port.once('message', async (question: PasswordQuestion) => {
  const { password } = question
  const answer =
    question.kind === 'hash' ? await hashPassword(password) : await verifyPassword(password, question.encoded)
  password.fill(0)
  port.postMessage(answer)
})

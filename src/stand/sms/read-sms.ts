import { standFiles } from '../stand-files.ts'
import { createSmsInbox, type SmsMessage } from './sms-inbox.ts'

const NEWEST = 10

/** The newest messages of a stand's folder, running or not. */
export function readSms(options: { readonly dataDir: string }): Promise<readonly SmsMessage[]> {
  return createSmsInbox({ folder: standFiles(options.dataDir).smsDir }).newest(NEWEST)
}

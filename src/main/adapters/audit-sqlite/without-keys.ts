import { fail, succeed } from '../../../shared/result.ts'
import type { MonthKeyring } from './month-keyring.ts'

/** For rows without personal data, written where no vault is at hand. */
export const withoutKeys: MonthKeyring = {
  find: () => succeed(undefined),
  obtain: () => fail({ code: 'vault.unreadable', detail: 'no vault' }),
  newestMonth: () => undefined,
  monthsBefore: () => [],
  destroy: () => fail({ code: 'vault.unreadable', detail: 'no vault' }),
  wipe: () => undefined,
}

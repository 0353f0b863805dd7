import { useCallback, useEffect, useState } from 'react'
import type { ChannelOutput } from '../../../shared/contract/channels.ts'
import { useArm } from '../../arm-context.ts'
import { Button } from '../../components/button.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import type { ShownFailure } from '../../components/shown-failure.ts'
import { useI18n } from '../../i18n/i18n-context.ts'
import { AddAccount } from './add-account.tsx'

type Account = ChannelOutput<'accounts.list'>[number]

/** The administrator's list of who may work here. Nobody is ever deleted: the log names logins for years. */
export function AccountsPage({ login }: { login: string }) {
  const arm = useArm()
  const { t } = useI18n()
  const [accounts, setAccounts] = useState<readonly Account[]>([])
  const [failure, setFailure] = useState<ShownFailure>()
  const load = useCallback(async () => {
    const listed = await arm.invoke('accounts.list', undefined)
    if (listed.ok) setAccounts(listed.value)
    setFailure(listed.ok ? undefined : listed.failure)
  }, [arm])
  useEffect(() => {
    load()
  }, [load])

  const setDisabled = async (account: Account) => {
    const changed = await arm.invoke('accounts.set-disabled', { login: account.login, disabled: !account.disabled })
    if (changed.ok) return load()
    setFailure(changed.failure)
  }

  return (
    <section className="page accounts-page" aria-labelledby="accounts-title">
      <h1 id="accounts-title">{t('navigation.accounts')}</h1>
      {failure !== undefined && <FailureAlert title={t('accounts.failed')} failure={failure} />}
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              {(['name', 'login', 'role', 'iin', 'state'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`accounts.column.${column}`)}
                </th>
              ))}
              <th scope="col">
                <span className="visually-hidden">{t('accounts.column.action')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {accounts.map((account) => (
              <tr key={account.login}>
                <th scope="row">{account.name}</th>
                <td>{account.login}</td>
                <td>{t(`role.${account.role}`)}</td>
                <td>{account.iin === undefined ? '—' : `${account.iin.slice(0, 6)}******`}</td>
                <td>{t(account.disabled ? 'accounts.state.disabled' : 'accounts.state.enabled')}</td>
                <td>
                  {account.login !== login && (
                    <Button kind="quiet" onPress={() => setDisabled(account)}>
                      {t(account.disabled ? 'accounts.enable' : 'accounts.disable', { login: account.login })}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <AddAccount onAdded={load} />
    </section>
  )
}

import { createContext, useContext } from 'react'
import type { ArmClient } from './arm-client.ts'

export const ArmContext = createContext<ArmClient | undefined>(undefined)

export function useArm(): ArmClient {
  const client = useContext(ArmContext)
  if (client === undefined) throw new Error('useArm outside of ArmContext')
  return client
}

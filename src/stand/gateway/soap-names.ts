/** Namespaces of SOAP 1.1 and of ШЭП's synchronous channel. */
export const soapNames = {
  envelope: 'http://schemas.xmlsoap.org/soap/envelope/',
  syncChannel: 'http://bip.bee.kz/SyncChannel/v10/Types',
  schema: 'http://www.w3.org/2001/XMLSchema',
  schemaInstance: 'http://www.w3.org/2001/XMLSchema-instance',
} as const

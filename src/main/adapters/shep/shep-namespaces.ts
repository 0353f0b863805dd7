/** SOAP 1.1, section 3. */
export const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/'
/** Types of the gateway's synchronous channel; only the outermost element of a message is in it. */
export const syncChannelNamespace = 'http://bip.bee.kz/SyncChannel/v10/Types'
export const xsiNamespace = 'http://www.w3.org/2001/XMLSchema-instance'
export const xsdNamespace = 'http://www.w3.org/2001/XMLSchema'

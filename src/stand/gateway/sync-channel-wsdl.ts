import { soapNames } from './soap-names.ts'

/** A short description of the one operation. @param address where the channel listens. */
export function syncChannelWsdl(address: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions name="SyncChannel" targetNamespace="http://bip.bee.kz/SyncChannel/v10/Interfaces"
    xmlns:tns="http://bip.bee.kz/SyncChannel/v10/Interfaces" xmlns:types="${soapNames.syncChannel}"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/">
  <wsdl:message name="SendMessageRequestMsg">
    <wsdl:part element="types:SendMessage" name="SendMessageParameters"/>
  </wsdl:message>
  <wsdl:message name="SendMessageResponseMsg">
    <wsdl:part element="types:SendMessageResponse" name="SendMessageResult"/>
  </wsdl:message>
  <wsdl:message name="SendMessageFaultMsg">
    <wsdl:part element="types:SendMessageFault1_SendMessageFault" name="sendMessageFault"/>
  </wsdl:message>
  <wsdl:portType name="ISyncChannel">
    <wsdl:operation name="SendMessage">
      <wsdl:input message="tns:SendMessageRequestMsg"/>
      <wsdl:output message="tns:SendMessageResponseMsg"/>
      <wsdl:fault message="tns:SendMessageFaultMsg" name="sendMessageFault"/>
    </wsdl:operation>
  </wsdl:portType>
  <wsdl:binding name="SyncChannelHttpBinding" type="tns:ISyncChannel">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <wsdl:operation name="SendMessage">
      <soap:operation soapAction=""/>
      <wsdl:input><soap:body use="literal"/></wsdl:input>
      <wsdl:output><soap:body use="literal"/></wsdl:output>
      <wsdl:fault name="sendMessageFault"><soap:fault name="sendMessageFault" use="literal"/></wsdl:fault>
    </wsdl:operation>
  </wsdl:binding>
  <wsdl:service name="SyncChannelHttpService">
    <wsdl:port binding="tns:SyncChannelHttpBinding" name="SyncChannelHttpPort">
      <soap:address location="${address}"/>
    </wsdl:port>
  </wsdl:service>
</wsdl:definitions>
`
}

/** Replies of the portal, written by hand: no code of the product has a part in them. */

export const replyNonce = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='
export const replyRequestId = '6f1c1c52-3c35-4a55-9d4e-0f4b8a1d2c3e'
export const encapsulatedKey = 'IB8eHRwbGhkYFxYVFBMSERAPDg0MCwoJCAcGBQQDAgE='
/** 24 bytes: a password of eight and a tag. */
export const ciphertext = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

export const resultXml = {
  notRegistered: `<registrationStatus><registered>false</registered><person><name>Иванов Иван</name><lifeStatus>0</lifeStatus><legalCapacity>1</legalCapacity><prosecutorRecord>false</prosecutorRecord></person></registrationStatus>`,
  refusedStatus: `<registrationStatus><registered>true</registered><person><name>Ә &amp; Б</name><lifeStatus>9</lifeStatus><exclusionSign>9</exclusionSign><legalCapacity>5</legalCapacity><prosecutorRecord>true</prosecutorRecord></person><refusal><reason>life-status</reason><message>Невозможно создать учетную запись (код:9).</message></refusal></registrationStatus>`,
  bareStatus: `<registrationStatus><registered>1</registered></registrationStatus>`,
  issuedSealed: `<accountIssued><action>created</action><login>000101500012</login><sealedPassword><encapsulatedKey>${encapsulatedKey}</encapsulatedKey><ciphertext>${ciphertext}</ciphertext></sealedPassword><message>Поздравляем, "Вы" зарегистрировались.</message></accountIssued>`,
  issuedPlain: `<accountIssued><action>regenerated</action><login>000101500012</login><plainPassword>0x1F&lt;&amp;"~!</plainPassword><message>Новый пароль</message></accountIssued>`,
  alreadyRegistered: `<alreadyRegistered/>`,
  statusUnknown: `<requestStatus><of>${replyRequestId}</of><unknown/></requestStatus>`,
  statusNotKept: `<requestStatus><of>${replyRequestId}</of><notKept/></requestStatus>`,
  statusServed: `<requestStatus><of>${replyRequestId}</of><served>${ciphertext}</served></requestStatus>`,
  codeSent: `<codeSent><attempts>3</attempts><validSeconds>180</validSeconds><message>Проверочный код отправлен</message></codeSent>`,
  mobileConnected: `<mobileConnected><number>+77011234567</number><message>Номер подключен</message></mobileConnected>`,
  wrongCode: `<mobileRefused><reason>wrong-code</reason><attemptsLeft>2</attemptsLeft><message>Код неверен</message></mobileRefused>`,
  numberTaken: `<mobileRefused><reason>number-taken</reason><message>Номер занят</message></mobileRefused>`,
  refused: `<refused><reason>signature-rejected</reason><message>Запрос отклонен порталом</message></refused>`,
} as const

export function replyXml(result: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<registrationReply xmlns="urn:arm-tson:registration:v1"><requestId>${replyRequestId}</requestId><nonce>${replyNonce}</nonce><repliedAt>2026-02-28T23:59:59.999Z</repliedAt><iin>000101500012</iin>${result}</registrationReply>`
}

import { portalMessages } from '../../../shared/domain/reference-data.ts'
import type { HelpTexts } from '../help-article.ts'
import { callCentreWords } from './call-centre-words.ts'

/** The Russian texts in English; words of the portal stay Russian, with a translation below. */
export const helpEn: HelpTexts = {
  service: {
    title: 'How the service goes',
    blocks: [
      {
        kind: 'steps',
        items: [
          'A citizen asks for “Registration in mobile Egov and Mgov” with an identity document.',
          'Type or scan the IIN and check the registration on the portal. If the citizen is registered, the service is over.',
          'Compare the citizen with the photograph and enter number and validity of the document. The workstation prints the user agreement.',
          'The citizen reads and signs the agreement. After “The citizen has signed” the workstation signs the request and sends it through the gateway to the portal.',
          'The portal creates the account, and the workstation checks its signature. Enter mobile number and SMS code for mGov, or skip the step with a reason.',
          'The workstation prints a sheet with login, password and the portal’s address.',
          'Fold the sheet along its marks without reading it, and give it to the citizen.',
        ],
      },
      { kind: 'text', text: 'Registration at the service centre gives a citizen full rights on the portal.' },
      {
        kind: 'text',
        text: 'If the citizen is registered already but has lost the password, issue a new one and give the reason. The former password stops working.',
      },
    ],
  },
  refusals: {
    title: 'The portal refused: where to send the citizen',
    blocks: [
      { kind: 'text', text: 'Life status “deceased”, or an exclusion sign of the IIN:' },
      {
        kind: 'verbatim',
        text: portalMessages.deceased,
        translation:
          'No account can be created for the entered IIN. For an explanation, turn to the documentation department at the service centre (code: 9).',
      },
      {
        kind: 'verbatim',
        text: portalMessages.excluded('2'),
        translation:
          'No account can be created for the entered IIN. For an explanation, turn to the documentation department at the service centre (code: 2, exclusion sign of the IIN).',
      },
      {
        kind: 'text',
        text: 'Send the citizen to the documentation department of the service centre with the identity card and papers that prove the status. The department checks the register and corrects the data if the status there is wrong.',
      },
      { kind: 'text', text: 'On record at the Prosecutor General’s office:' },
      {
        kind: 'verbatim',
        text: portalMessages.prosecutorRecord,
        translation:
          'No account can be created for the entered IIN. For an explanation, turn to the office of the Committee on Legal Statistics and Special Records of the Prosecutor General of the Republic of Kazakhstan, http://www.pravstat.kz',
      },
      {
        kind: 'text',
        text: 'Send the citizen to the office of the Committee on Legal Statistics and Special Records, www.pravstat.kz. The service centre does not keep these records.',
      },
      {
        kind: 'text',
        text: 'The portal did not accept the signature of the information system: stop issuing, and give the administrator the code and the request number. The refusal has nothing to do with the citizen.',
      },
    ],
  },
  unknown: {
    title: 'The outcome of a request is unknown',
    blocks: [
      {
        kind: 'text',
        text: 'The request went out, and no answer that can be trusted came back. The portal may have created the account and issued a password.',
      },
      {
        kind: 'steps',
        items: [
          'Press “Find out the outcome”: the workstation asks the portal and sends nothing again.',
          'A password was issued: print the envelope.',
          'The portal never received the request: send the same one again, if the citizen is at the counter.',
          'Give the administrator the failure code and the request number.',
        ],
      },
    ],
  },
  ways: {
    title: 'Ways to register on egov.kz',
    blocks: [
      {
        kind: 'list',
        items: [
          'At a service centre with an identity card: login and password in an envelope, full rights.',
          'On www.egov.kz with a digital signature: it needs internet access, an IIN or BIN, the signature and the current version of NCALayer. Status of a permanent user.',
          'By a one-time password, without a signature: the IIN and a code from an SMS. The telephone number must be registered to the citizen’s IIN.',
          'In the mobile application: the IIN and a code from an SMS.',
        ],
      },
      { kind: 'text', text: 'Registration with a digital signature on the site:' },
      {
        kind: 'steps',
        items: [
          'Press “Registration” and read the user agreement.',
          'Choose natural or legal person and confirm the agreement.',
          'Press “Registration with a digital signature”.',
          'Enter a new password twice, and an e-mail address.',
          'Choose the RSA certificate, enter its password and press “Register”.',
        ],
      },
      { kind: 'text', text: 'When it worked, the portal shows:' },
      {
        kind: 'verbatim',
        text: portalMessages.registered,
        translation:
          'Congratulations, you have registered on the web portal “Electronic Government” of the Republic of Kazakhstan.',
      },
      {
        kind: 'text',
        text: 'A temporary registration gives temporary rights. Full access opens after signing in with a digital signature.',
      },
    ],
  },
  mgov: {
    title: 'Connecting to mGov',
    blocks: [
      {
        kind: 'list',
        items: [
          'On the portal: enter the mobile number, ask for the check code and enter it. A citizen who is registered already is offered to add the number at sign-in; a digital signature is needed.',
          'At a service centre: its staff connect the citizen. An identity card is needed, and the user agreement is filled in.',
          'In the EGOV.KZ application: IIN and portal password, “Activate”, the telephone number, “Continue”, then the digital signature or “Skip”.',
        ],
      },
      { kind: 'text', text: 'The check code arrives within a minute.' },
      {
        kind: 'text',
        text: 'A code may be tried three times within three minutes; then a new one is needed. Where the number cannot be connected, the envelope is printed all the same.',
      },
      {
        kind: 'text',
        text: 'If no SMS arrives, the number may not be registered to the citizen’s IIN: the mobile operator can tell.',
      },
    ],
  },
  signature: {
    title: 'What one can do with a digital signature, and without',
    blocks: [
      { kind: 'text', text: 'Without a signature one can only look:' },
      { kind: 'list', items: ['see debts;', 'read about services;', 'follow applications.'] },
      {
        kind: 'text',
        text: 'Documents and applications cannot be signed without it. With a signature every service is open:',
      },
      {
        kind: 'list',
        items: [
          'filing applications;',
          'receiving certificates;',
          'registering a business;',
          'signing contracts;',
          'paying for services.',
        ],
      },
      { kind: 'text', text: 'If signing in with it fails, the citizen should check that NCALayer is installed.' },
    ],
  },
  password: {
    title: 'The citizen has forgotten the portal password',
    blocks: [
      { kind: 'text', text: 'The sign-in page has a link “Forgot the password?”. The portal offers two ways.' },
      {
        kind: 'list',
        items: [
          'By e-mail: the IIN, the number of the document and its date of issue (for legal persons the BIN and the number of the registration certificate). The new password goes to the address given at registration.',
          'By digital signature: enter a new password twice, choose the certificate and sign the request.',
        ],
      },
      {
        kind: 'text',
        text: 'Without both, the service centre issues a new password: check the registration and choose “Issue a new password” with a reason.',
      },
    ],
  },
  lock: {
    title: 'Sign-in to the portal is locked',
    blocks: [
      {
        kind: 'text',
        text: 'After 10 failed attempts the portal closes sign-in by login and password for 15 minutes, and shows:',
      },
      {
        kind: 'verbatim',
        text: portalMessages.loginLocked,
        translation:
          'Sign-in by login and password is locked for a while for this IIN/BIN. You can sign in to the portal with a digital signature, a digital signature on the SIM card, or a one-time password',
      },
      {
        kind: 'text',
        text: 'The citizen may wait 15 minutes or sign in another way: with a digital signature, one on the SIM card, or a one-time password. A wrong login or password, and a person who is not registered, get:',
      },
      {
        kind: 'verbatim',
        text: portalMessages.loginWrong,
        translation: 'Authorisation error: a wrong login or password was entered',
      },
    ],
  },
  'call-centre': {
    title: 'Answers for the call centre: “an account already exists for my IIN”',
    blocks: [
      { kind: 'text', text: 'Ask whether the citizen has a digital signature. Has none:' },
      {
        kind: 'verbatim',
        spoken: true,
        text: callCentreWords.withoutSignature,
        translation:
          'Dear user, you need a digital signature for authentication (authorisation) on the portal. You can apply for one through the link “Get a digital signature” on the main page, or on the site of the National Certification Authority, www.pki.gov.kz. For safety, change your password and bring your e-mail address up to date after signing in with it',
      },
      { kind: 'text', text: 'Has one:' },
      {
        kind: 'verbatim',
        spoken: true,
        text: callCentreWords.withSignature,
        translation:
          'Dear user, you can sign in with your digital signature. For safety, change your password and bring your e-mail address up to date afterwards',
      },
      { kind: 'text', text: 'Contact centre: 1414 or 8 800 080 7777, free of charge, day and night.' },
    ],
  },
  safety: {
    title: 'What to advise a citizen about safety',
    blocks: [
      {
        kind: 'list',
        items: [
          'Change the password at the first sign-in, and tell it to nobody.',
          'Give the password of the digital signature to nobody.',
          'Sign out, above all on somebody else’s computer.',
          'Look at the address: exactly egov.kz.',
          'If the account was broken into: change the password of the signature, revoke it at the certification authority and get a new one, look through the applications filed.',
        ],
      },
    ],
  },
  keyboard: {
    title: 'Keyboard and scanner',
    blocks: [
      {
        kind: 'list',
        items: [
          'Enter: the next action, the button with the sign ⏎.',
          'Tab and Shift+Tab: the next and the previous field or button.',
          'Esc: close a menu or the help, stay on the page.',
          'F1: help; F1 again or Esc: back to work.',
        ],
      },
      {
        kind: 'text',
        text: 'The scanner fills the IIN wherever the cursor is and whatever the layout: a barcode with the IIN, or the three lines on the back of the identity card.',
      },
    ],
  },
  'sign-in': {
    title: 'Signing in to the workstation',
    blocks: [
      {
        kind: 'list',
        items: [
          'Enter your own login and password and press Enter. Nobody works under another person’s login.',
          'After five failures in a row sign-in is closed for 15 minutes.',
          'After 5 minutes without work the workstation hides the citizen’s data and asks for the password.',
          'When you leave the counter, lock it: the menu with your name, “Lock”.',
        ],
      },
    ],
  },
  journal: {
    title: 'Journal',
    blocks: [
      {
        kind: 'text',
        text: 'Every step of the service is in the journal: who, when, with what outcome. The rows form a chain, so that a change or a deletion shows.',
      },
      {
        kind: 'text',
        text: 'If the workstation says that the integrity is broken, leave the journal’s file alone, stop serving and call the administrator.',
      },
    ],
  },
  health: {
    title: 'Health of the workplace',
    blocks: [
      {
        kind: 'text',
        text: 'The section “Health” tells the administrator what the command arm doctor tells: gateway, key, trust, printer, log, disk, clock, versions. It changes nothing.',
      },
      {
        kind: 'list',
        items: [
          '“BROKEN”: nobody can be served until what the line says is done.',
          '“Needs attention”: it can serve, but not for long.',
          '“Not checked”: the workstation could not look. That does not mean that all is well.',
        ],
      },
      { kind: 'text', text: 'The small print has the code and a detail: the developer will ask for them.' },
    ],
  },
  settings: {
    title: 'Settings of the workplace',
    blocks: [
      {
        kind: 'text',
        text: 'The section “Settings” is the administrator’s. The program leaves this machine’s file alone: what is changed here is kept apart, in the data folder, and each change is in the journal with its old and new value.',
      },
      {
        kind: 'list',
        items: [
          'A mistake shows beside its field while you type: the parser of the settings file finds it.',
          '“Check the line”, “Check the key” and “Test page” try what is typed before it is saved.',
          'A field with a lock is fixed by the administrator’s file or by the training mode.',
          'Limits of a session and the scanner’s character are in force at once, the rest after a restart of the program.',
          '“Export” and “Import” carry settings in a file; the differences are shown before they are applied.',
        ],
      },
      { kind: 'text', text: 'Settings hold no secret: the PIN of a check is used once and kept nowhere.' },
    ],
  },
}

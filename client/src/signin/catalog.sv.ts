export const sv = {
  title: 'Logga in',
  lede: 'Skriv din e-postadress, så skickar vi en länk att logga in med. Du behöver inget lösenord.',
  email: 'E-postadress',
  emailBad: 'Skriv en hel e-postadress, till exempel namn@myndighet.se.',
  submit: 'Skicka länken',
  next: 'Sedan kommer du till sidan du ville öppna.',
  sent: {
    title: 'Titta i din e-post',
    text: 'Om {{email}} finns i Justera har en länk skickats dit.',
    step1: 'Öppna mejlet från Justera, i samma webbläsare som nu.',
    step2: 'Klicka på länken och sedan på knappen Logga in.',
    valid: 'Länken gäller i 15 minuter och kan användas en gång.',
    nothing:
      'Kom inget mejl? Titta i skräpposten och kontrollera adressen. Den som inte är inbjuden än får vända sig till sekreteraren.',
    again: 'Skicka en ny länk',
    other: 'Använd en annan adress',
    againDone: 'En ny länk är på väg. Den gamla gäller också tills den används eller blir för gammal.',
  },
  local: {
    title: 'Kör Justera på den här datorn?',
    text: 'Utan e-postserver står länken i terminalen där servern startades. Där står också en färdig länk för varje person i demon.',
  },
}

export const sv = {
  title: 'Tillgänglighetsredogörelse',
  lede: 'Justera ska kunna användas av alla som arbetar med protokoll. Här står hur väl det lyckas, vad som brister och hur du säger till.',
  how: {
    title: 'Hur tillgängligt är Justera?',
    text: 'Justera är byggt för att följa EN 301 549 och WCAG 2.2 på nivå AA. Det är delvis förenligt med kraven: bristerna vi känner till står nedan.',
    keyboard:
      'Allt går att göra med enbart tangentbord. Fokus syns på allt som går att använda, och snabbtangenter med en bokstav kan stängas av i inställningarna.',
    reader:
      'Sidor, ärenden och tillstånd har namn och roller för skärmläsare. Det som ändras medan du läser sägs lugnt, aldrig mitt i en mening.',
    sight:
      'Ljust, mörkt och systemets höga kontrast fungerar. Texten går att förstora till 400 procent och sidorna fungerar från 360 bildpunkters bredd. Inget sägs med bara färg.',
    calm: 'När andra skriver högre upp än det du ser står texten du läser kvar, och rörelser stängs av när systemet ber om det.',
  },
  limits: {
    title: 'Brister som vi känner till',
    carets:
      'Andras markörer i texten är dolda för skärmläsare, eftersom de annars avbryter läsningen. Vem som är i vilket ärende står i stället i innehållsförteckningen.',
    drag: 'Att flytta ett ärende genom att dra går inte med alla hjälpmedel. Samma sak görs med Flytta upp och Flytta ner i ärendets meny, eller med Alt, Skift och piltangenterna.',
    moving: 'Skriver någon i samma bild som du läser kan raderna nedanför flytta sig.',
    print:
      'Protokollet går att skriva ut som ett rent dokument i svart på vitt. Om en pdf som sparas den vägen är tillgänglig är inte prövat.',
    imported:
      'Importerade protokoll kan ha rubriker eller listor som tolkats fel. De går att rätta vid granskningen och i protokollet.',
    tested:
      'Vi har provat med automatiska verktyg i ljust och mörkt läge och med enbart tangentbord. Prov med skärmläsare tillsammans med personer som använder dem dagligen återstår.',
  },
  report: {
    title: 'Säg till när något inte fungerar',
    text: 'Skriv vad du ville göra och vad som hände. Skriv gärna vilken sida, vilken webbläsare och vilket hjälpmedel det gällde. Du behöver inte ge någon information om dig själv.',
    field: 'Vad fungerar inte?',
    hint: 'Texten öppnas i ditt e-postprogram och skickas först när du skickar den där. Adressaten väljer du själv: den som driver Justera hos er, eller mötets sekreterare.',
    mail: 'Öppna i e-postprogrammet',
    copy: 'Kopiera texten',
    copied: 'Kopierat',
    subject: 'Tillgänglighet i Justera',
    page: 'Sida',
    browser: 'Webbläsare',
    missing: 'Skriv vad som inte fungerar.',
  },
  supervision: {
    title: 'Tillsyn',
    text: 'Myndigheten för digital förvaltning, Digg, har tillsyn över lagen om tillgänglighet till digital offentlig service. Är du inte nöjd med svaret du får kan du anmäla det till Digg.',
    link: 'Anmäl till Digg',
  },
  method: {
    title: 'Hur vi har bedömt',
    text: 'Redogörelsen bygger på en egen granskning av den här versionen: automatiska prov med axe av varje sida i båda utseendena, prov med enbart tangentbord, mätta kontraster och granskning i 360 bildpunkters bredd. Ingen oberoende granskning är gjord än.',
  },
}

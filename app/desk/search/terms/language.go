package terms

import "strings"

// Language is one whose words have stems here.
type Language uint8

// The languages.
const (
	English Language = iota
	German
	Dutch
	languages
)

// LanguageOf is the one that a BCP 47 tag names, English for all others.
func LanguageOf(tag string) Language {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	switch base {
	case "de", "gsw":
		return German
	case "nl":
		return Dutch
	}
	return English
}

// detect is the language whose stop words a text has most of, or else what
// was said of it. Tickets in German quote errors in English.
func detect(text string, said Language) Language {
	var count [languages]int
	looked := 0
	chunks(text, func(c chunk) {
		if looked > 400 || c.to-c.from > 12 {
			return
		}
		looked++
		word := strings.ToLower(text[c.from:c.to])
		for l := range languages {
			if telling[l][word] {
				count[l]++
			}
		}
	})
	best := said
	for l := range languages {
		if count[l] > count[best] {
			best = l
		}
	}
	if best != said && count[best] < 2 { // one word is no language
		return said
	}
	return best
}

// stops are words that say nothing; telling are those of them that no other
// of the three languages has.
var stops, telling = func() (all, own [languages]map[string]bool) {
	for l, list := range []string{English: stopEnglish, German: stopGerman, Dutch: stopDutch} {
		all[l] = map[string]bool{}
		for word := range strings.FieldsSeq(list) {
			all[l][word] = true
		}
	}
	for l := range languages {
		own[l] = map[string]bool{}
		for word := range all[l] {
			if all[(l+1)%languages][word] || all[(l+2)%languages][word] {
				continue
			}
			own[l][word] = true
		}
	}
	return all, own
}()

const stopEnglish = `a about after again all also am an and any are as at be because been before being but by can could did do does doing
 don't during each few for from further had has have having he her here him his how i i'm if in into is isn't it it's its just me more most my
 no nor not now of off on once only or other our out over own please same she should so some such than thank thanks that the their them then
 there these they this those through to too under until up us very was we were what when where which while who why will with would you your
 hello dear regards hi`

const stopGerman = `ab aber alle allem allen aller alles als also am an ander andere anderen auch auf aus bei beim bin bis bist bitte da dadurch
 daher damit dann das dass daß dein dem den denn der des deshalb die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem
 einen einer eines er es etwas euch euer für gegen gibt hab habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren
 ihrer im in ins ist ja jede jedem jeden jeder jedes jetzt kann kein keine keinem keinen keiner können könnte leider man mehr mein meine mich
 mir mit muss müssen nach nicht nichts noch nun nur ob oder ohne schon sehr sein seine seit selbst sich sie sind so sobald soll sollte sondern
 sonst über um und uns unser unsere unter vom von vor war waren warum was weil wenn wer werden wie wieder will wir wird wo wurde wurden zu zum
 zur zwar zwischen fuer ueber koennen hallo guten tag mfg grüße freundlichen danke vielen dank`

const stopDutch = `aan al alle alles als altijd andere ben bij daar dan dat de der deze die dit doch doen door dus een en er ge geen geweest graag
 haar had heb hebben heeft hem het hier hij hoe hun iemand iets ik in is ja je kan kon kunnen maar me meer men met mij mijn moet na naar niet
 niets nog nu of om omdat onder ons onze ook op over reeds te tegen toch toen tot u uit uw van veel voor waar waarom want waren was wat we wel
 werd wezen wie wij wil worden wordt zal ze zelf zich zij zijn zo zonder zou bedankt beste groeten hallo dank`

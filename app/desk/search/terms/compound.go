package terms

import "strings"

// compound splits a German or Dutch word in two where it ends with a word
// that often does: lieferscheindruck is lieferschein and druck. A whole
// dictionary would find more, and be wrong more often.
func compound(word string, l Language) (head, tail string) {
	if len(word) < 9 {
		return "", ""
	}
	for n := min(len(word)-4, longestTail[l]); n >= 4; n-- {
		tail = word[len(word)-n:]
		if !tails[l][tail] {
			continue
		}
		head = word[:len(word)-n]
		if len(head) > 5 && strings.HasSuffix(head, "s") && !strings.HasSuffix(head, "ss") {
			head = head[:len(head)-1] // the s that joins
		}
		return head, tail
	}
	return "", ""
}

var tails, longestTail = func() (set [languages]map[string]bool, longest [languages]int) {
	for l, list := range []string{English: "", German: tailsGerman, Dutch: tailsDutch} {
		set[l] = map[string]bool{}
		for word := range strings.FieldsSeq(list) {
			set[l][word] = true
			longest[l] = max(longest[l], len(word))
		}
	}
	return set, longest
}()

const tailsGerman = `abbruch abgleich ablage abruf abschluss abteilung adresse aktualisierung analyse anbindung anfrage angebot anlage anmeldung
 ansicht anwendung anzeige archiv artikel assistent aufruf auftrag aufträge ausdruck ausgabe auswahl auswertung automatik bank beleg belege
 bereich bericht berichte berechtigung bestand bestellung betrag bild bildschirm blatt buchung buchungen code datei dateien daten datenbank
 datensatz datum dialog dienst dienste dokument druck drucker eingabe eingang einstellung einstellungen eintrag export fehler feld felder fenster
 filter format formular freigabe funktion gerät geräte gruppe gruppen import index inhalt journal karte kasse kennwort kennung konto konten
 kopie kunde kunden lager lauf laufwerk leiste lieferung liste listen lizenz lösung maske maschine meldung meldungen menge menü modul
 nachricht name nummer nummern ordner partner passwort pfad plan planung platz position positionen preis preise programm protokoll prozess prüfung
 rechner rechnung rechnungen recht rechte regel register sammlung satz schein scheine schlüssel schnittstelle seite server setup sicherung
 sitzung skript software speicher spalte sperre status stelle steuer suche summe system tabelle tabellen tag taste tasten text treiber
 übersicht übertragung umgebung umsatz verbindung verbindungen verkauf versand version versionen verwaltung verzeichnis vorgang vorlage vorlagen
 vorschau wert werte zahl zahlen zahlung zahlungen zeichen zeile zeilen zeit zentrale zertifikat ziel zugang zugriff`

const tailsDutch = `aanmelding aanvraag adres afdeling afdruk archief artikel artikelen bericht berichten bestand bestanden bestelling betaling
 betalingen blad boeking boekingen bon bonnen code controle database datum dienst document documenten export factuur facturen fout fouten
 functie gebruiker gegevens groep groepen import instelling instellingen invoer kaart klant klanten knop koppeling levering lijst lijsten
 machine map melding meldingen menu module naam nummer nummers omgeving opdracht opslag order orders overzicht pagina planning printer prijs
 prijzen programma project rapport rapporten rechten regel regels rekening rekeningen scherm sleutel software status stuurprogramma systeem
 tabel tabellen tekst toegang uitvoer venster verbinding verbindingen verkoop versie versies voorraad wachtwoord waarde zending`

package redact

// version reports whether four numbers are a version: a word before them says
// so, or no network begins so.
func (sc *scanner) version(s, e int, p [4]int) bool {
	b := sc.b
	i := s - 1
	if b[i] == '"' || b[i] == '\'' || b[i] == '(' || b[i] == '[' || b[i] == '/' {
		i--
	}
	// "1.2.3.4/24" is a network, "Chrome/120.0.44.210" a version.
	if b[s-1] == '/' && isAlnum(b[s-2]) && b[s-2] != '/' {
		w := s - 2
		for isWord(b[w]) {
			w--
		}
		if b[w] != '/' && b[w] != ':' && isLetter(b[s-2]) && !isDigit(b[e+1]) {
			return true
		}
	}
	for n := 0; n < 3 && i > 0 && (b[i] == ' ' || b[i] == '=' || b[i] == ':' || b[i] == '"' || b[i] == '\''); n++ {
		i--
	}
	// Up to two words before may say that it is a version, and more of them when
	// something was brought from one to the other.
	left := 2
	for range 5 {
		end := i + 1
		for i > 0 && (isLetter(b[i]) || b[i] == '_' || isDigit(b[i]) && left > 2) {
			i--
		}
		word := foldText(string(b[i+1 : end]))
		if upgrades[word] {
			return true
		}
		for _, w := range versionWords {
			if left > 0 && len(word) >= len(w) && (word == w || len(w) > 4 && word[len(word)-len(w):] == w) {
				return true
			}
		}
		switch {
		case word == "to" || word == "from" || word == "on" || word == "auf" || word == "von":
			left = 5
		case left <= 2 && prepositions[word]:
			return false
		}
		if left--; b[i] != ' ' || word == "" || left <= 0 {
			return false
		}
		i--
	}
	return false
}

var upgrades = words("upgrade upgraded upgrading update updated updating downgrade downgraded bump bumped fixes aktualisiert aktualisierung bijgewerkt")

var (
	versionWords = [...]string{"version", "ver", "versie", "build", "release", "firmware", "driver", "treiber", "fileversion", "revision", "rev", "patch", "kernel", "productversion", "assemblyversion", "bios", "sdk", "runtime", "dotnet", "engine", "definition", "signatur", "since", "seit", "sinds", "abschnitt", "section", "kapitel", "chapter", "paragraaf", "sectie", "hoofdstuk"}
	prepositions = words("via by at on src dst host peer addr address gateway server client von nach an bei ip")
)

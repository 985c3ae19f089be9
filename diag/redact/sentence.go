package redact

// verb steps over the words that say what a password is or became, in three
// languages.
func verb(b []byte, i int) int {
	from := i
	for range 4 {
		e := i
		for isLetter(b[e]) || b[e] >= 0x80 {
			e++
		}
		if e == i || e-i > 16 || b[e] != ' ' && b[e] != ':' || !verbs[foldText(string(b[i:e]))] {
			break
		}
		for i = e; (b[i] == ' ' || b[i] == ':') && i-e < maxGap; i++ {
		}
	}
	if i == from {
		return 0
	}
	return i
}

var verbs = words("is ist lautet war was to auf naar luidt has been set changed reset from in geändert zurückgesetzt gewijzigd gezet wurde werd nun jetzt now nu ")

// purpose steps over what a password is for: "password for anna: ".
func purpose(b []byte, i int) int {
	if !foldAt(b, i, "for ") && !foldAt(b, i, "für ") && !foldAt(b, i, "voor ") {
		return 0
	}
	for k := i; k-i < maxGap && !isBreak(b[k]); k++ {
		if b[k] == ':' && b[k+1] == ' ' {
			return k + 2
		}
	}
	return 0
}

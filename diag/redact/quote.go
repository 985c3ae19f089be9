package redact

// closing steps over the quotation mark that ends a key, escaped or not.
func closing(b []byte, i int) (int, bool) {
	j := i
	for b[j] == '\\' && j-i < 8 {
		j++
	}
	switch {
	case isQuote(b[j]):
		return j + 1, true
	case foldAt(b, i, "%22") || foldAt(b, i, "%27"):
		return i + 3, true
	case foldAt(b, i, "&quot;"):
		return i + 6, true
	}
	return i, false
}

// opening steps over the quotation mark that begins a value.
func opening(b []byte, i int) (at int, quote byte, level int) {
	j := i
	if (b[j] == 'N' || b[j] == '@' || b[j] == 'b' || b[j] == 'u' || b[j] == '$') && isQuote(b[j+1]) {
		j++
	}
	k := j
	for b[k] == '\\' && k-j < 8 {
		k++
	}
	if isQuote(b[k]) && k-j != 2 {
		if k == j && b[k] == '"' && b[k+1] == '"' && b[k+2] == '"' {
			k += 2
			j += 2
		}
		return k + 1, b[k], k - j
	}
	if printQuote(b, i) {
		return i + 3, 'U', 0
	}
	if string(b[i:i+9]) == "<![CDATA[" {
		return i + 9, ']', 0
	}
	switch {
	case foldAt(b, i, "%22"):
		return i + 3, '%', 0
	case foldAt(b, i, "&quot;"):
		return i + 6, '&', 0
	}
	return i, 0, 0
}

// encodedSep recognises = and : as a URL writes them.
func encodedSep(b []byte, i int) bool { return foldAt(b, i, "%3d") || foldAt(b, i, "%3a") }

// dots steps over a leader such as ". . . :", or stays.
func dots(b []byte, i int) int {
	j := i
	for (b[j] == '.' || b[j] == ' ') && j-i < maxGap {
		j++
	}
	if b[j] == ':' {
		return j + 1
	}
	return i
}

// printQuote reports whether one of the quotation marks of print stands at i: „ “ ” ‚ ‘ ’.
func printQuote(b []byte, i int) bool {
	return b[i] == 0xe2 && b[i+1] == 0x80 && b[i+2] >= 0x98 && b[i+2] <= 0x9f
}

package redact

// list replaces every text in a JSON list that begins at i.
func (sc *scanner) list(rule *Rule, i int) int {
	b, done := sc.b, 0
	for limit := min(sc.n, i+reach/2); i < limit; {
		i = skipSpace(b, i)
		at, quote, level := opening(b, i)
		switch {
		case quote != 0:
			end, _ := sc.valueEnd(site{at: at, quote: quote, level: level})
			if placeholder(b, at) == 0 && end > at {
				done = sc.hide(rule, at, end)
			}
			i = end + level + 1
		case b[i] == ',':
			i++
		default:
			return done
		}
	}
	return done
}

// object replaces the field "value" of a JSON object that begins at i.
func (sc *scanner) object(rule *Rule, i int) int {
	b := sc.b
	for limit := min(sc.n, i+512); i < limit && b[i] != '}'; i++ {
		if !isQuote(b[i]) || !foldAt(b, i+1, "value") {
			continue
		}
		v, ok := sc.pair(site{key: i}, i)
		if !ok {
			return 0
		}
		return anyValue(sc, rule, v)
	}
	return 0
}

// scalar replaces the lines of a YAML block that stands after a key: each line
// that is indented deeper than the key, so that lines keep their numbers.
func (sc *scanner) scalar(rule *Rule, v site) int {
	b := sc.b
	i := v.at
	for i < sc.n && !isBreak(b[i]) {
		if i-v.at > 4 { // not the mark of a block: a value that begins like one
			end, open := sc.bareEnd(v)
			return sc.hideValue(rule, v, end, open)
		}
		i++
	}
	line := v.key
	for line > 0 && b[line-1] != '\n' {
		line--
	}
	depth := indent(b, line)
	done := 0
	for i < sc.n {
		for isBreak(b[i]) {
			i++
		}
		in := indent(b, i)
		if in <= depth || i+in >= sc.n {
			return done
		}
		s := i + in
		for i = s; i < sc.n && !isBreak(b[i]); i++ {
		}
		if placeholder(b, s) != i {
			done = sc.hide(rule, s, i)
		} else {
			done = i
		}
	}
	if !sc.last {
		sc.goesOn(span{stop: &stopLine})
	}
	return done
}

// indent is how many blanks begin a line.
func indent(b []byte, i int) int {
	n := 0
	for isBlank(b[i+n]) {
		n++
	}
	return n
}

package redact

// placeRules find positions on the earth.
var placeRules = []*Rule{
	{
		Name: "place", Kind: Place, Form: Decimal,
		Why:   "A position tells where somebody is.",
		Keys:  []string{"lat", "lon", "lng", "long", "latitude", "longitude", "gps lat", "gps lon", "gps latitude", "gps longitude", "breite", "länge", "breitengrad", "längengrad", "breedtegraad", "lengtegraad"},
		Goes:  []string{"lat=‹48.13743› lon=‹11.57549›", `"latitude": ‹48.1374›`, `"lng":"‹11.575›"`},
		Stays: []string{"lat=12.5ms", "long: 12", "x=120.5,y=33.2", "lat 48"},
	},
	{
		Name: "position", Kind: Place, ends: []string{"geo", "gps", "position", "location", "coordinates", "standort", "locatie", "koordinaten", "ll", "q", "center", "point", "at", "pos"}, shapes: []shape{{class: digits, min: 1, max: 3, prev: "@"}}, find: findPair,
		Why:   "A position tells where somebody is.",
		Goes:  []string{"geo:‹48.13743,11.57549›", "GPS position ‹48.13743, 11.57549›", `"location":"‹48.1374,11.5754›"`, "location: [‹48.13743, 11.57549›]", "?q=‹48.13743,11.57549›", "maps/@‹48.186217,11.562943›,17z", "Standort ‹48.178494 N 11.511622 E›"},
		Stays: []string{"position 12,45", "at 1.5, 2.5", "point (100.25, 33.75)", "location: 12.3456"},
	},
	{
		Name: "nmea", Kind: Place, begins: []string{"GPRMC", "GPGGA", "GPGLL", "GNRMC", "GNGGA", "GNGLL", "GLRMC", "GAGGA"}, find: findNMEA,
		Why:   "A position tells where somebody is; the sentences of receivers, NMEA 0183.",
		Goes:  []string{"$GPRMC,081836,A,‹3751.65,S,14507.36,E›,000.0,360.0", "$GPGGA,123519,‹4807.038,N,01131.000,E›,1,08"},
		Stays: []string{"GPRMC parser ready"},
	},
	{
		Name: "degrees", Kind: Place, ends: []string{"n", "s"}, find: findDegrees,
		Why:   "A position tells where somebody is.",
		Goes:  []string{"at ‹48.1374° N, 11.5755° E›", "‹48°08'14\"N 11°34'31\"E›"},
		Stays: []string{"turned 90° left", "45.5°C", "12° N"},
	},
}

// findPair recognises two numbers of degrees with four decimals and more after
// a word that says what they are.
func findPair(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	i := e
	if b[s-1] == '@' { // .../maps/@48.1,11.5
		i = s
	}
	for k := 0; k < 8 && i < sc.n; k++ {
		if c := b[i]; c == ':' || c == ' ' || c == '=' || c == '"' || c == '[' || c == '(' || c == '\'' {
			i++
		} else {
			break
		}
	}
	if i == e && i != s || b[s-1] == '@' && !isDigit(b[s]) {
		return 0
	}
	first := degreesEnd(b, i)
	if first == 0 {
		return 0
	}
	j := first
	if b[j] != ',' && b[j] != ';' && b[j] != ' ' {
		return 0
	}
	for b[j] == ',' || b[j] == ';' || b[j] == ' ' {
		j++
	}
	if c := lower(b[j]); (c == 'n' || c == 's') && b[j+1] == ' ' {
		j += 2
	}
	second := degreesEnd(b, j)
	if second == 0 {
		return 0
	}
	if c := lower(b[second+1]); b[second] == ' ' && (c == 'e' || c == 'w' || c == 'o') && !isWord(b[second+2]) {
		second += 2
	}
	return sc.rename(rule, Place, i, second)
}

// degreesEnd gives where a number of at most 180 with at least four decimals ends.
func degreesEnd(b []byte, i int) int {
	if b[i] == '-' || b[i] == '+' {
		i++
	}
	s := i
	for isDigit(b[i]) {
		i++
	}
	if i == s || i-s > 3 || b[i] != '.' || number(string(b[s:i])) > 180 {
		return 0
	}
	point := i
	for i++; isDigit(b[i]); i++ {
	}
	if i-point < 5 || isWord(b[i]) {
		return 0
	}
	return i
}

// findNMEA replaces the four fields of latitude and longitude.
func findNMEA(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if b[e] != ',' {
		return 0
	}
	skip := 1 // fields before the position: the time
	switch string(b[s+2 : s+5]) {
	case "RMC":
		skip = 2
	case "GLL":
		skip = 0
	}
	i := e + 1
	next := func() {
		for i < sc.n && b[i] != ',' && b[i] != '*' && !isBreak(b[i]) {
			i++
		}
	}
	for range skip {
		next()
		i++
	}
	at := i
	for range 4 {
		next()
		i++
	}
	i--
	if i-at < 12 || i-at > 40 || !isDigit(b[at]) || placeholder(b, at) > 0 {
		return 0
	}
	return sc.rename(rule, Place, at, i)
}

// findDegrees recognises a latitude and a longitude with their signs, by the
// letter after the first.
func findDegrees(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if e-s != 1 {
		return 0
	}
	from, sign := s, false
	for from > sc.flushed && s-from < 24 && angleSet.has(b[from-1]) {
		from--
		sign = sign || b[from] == 0xb0
	}
	for from < s && !isDigit(b[from]) {
		from++
	}
	if !sign || from == s || isWord(b[from-1]) {
		return 0
	}
	i := e
	for b[i] == ',' || b[i] == ' ' || b[i] == ';' {
		i++
	}
	sign = false
	for at := i; i-at < 24 && angleSet.has(b[i]); i++ {
		sign = sign || b[i] == 0xb0
	}
	if c := lower(b[i]); !sign || c != 'e' && c != 'w' && c != 'o' || isWord(b[i+1]) {
		return 0
	}
	return sc.rename(rule, Place, from, i+1)
}

// angleSet is what angles are written with: digits, the signs of degrees,
// minutes and seconds in UTF-8 and in old code pages.
var angleSet = set("0-9.,'\" \xc2\xb0\xe2\x80\xb2\xb3\xb4")

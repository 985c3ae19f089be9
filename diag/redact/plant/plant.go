// Package plant writes logs with planted secrets and look-alikes, and says what a redactor left of them.
package plant

// Plant is one value that was written into a log.
type Plant struct {
	Kind, Variant string
	Value         string // must be gone from the output or, with Keep, must survive
	Keep          bool
	// Line is the line with the marker, counted from 1. The value stands on it
	// or, in a block, on a line that follows before the next marker.
	Line int
}

// Known is what a machine knows of itself, and what a profile says of its owner.
type Known struct {
	Hosts, Domains, Users []string
	Names                 []string // customers, companies and people, as the profile spells them
}

// Own is what the machine of the generated log knows of itself; a redactor is
// told this before it reads the log.
func Own() Known {
	return Known{
		Hosts:   []string{"NB-HV-0815", "zeus"},
		Domains: []string{"vogelbau.lan", "intern.vogel-bau.de"},
		Users:   []string{"hvogel", "svc_lohn"},
		Names:   []string{"Vogel & Söhne Bau GmbH", "Holger Vogel"},
	}
}

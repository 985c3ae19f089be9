package diag

import (
	"slices"

	"github.com/beistand/beistand/diag/redact"
)

// Redaction is what a profile adds to what is replaced: rules of the vendor's,
// and names that are nobody else's business.
type Redaction struct {
	Rules   []redact.Rule
	Names   []string // customers and companies
	Domains []string // their domains
}

// with adds the profile's names to what is known.
func (r Redaction) with(known redact.Known) redact.Known {
	known.Names = slices.Concat(known.Names, r.Names)
	known.Domains = slices.Concat(known.Domains, r.Domains)
	return known
}

//go:build !headless

package app

import (
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/diag"
)

// question is what the window asks before a profile is used that nobody
// trusted has signed; nil when there is nothing to ask. Reports go to desk.
func (c *customerCommand) question(p *diag.Profile, desk string) *page.Question {
	if known(p) || p.Use == diag.UseUnasked {
		return nil
	}
	q := &page.Question{File: c.Profile, Name: p.Name, Desk: desk, Wishes: p.Wishes()}
	if p.Signer != nil {
		q.Signer = diag.PublicKeyText(p.Signer)
	}
	return q
}

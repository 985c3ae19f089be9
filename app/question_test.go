//go:build !headless

package app

import (
	"slices"
	"testing"

	"github.com/beistand/beistand/diag"
)

func TestWhenTheWindowAsks(t *testing.T) {
	c := &customerCommand{profileFile: profileFile{Profile: "erp.yaml"}}
	for signed, asks := range map[diag.Signed]bool{diag.Builtin: false, diag.Trusted: false, diag.Unsigned: true, diag.Stranger: true} {
		profile := full(signed)
		if signed == diag.Stranger {
			profile.Signer = make(diag.PublicKey, 32)
		}
		q := c.question(profile, "https://desk.example")
		if (q != nil) != asks {
			t.Errorf("%v: asks: %v", signed, q != nil)
		}
		if q == nil {
			continue
		}
		if q.File != "erp.yaml" || q.Name != "Example" || q.Desk != "https://desk.example" || (q.Signer != "") != (signed == diag.Stranger) ||
			!slices.Contains(q.Wishes.Addresses, "a.example") {
			t.Errorf("%v: asks %+v", signed, q)
		}
		profile.Use = diag.UseUnasked
		if c.question(profile, "") != nil {
			t.Errorf("%v: asks for what an option has said", signed)
		}
	}
}

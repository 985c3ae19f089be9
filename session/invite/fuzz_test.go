package invite

import (
	"bytes"
	"crypto/ed25519"
	"testing"

	"github.com/beistand/beistand/session/rights"
)

// FuzzVerify takes whatever two desks may tell: what was signed verifies, and
// nothing else does under its signature. No two look alike.
func FuzzVerify(f *testing.F) {
	all := uint16(rights.Of(rights.All()...))
	f.Add("7f1c", "Sam", "Example", "042", "supporter", int64(7), all, "7f1cS", "am", "Example", "042", "supporter", int64(7), all)
	f.Add("a", "b", "", "000", "observer", int64(1), uint16(1), "a", "", "b", "000", "expert", int64(1), uint16(2))
	f.Add("a", "b\u202e", "\xff", "00x", "", int64(-1), uint16(0), "", "", "", "", "", int64(0), ^uint16(0))
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, ed25519.SeedSize))
	f.Fuzz(func(t *testing.T, id, who, house, first, role string, ticket int64, asked uint16, id2, who2, house2, first2, role2 string, ticket2 int64, asked2 uint16) {
		a := Invitation{ID: id, Supporter: who, Organisation: house, FirstPart: first, Role: Role(role), Ticket: ticket, Rights: rights.Set(asked)}
		b := Invitation{ID: id2, Supporter: who2, Organisation: house2, FirstPart: first2, Role: Role(role2), Ticket: ticket2, Rights: rights.Set(asked2)}
		if a.Sign(key) != nil {
			return
		}
		if err := a.Verify(); err != nil {
			t.Fatalf("%+v was signed, and does not verify: %v", a, err)
		}
		b.DeskKey, b.Signature = a.DeskKey, a.Signature
		same := id == id2 && who == who2 && house == house2 && first == first2 && role == role2 && ticket == ticket2 && asked == asked2
		if (b.Verify() == nil) != same {
			t.Fatalf("%+v verifies under the signature of %+v: %v", b, a, !same)
		}
	})
}

package web_test

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/beistand/beistand/session/seal"
)

// TestSealedInGo opens in the browser what Go has sealed, and seals it again: in
// every length up to some blocks, and in some long ones.
func TestSealedInGo(t *testing.T) {
	var key [seal.KeySize]byte
	if _, err := rand.Read(key[:]); err != nil {
		t.Fatal(err)
	}
	sealer := seal.NewSealer(key)
	var sealed []string
	for size := range 300 {
		if size > 260 {
			size *= 131
		}
		message := make([]byte, size)
		if _, err := rand.Read(message); err != nil {
			t.Fatal(err)
		}
		b, err := sealer.Seal(nil, message)
		if err != nil {
			t.Fatal(err)
		}
		sealed = append(sealed, base64.StdEncoding.EncodeToString(b))
	}
	same := eval[int](laboratory(t), fmt.Sprintf(`(async () => {
		const { Opener, Sealer } = await import("/static/seal.js");
		const { equal, unbase64 } = await import("/static/bytes.js");
		const key = unbase64(%q), opener = new Opener(key), sealer = new Sealer(key);
		return %q.split(" ").map(unbase64).filter((b) => equal(sealer.seal(opener.open(b)), b)).length;
	})()`, base64.StdEncoding.EncodeToString(key[:]), strings.Join(sealed, " ")))
	if same != len(sealed) {
		t.Errorf("%d of %d messages were opened and sealed again as they were", same, len(sealed))
	}
}

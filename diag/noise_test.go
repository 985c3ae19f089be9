package diag

import "math/rand/v2"

// noise is text of words that nobody knows: it packs to little less, and
// nothing in it is replaced.
func noise(seed, size int) []byte {
	rng := rand.New(rand.NewPCG(uint64(seed), 7))
	b := make([]byte, size)
	for i := range b {
		switch {
		case i%64 == 63:
			b[i] = '\n'
		case i%8 == 7:
			b[i] = ' '
		default:
			b[i] = 'a' + byte(rng.IntN(26))
		}
	}
	return b
}

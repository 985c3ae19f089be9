// Package words turns a secret that two people share into two words that they can compare aloud.
package words

import (
	"encoding/binary"

	"github.com/sethvargo/go-diceware/diceware"
)

// Two are two words of the EFF's large list for dice, 7,776 words that are
// easily told apart (eff.org/dice, 2016): of secret's first four bytes and its
// second, big endian, each modulo the list's length. Who does not know the
// secret meets both by chance once in 60 million times.
func Two(secret [32]byte) [2]string {
	list := diceware.WordListEffLarge()
	word := func(b []byte) string {
		n := int(binary.BigEndian.Uint32(b)) % 7776
		at := 0
		for place := 10_000; place > 0; place /= 10 { // five dice, most telling first
			at += place * (n/power(place) + 1)
			n %= power(place)
		}
		return list.WordAt(at)
	}
	return [2]string{word(secret[:4]), word(secret[4:8])}
}

// power is how many words share what dice up to this decimal place show.
func power(place int) int {
	p := 1
	for ; place > 1; place /= 10 {
		p *= 6
	}
	return p
}

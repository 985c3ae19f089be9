package pake

import (
	"crypto/sha512"

	"github.com/gtank/ristretto255"
)

// prependLen puts the length in LEB128 before b (draft, appendix A).
func prependLen(dst, b []byte) []byte {
	n := len(b)
	for n >= 0x80 {
		dst = append(dst, byte(n)|0x80)
		n >>= 7
	}
	return append(append(dst, byte(n)), b...)
}

// lvCat is the draft's lv_cat: no two lists of strings give the same bytes.
func lvCat(parts ...[]byte) []byte {
	var out []byte
	for _, p := range parts {
		out = prependLen(out, p)
	}
	return out
}

// generatorString pads the code to SHA-512's first block, so that the time to
// hash it does not depend on its length (draft, section 7.1).
func generatorString(code, channel, session []byte) []byte {
	pad := max(0, sha512.BlockSize-1-len(prependLen(nil, code))-len(prependLen(nil, []byte(dsi))))
	return lvCat([]byte(dsi), code, make([]byte, pad), channel, session)
}

func generator(code, channel, session []byte) *ristretto255.Element {
	hash := sha512.Sum512(generatorString(code, channel, session))
	return ristretto255.NewElement().FromUniformBytes(hash[:])
}

// sessionKey is the draft's ISK; transcript has the initiator's part first.
func sessionKey(session, k, transcript []byte) []byte {
	hash := sha512.Sum512(append(lvCat([]byte(dsi+"_ISK"), session, k), transcript...))
	return hash[:]
}

package pake

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"testing"

	"github.com/gtank/ristretto255"
)

// vectors is testdata/ristretto255.json: the draft's own, from its repository's
// testvectors.json, groups G_Coffee25519 and G_Coffee25519_points.
type vectors struct {
	Ristretto255 map[string]string `json:"ristretto255"`
	Points       struct {
		Valid     map[string]string
		InvalidY1 string `json:"Invalid Y1"`
		InvalidY2 string `json:"Invalid Y2"`
	} `json:"points"`
}

func loadVectors(t *testing.T) vectors {
	t.Helper()
	b, err := os.ReadFile("testdata/ristretto255.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil || len(b) == 0 {
		t.Fatalf("decode %q: %v", s, err)
	}
	return b
}

func scalar(t *testing.T, b []byte) *ristretto255.Scalar {
	t.Helper()
	s := ristretto255.NewScalar()
	if err := s.Decode(b); err != nil {
		t.Fatal(err)
	}
	return s
}

func same(t *testing.T, what string, got, want []byte) {
	t.Helper()
	if !bytes.Equal(got, want) {
		t.Errorf("%s:\n got %x\nwant %x", what, got, want)
	}
}

func TestDraftVectors(t *testing.T) {
	v := loadVectors(t).Ristretto255
	at := func(name string) []byte { return unhex(t, v[name]) }

	same(t, "g", generator(at("PRS"), at("CI"), at("sid")).Encode(nil), at("g"))

	in := Input{Role: Initiator, Code: at("PRS"), Channel: at("CI"), Session: at("sid"), Data: at("ADa")}
	a := newWith(in, scalar(t, at("ya")))
	same(t, "Ya", a.Share(), at("Ya"))
	in.Role, in.Data = Responder, at("ADb")
	b := newWith(in, scalar(t, at("yb")))
	same(t, "Yb", b.Share(), at("Yb"))

	k, err := multiplyVerify(a.scalar, b.Share())
	if err != nil {
		t.Fatal(err)
	}
	same(t, "K", k, at("K"))

	agreedA, err := a.Agree(b.Share(), at("ADb"))
	if err != nil {
		t.Fatal(err)
	}
	agreedB, err := b.Agree(at("Ya"), at("ADa"))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "ISK of A", agreedA.isk, at("ISK_IR"))
	same(t, "ISK of B", agreedB.isk, at("ISK_IR"))
}

func TestDraftStrings(t *testing.T) {
	count := func(n int) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(i)
		}
		return b
	}
	same(t, "prepend_len of nothing", prependLen(nil, nil), []byte{0})
	same(t, "prepend_len", prependLen(nil, []byte("1234")), []byte("\x041234"))
	same(t, "prepend_len of 127", prependLen(nil, count(127)), append([]byte{0x7f}, count(127)...))
	same(t, "prepend_len of 128", prependLen(nil, count(128)), append([]byte{0x80, 0x01}, count(128)...))
	same(t, "lv_cat", lvCat([]byte("1234"), []byte("5"), nil, []byte("678")), []byte("\x041234\x015\x00\x03678"))
}

func TestDraftPoints(t *testing.T) {
	p := loadVectors(t).Points
	s := scalar(t, unhex(t, p.Valid["s"]))
	got, err := multiplyVerify(s, unhex(t, p.Valid["X"]))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "scalar_mult_vfy", got, unhex(t, p.Valid["G.scalar_mult_vfy(s,X)"]))

	for name, point := range map[string][]byte{
		"no element": unhex(t, p.InvalidY1),
		"identity":   unhex(t, p.InvalidY2),
		"empty":      nil,
		"short":      make([]byte, ShareSize-1),
		"long":       make([]byte, ShareSize+1),
		"all ones":   bytes.Repeat([]byte{0xff}, ShareSize),
		"negative":   append([]byte{1}, make([]byte, ShareSize-1)...),
	} {
		t.Run(name, func(t *testing.T) {
			e, err := New(Input{Code: []byte("123456789")})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := e.Agree(point, nil); !errors.Is(err, ErrPoint) {
				t.Errorf("Agree(%x) = %v, want %v", point, err, ErrPoint)
			}
			if _, err := e.Agree(e.Share(), nil); !errors.Is(err, ErrOrder) {
				t.Errorf("second guess: %v, want %v", err, ErrOrder)
			}
		})
	}
}

package passkey

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/url"
	"testing"

	"github.com/beistand/beistand/app/desk/people/passkey/passkeytest"
)

func place(t testing.TB, base string) *Desk {
	t.Helper()
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	d, err := New("Example Care", u)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const base = "https://desk.example.com"

// registered is sam with one passkey, and the device that has it.
func registered(t testing.TB, d *Desk) (Owner, *passkeytest.Device) {
	t.Helper()
	sam := Owner{Handle: []byte("sam's handle"), Name: "sam", Display: "Sam Support"}
	device := &passkeytest.Device{Origin: base}
	c, err := d.Register(sam)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := device.Create(c.Options)
	if err != nil {
		t.Fatal(err)
	}
	p, err := d.Registered(sam, c.Session, answer)
	if err != nil {
		t.Fatal(err)
	}
	sam.Passkeys = [][]byte{p.Record}
	return sam, device
}

func TestFactor(t *testing.T) {
	d := place(t, base)
	sam, device := registered(t, d)
	robin, other := registered(t, d)
	robin.Handle = []byte("robin's")
	for name, c := range map[string]struct {
		answers *passkeytest.Device
		lie     func()
		holds   bool
	}{
		"right":                  {device, func() {}, true},
		"with a finger or not":   {device, func() { device.Unknown = true }, true},
		"another page":           {device, func() { device.Origin = "https://desk.example.com.evil.test" }, false},
		"in the clear":           {device, func() { device.Origin = "http://desk.example.com" }, false},
		"a copy, whose count is": {device, func() { device.Counter = 0 }, false},
	} {
		t.Run(name, func(t *testing.T) {
			first, err := d.Ask(sam)
			if err != nil {
				t.Fatal(err)
			}
			for range 3 {
				if _, err := c.answers.Get(first.Options); err != nil { // the counter has moved
					t.Fatal(err)
				}
			}
			answer, err := device.Get(first.Options)
			if err != nil {
				t.Fatal(err)
			}
			p, err := d.Answered(sam, first.Session, answer)
			if err != nil {
				t.Fatal(err)
			}
			sam.Passkeys = [][]byte{p.Record}
			second, err := d.Ask(sam)
			if err != nil {
				t.Fatal(err)
			}
			was := *device
			defer func() { counter := device.Counter; *device = was; device.Counter = max(counter, was.Counter) }()
			c.lie()
			if answer, err = c.answers.Get(second.Options); err != nil {
				t.Fatal(err)
			}
			if p, err = d.Answered(sam, second.Session, answer); (err == nil) != c.holds || err != nil && !errors.Is(err, ErrRefused) {
				t.Errorf("holds: %v", err)
			}
			if _, err := d.Answered(sam, first.Session, answer); !errors.Is(err, ErrRefused) {
				t.Errorf("an answer to another question: %v", err)
			}
			if _, err := d.Answered(robin, second.Session, answer); !errors.Is(err, ErrRefused) {
				t.Errorf("sam's answer for robin: %v", err)
			}
			if err == nil {
				sam.Passkeys = [][]byte{p.Record}
			}
		})
	}
	asked, err := d.Ask(sam)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Get(asked.Options); err == nil {
		t.Error("robin's device has something for sam")
	}
}

func TestOnlyFactor(t *testing.T) {
	d := place(t, base)
	sam, device := registered(t, d)
	asked, err := d.AskAnybody()
	if err != nil {
		t.Fatal(err)
	}
	find := func(handle []byte) (Owner, error) {
		if !bytes.Equal(handle, sam.Handle) {
			return Owner{}, errors.New("nobody's")
		}
		return sam, nil
	}
	answer, err := device.Get(asked.Options)
	if err != nil {
		t.Fatal(err)
	}
	who, _, err := d.AnsweredBy(asked.Session, answer, find)
	if err != nil || who.Name != "sam" {
		t.Errorf("%v %v", who.Name, err)
	}
	broken := bytes.Replace(answer, []byte(`"signature":"`), []byte(`"signature":"AA`), 1)
	if _, _, err := d.AnsweredBy(asked.Session, broken, find); !errors.Is(err, ErrRefused) {
		t.Errorf("another signature: %v", err)
	}
	device.Unknown = true
	if answer, err = device.Get(asked.Options); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.AnsweredBy(asked.Session, answer, find); !errors.Is(err, ErrRefused) {
		t.Errorf("whoever found the device: %v", err)
	}
	gone := errors.New("the database is not there")
	if _, _, err := d.AnsweredBy(asked.Session, answer, func([]byte) (Owner, error) { return Owner{}, gone }); !errors.Is(err, gone) || errors.Is(err, ErrRefused) {
		t.Errorf("what went wrong is told as %v", err)
	}
}

// TestRegisteredElsewhere proves that a page of another name gets no passkey in.
func TestRegisteredElsewhere(t *testing.T) {
	d := place(t, base)
	sam := Owner{Handle: []byte("h"), Name: "sam", Display: "Sam"}
	asked, err := d.Register(sam)
	if err != nil {
		t.Fatal(err)
	}
	device := &passkeytest.Device{Origin: "https://evil.test"}
	answer, err := device.Create(asked.Options)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Registered(sam, asked.Session, answer); !errors.Is(err, ErrRefused) {
		t.Errorf("%v", err)
	}
	if _, err := d.Registered(sam, asked.Session, []byte(`{}`)); !errors.Is(err, ErrRefused) {
		t.Errorf("%v", err)
	}
	if _, err := New("x", &url.URL{Scheme: "https", Host: "192.0.2.7"}); err == nil {
		t.Error("an address in figures has passkeys")
	}
}

// FuzzAnswered feeds what a browser sends.
func FuzzAnswered(f *testing.F) {
	d := place(f, base)
	sam, device := registered(f, d)
	asked, err := d.AskAnybody()
	if err != nil {
		f.Fatal(err)
	}
	answer, err := device.Get(asked.Options)
	if err != nil {
		f.Fatal(err)
	}
	challenge, err := d.Register(sam)
	if err != nil {
		f.Fatal(err)
	}
	created, err := device.Create(challenge.Options)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(answer)
	f.Add(created)
	f.Add([]byte(`{"id":"AA","rawId":"AA","type":"public-key","response":{}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		_, _, err := d.AnsweredBy(asked.Session, b, func([]byte) (Owner, error) { return sam, nil })
		if err == nil && !same(b, answer) {
			t.Errorf("%s holds", b)
		}
		if _, err := d.Registered(sam, challenge.Session, b); err != nil && !errors.Is(err, ErrRefused) {
			t.Error(err)
		}
	})
}

// same says whether two answers say the same where it is signed.
func same(a, b []byte) bool {
	type said struct {
		Response struct{ Signature, AuthenticatorData, ClientDataJSON string }
	}
	var x, y said
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && x == y
}

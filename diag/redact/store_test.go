package redact

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

const storeText = "login user=anna from 10.20.30.40 and fe80::1:2:3:4 by a.novak@example.com, mac 3c:aa:bb:cc:dd:ee, user=J\xfcrgen9 at C:\\Users\\bob"

func TestStoredNamesAreTheSame(t *testing.T) {
	rules, names := testRules(t)
	first := rules.Bytes([]byte(storeText), names, nil)
	var kept bytes.Buffer
	if err := names.Store(&kept); err != nil {
		t.Fatal(err)
	}
	text := kept.String()
	again, err := ReadNames(&kept)
	if err != nil {
		t.Fatal(err)
	}
	if again.Size() != names.Size() || names.Size() < 5 {
		t.Errorf("%d names became %d", names.Size(), again.Size())
	}
	// Values come in another order now, and in another spelling.
	if got := rules.Bytes([]byte(strings.ToUpper("mac 3C-AA-BB-CC-DD-EE")), again, nil); !bytes.Contains(first, got[4:]) {
		t.Errorf("%s, and %s before", got, first)
	}
	if second := rules.Bytes([]byte(storeText), again, nil); !bytes.Equal(first, second) {
		t.Errorf("%s, and %s before", second, first)
	}
	var more bytes.Buffer
	if err := again.Store(&more); err != nil || more.String() != text {
		t.Errorf("stored again: %s, and %s before, %v", more.String(), text, err)
	}
	for kind, all := range names.taken {
		for number, value := range all {
			if k, v, err := again.Reveal(fmt.Sprintf("<%s-%d>", kind, number)); k != kind || v != value || err != nil {
				t.Errorf("%s-%d: %s, %v", kind, number, v, err)
			}
		}
	}
}

func TestOtherTicketsHaveOtherNames(t *testing.T) {
	rules, names := testRules(t)
	other, err := NewNames(bytes.Repeat([]byte{8}, KeySize))
	if err != nil {
		t.Fatal(err)
	}
	same := 0
	for i := range 50 {
		line := fmt.Appendf(nil, "user=person%d", i)
		if bytes.Equal(rules.Bytes(line, names, nil), rules.Bytes(line, other, nil)) {
			same++
		}
	}
	if same > 10 {
		t.Errorf("%d of 50 pseudonyms are those of another ticket", same)
	}
}

const keyText = `"key":"BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc="`

func TestHostileStore(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":      "",
		"no JSON":      "names",
		"no version":   `{` + keyText + `,"names":[]}`,
		"short key":    `{"version":1,"key":"BwcH","names":[]}`,
		"more":         `{"version":1,` + keyText + `,"names":[]} {}`,
		"a secret":     `{"version":1,` + keyText + `,"names":[{"kind":"password","number":12,"text":"x"}]}`,
		"no kind":      `{"version":1,` + keyText + `,"names":[{"kind":"x","number":12,"text":"x"}]}`,
		"no number":    `{"version":1,` + keyText + `,"names":[{"kind":"user","text":"x"}]}`,
		"no text":      `{"version":1,` + keyText + `,"names":[{"kind":"user","number":12}]}`,
		"long":         `{"version":1,` + keyText + `,"names":[{"kind":"user","number":12,"text":"` + strings.Repeat("x", 300) + `"}]}`,
		"number twice": `{"version":1,` + keyText + `,"names":[{"kind":"user","number":12,"text":"x"},{"kind":"user","number":12,"text":"y"}]}`,
		"value twice":  `{"version":1,` + keyText + `,"names":[{"kind":"user","number":12,"text":"x"},{"kind":"user","number":13,"text":"X"}]}`,
	} {
		if _, err := ReadNames(strings.NewReader(text)); !errors.Is(err, ErrNotNames) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ReadNames(strings.NewReader(`{"version":2}`)); !errors.Is(err, ErrNewerNames) {
		t.Errorf("a newer one: %v", err)
	}
}

func FuzzReadNames(f *testing.F) {
	rules, names := testRules(f)
	rules.Bytes([]byte(storeText), names, nil)
	var kept bytes.Buffer
	if err := names.Store(&kept); err != nil {
		f.Fatal(err)
	}
	f.Add(kept.Bytes())
	f.Add([]byte(`{"version":1,` + keyText + `,"names":[{"kind":"user","number":12,"bytes":"/w=="}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		n, err := ReadNames(bytes.NewReader(text))
		if err != nil {
			return
		}
		var once, twice bytes.Buffer
		if err := n.Store(&once); err != nil {
			t.Fatal(err)
		}
		m, err := ReadNames(bytes.NewReader(once.Bytes()))
		if err != nil {
			t.Fatalf("%v: %s", err, once.Bytes())
		}
		if err := m.Store(&twice); err != nil || !bytes.Equal(once.Bytes(), twice.Bytes()) {
			t.Fatalf("%s became %s", once.Bytes(), twice.Bytes())
		}
		m.of(User, []byte("somebody new"))
	})
}

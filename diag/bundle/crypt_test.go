package bundle

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"
)

func newKey(t testing.TB) (Identity, Recipient) {
	t.Helper()
	k, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return k, k.Recipient()
}

func makeEncrypted(t *testing.T, to Recipient) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "case.zip")
	w, err := Create(path, head, to)
	if err != nil {
		t.Fatal(err)
	}
	w.spoolMemory = 16 << 10
	addAll(t, w, evidence())
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestEncrypted(t *testing.T) {
	key, to := newKey(t)
	other, _ := newKey(t)
	path := makeEncrypted(t, to)
	for name, with := range map[string][]Identity{"no key": nil, "another key": {other}} {
		if _, err := Open(path, with...); !errors.Is(err, ErrEncrypted) {
			t.Errorf("%s: %v", name, err)
		}
	}
	r, err := Open(path, other, key)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := r.Verify(t.Context()); err != nil || !r.Encrypted() {
		t.Fatal(err)
	}
	if d := cmp.Diff(evidence(), readAll(t, r)); d != "" {
		t.Error(d)
	}
	if err := Select(filepath.Join(t.TempDir(), "x.zip"), r, func(File) bool { return true }); !errors.Is(err, ErrEncrypted) {
		t.Error(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, telling := range []string{"host.json", "büro", "large", "screens"} {
		if bytes.Contains(b, []byte(telling)) {
			t.Errorf("%q can be read", telling)
		}
	}
}

// TestEncryptedHostile has what only somebody with the public key can make.
func TestEncryptedHostile(t *testing.T) {
	key, to := newKey(t)
	for name, c := range map[string]struct {
		edit func(*forgery)
		want error
	}{
		"good":                {func(*forgery) {}, nil},
		"parent folder":       {func(f *forgery) { f.manifest.Files[0].Path = "../a" }, ErrUnsafe},
		"twice but for case":  {func(f *forgery) { f.manifest.Files[0].Path = "logs/B.log" }, ErrUnsafe},
		"one entry for two":   {func(f *forgery) { f.manifest.Files[0].Entry = f.manifest.Files[1].Entry }, ErrUnsafe},
		"no entry":            {func(f *forgery) { f.manifest.Files[0].Entry = "" }, ErrDamaged},
		"longer":              {func(f *forgery) { f.manifest.Files[0].Size-- }, ErrDamaged},
		"shorter":             {func(f *forgery) { f.manifest.Files[0].Size++ }, ErrDamaged},
		"negative":            {func(f *forgery) { f.manifest.Files[0].Size = -1 }, ErrUnsafe},
		"bomb":                {func(f *forgery) { f.manifest.Files[0].Size = 1 << 31 }, ErrUnsafe},
		"other content":       {func(f *forgery) { f.manifest.Files[0].SHA256 = strings.Repeat("0", 64) }, ErrDamaged},
		"not in the manifest": {func(f *forgery) { f.manifest.Files = f.manifest.Files[1:] }, ErrUnsafe},
		"altered":             {func(f *forgery) { f.data[0][len(f.data[0])-1] ^= 1 }, ErrDamaged},
		"not encrypted":       {func(f *forgery) { f.data[0] = bytes.Repeat([]byte("x"), len(f.data[0])) }, ErrDamaged},
		"endless header":      {func(f *forgery) { f.data[0] = headerOf(len(f.data[0])) }, ErrDamaged},
		"manifest is a bomb":  {func(f *forgery) { f.text = bytes.Repeat([]byte(" "), MaxManifest+1) }, ErrTooLarge},
		"manifest of nothing": {func(f *forgery) { f.text = []byte{} }, ErrNotBundle},
	} {
		t.Run(name, func(t *testing.T) {
			f := newForgery()
			f.encrypt(t, to)
			c.edit(f)
			b := f.encrypted(t, to)
			r, err := NewReader(bytes.NewReader(b), int64(len(b)), key)
			if err == nil {
				err = r.Verify(t.Context())
			}
			if !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
}

func headerOf(n int) []byte {
	b := bytes.Repeat([]byte("-> X25519 "), n)
	copy(b, "age-encryption.org/v1\n")
	return b[:n]
}

func encryptTo(t *testing.T, to Recipient, plain []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := seal(&b, []Recipient{to})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(w, bytes.NewReader(plain)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// encrypt makes the forgery's files those of an encrypted bundle.
func (f *forgery) encrypt(t *testing.T, to Recipient) {
	t.Helper()
	f.name = hiddenManifest
	for i := range f.entries {
		f.data[i] = encryptTo(t, to, f.data[i])
		f.manifest.Files[i].Entry = hiddenName(i)
	}
}

// encrypted gives the archive of an encrypted forgery.
func (f *forgery) encrypted(t *testing.T, to Recipient) []byte {
	t.Helper()
	if f.text == nil {
		f.text, _ = encodeManifest(f.manifest)
	}
	var b, dir []byte
	data := append(f.data, encryptTo(t, to, deflate(f.text)))
	for i, d := range data {
		e := entry{name: f.name, attrs: fileMode, packed: uint32(len(d)), plain: uint32(len(d)), offset: uint32(len(b))}
		if i < len(f.data) {
			e.name = hiddenName(i)
		}
		dir = e.central(dir)
		b = append(append(b, e.local()...), d...)
	}
	at := len(b)
	return appendEnd(append(b, dir...), len(data), int64(len(dir)), int64(at))
}

func TestKeys(t *testing.T) {
	key, to := newKey(t)
	text := "# a comment\n" + key.(*age.X25519Identity).String() + "\n"
	if all, err := ParseIdentities(strings.NewReader(text)); err != nil || len(all) != 1 {
		t.Error(all, err)
	}
	if _, err := ParseIdentities(strings.NewReader("secret")); err == nil {
		t.Error("took what is no key")
	}
	if got, err := ParseRecipient(to.(*age.X25519Recipient).String()); err != nil || got == nil {
		t.Error(err)
	}
	for _, wrong := range []string{"", "age1", "x", to.(*age.X25519Recipient).String() + "\n" + to.(*age.X25519Recipient).String()} {
		if _, err := ParseRecipient(wrong); err == nil {
			t.Errorf("took %q", wrong)
		}
	}
}

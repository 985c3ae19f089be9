package diag

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// load reads a profile of a text.
func load(t *testing.T, text string) (*Profile, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "profile.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return LoadProfile(path)
}

// signed gives a signed profile, its key, and where both are.
func signed(t *testing.T) (path, keyPath string, key PublicKey) {
	t.Helper()
	dir := t.TempDir()
	path, keyPath = filepath.Join(dir, "profile.yaml"), filepath.Join(dir, "signer.key")
	key, err := NewKey(keyPath)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("name: Example"), 0o640); err != nil { // without a last line break
		t.Fatal(err)
	}
	if _, err := SignProfile(path, keyPath); err != nil {
		t.Fatal(err)
	}
	return path, keyPath, key
}

func TestSigned(t *testing.T) {
	path, keyPath, key := signed(t)
	other, err := NewKey(filepath.Join(t.TempDir(), "other.key"))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		trusted []PublicKey
		want    Signed
	}{
		"trusted": {[]PublicKey{other, key}, Trusted}, "another": {[]PublicKey{other}, Stranger}, "nobody": {nil, Stranger},
	} {
		p, err := LoadProfile(path, c.trusted...)
		if err != nil || p.Signed != c.want || !p.Signer.Equal(key) {
			t.Errorf("%s: %+v, %v", name, p, err)
		}
	}
	before, _ := os.ReadFile(path)
	if _, err := SignProfile(path, keyPath); err != nil { // again
		t.Fatal(err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Errorf("%s became %s", before, after)
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o640 {
		t.Error(info.Mode())
	}
	if info, _ := os.Stat(keyPath); info.Mode().Perm() != 0o600 {
		t.Error(info.Mode())
	}
	if _, err := NewKey(keyPath); !errors.Is(err, os.ErrExist) {
		t.Errorf("a key was written over: %v", err)
	}
	if p := BuiltinProfile(); p.Signed != Builtin {
		t.Error(p.Signed)
	}
}

// TestEveryByteIsSigned changes each byte of a signed profile.
func TestEveryByteIsSigned(t *testing.T) {
	path, _, key := signed(t)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := cutSignature(good)
	for i := range good {
		for _, change := range []func([]byte) []byte{
			func(b []byte) []byte { b[i] ^= 1; return b },
			func(b []byte) []byte { return append(b[:i], b[i+1:]...) },
			func(b []byte) []byte { return append(b[:i], append([]byte(" "), b[i:]...)...) },
		} {
			b := change(bytes.Clone(good))
			by, _, err := checkSignature(b, []PublicKey{key})
			if got, _ := cutSignature(b); err == nil && by == Trusted && !bytes.Equal(got, body) {
				t.Fatalf("%q is trusted", b)
			}
		}
	}
}

func TestWrongSignatures(t *testing.T) {
	path, keyPath, _ := signed(t)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		text string
		line int
		want string
	}{
		"changed":      {strings.Replace(string(good), "Example", "Exbmple", 1), 2, "the profile has been changed since it was signed"},
		"added before": {"phone: 1\n" + string(good), 3, "the profile has been changed since it was signed"},
		"other kind":   {strings.Replace(string(good), "ed25519", "rsa", 1), 2, "the signature is not one that this program knows"},
		"half":         {string(good[:len(good)-20]), 2, "the profile has been changed since it was signed"},
		"no key":       {"name: x\n# signature: ed25519 a b\n", 2, "the profile has been changed since it was signed"},
	} {
		var wrong *ProfileError
		if _, err := load(t, c.text); !errors.As(err, &wrong) || wrong.Reason != c.want || wrong.Line != c.line {
			t.Errorf("%s: %v", name, err)
		}
	}
	// What stands behind the signature is not signed, so it is no signature any more.
	if p, err := load(t, string(good)+"phone: 1\n"); err != nil || p.Signed != Unsigned {
		t.Errorf("%+v, %v", p, err)
	}
	var wrong *ProfileError
	if _, err := SignProfile(path, path); !errors.As(err, &wrong) || wrong.Reason != "this is no private key for profiles" {
		t.Error(err)
	}
	if err := os.WriteFile(path, []byte("nam: x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := SignProfile(path, keyPath); !errors.As(err, &wrong) || wrong.Line != 1 {
		t.Errorf("signed what is no profile: %v", err)
	}
}

// TestExample holds that the worked example is a good profile, uses every
// setting, and signs.
func TestExample(t *testing.T) {
	text, err := os.ReadFile("../docs/example/erp.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p, err := load(t, string(text))
	if err != nil {
		t.Fatal(err)
	}
	root, err := parseTree(text)
	if err != nil {
		t.Fatal(err)
	}
	_, raw := schema()
	all, _ := raw.(map[string]any)["properties"].(map[string]any)
	for name := range all {
		if pairOf(root, name) == nil {
			t.Errorf("the example does not show %q", name)
		}
	}
	if p.Products[0].Fixed != "24.2" || len(p.Checks) != 2 || p.Checks[0].Line == 0 || p.Priorities.Critical == "" {
		t.Errorf("%+v", p)
	}
	o := Options{Profile: p}.wanted()
	if len(o.Endpoints) != 3 || len(o.Products) != 2 || len(o.TimeServers) != 2 || len(o.Environment) != 3 {
		t.Errorf("%+v", o)
	}
}

// FuzzSignature holds that nothing is trusted but what was signed.
func FuzzSignature(f *testing.F) {
	f.Add([]byte("name: x\n# signature: ed25519 a b\n"))
	f.Add([]byte("# signature: "))
	key, err := NewKey(filepath.Join(f.TempDir(), "signer.key"))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		body, line := cutSignature(text)
		if !bytes.HasPrefix(text, body) || len(body)+len(line) > len(text) {
			t.Errorf("%q, %q", body, line)
		}
		if by, _, err := checkSignature(text, []PublicKey{key}); err == nil && by == Trusted {
			t.Error("trusted")
		}
	})
}

package diag

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A signed profile ends with one line, a comment to YAML:
//
//	# signature: ed25519 KEY SIGNATURE
//
// with the public key's 32 and the signature's 64 bytes in base64 (RFC 4648,
// 4). Signed, as RFC 8032 has it, are the bytes of the file before that line.

const signatureMark = "# signature: "

var encoding = base64.StdEncoding.Strict()

// PublicKey is an Ed25519 key that profiles are checked with.
type PublicKey = ed25519.PublicKey

// Signed is what is known of who made a profile.
type Signed int

// What can be known.
const (
	Builtin  Signed = iota // it is a part of this program
	Unsigned               // nobody has signed it
	Stranger               // it is as its signer made it, but that is nobody whom the caller trusts
	Trusted                // it is as somebody whom the caller trusts has made it
)

// checkSignature says who has signed text.
func checkSignature(text []byte, trusted []PublicKey) (Signed, PublicKey, error) {
	body, line := cutSignature(text)
	if line == "" {
		return Unsigned, nil, nil
	}
	wrong := &ProfileError{Line: 1 + bytes.Count(body, []byte("\n")), Column: 1}
	words := strings.Fields(strings.TrimPrefix(line, signatureMark))
	if len(words) != 3 || words[0] != "ed25519" {
		wrong.Reason = "the signature is not one that this program knows"
		return 0, nil, wrong
	}
	key, err := ParsePublicKey(words[1])
	signature, serr := encoding.DecodeString(words[2])
	if err != nil || serr != nil || !ed25519.Verify(key, body, signature) {
		wrong.Reason = "the profile has been changed since it was signed"
		return 0, nil, wrong
	}
	if slices.ContainsFunc(trusted, func(k PublicKey) bool { return k.Equal(key) }) {
		return Trusted, key, nil
	}
	return Stranger, key, nil
}

// cutSignature parts text from its last line if that is a signature.
func cutSignature(text []byte) (body []byte, line string) {
	start := bytes.LastIndexByte(bytes.TrimRight(text, "\r\n"), '\n') + 1
	if last := string(text[start:]); strings.HasPrefix(last, signatureMark) {
		return text[:start], strings.TrimRight(last, "\r\n")
	}
	return text, ""
}

// ParsePublicKey reads a key's base64.
func ParsePublicKey(s string) (PublicKey, error) {
	b, err := encoding.DecodeString(strings.TrimSpace(s))
	if err != nil || len(b) != ed25519.PublicKeySize {
		return nil, errors.New("this is no public key for profiles: those are 44 characters of base64")
	}
	return b, nil
}

// PublicKeyText is what ParsePublicKey reads.
func PublicKeyText(k PublicKey) string { return encoding.EncodeToString(k) }

const privateMark = "beistand-profile-key: "

// NewKey makes a key for signing profiles and writes the private part to
// path, readable by its owner alone; nothing may be there yet.
func NewKey(path string) (PublicKey, error) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	_, err = fmt.Fprintf(f, "# Signs profiles. Whoever has it can have commands run on customers' machines.\n%s%s\n",
		privateMark, encoding.EncodeToString(private.Seed()))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		os.Remove(path)
		return nil, fmt.Errorf("make a key: %w", err)
	}
	return public, nil
}

// readKey reads what NewKey wrote.
func readKey(path string) (ed25519.PrivateKey, error) {
	text, err := readProfile(path)
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(text)) {
		if secret, ok := strings.CutPrefix(strings.TrimSpace(line), privateMark); ok {
			if seed, err := encoding.DecodeString(secret); err == nil && len(seed) == ed25519.SeedSize {
				return ed25519.NewKeyFromSeed(seed), nil
			}
		}
	}
	return nil, &ProfileError{File: path, Reason: "this is no private key for profiles"}
}

// SignProfile checks the profile at path and signs it with the key that
// NewKey wrote to keyPath, in place of a signature that is there. The file
// is replaced as a whole or not at all.
func SignProfile(path, keyPath string) (PublicKey, error) {
	private, err := readKey(keyPath)
	if err != nil {
		return nil, err
	}
	text, err := readProfile(path)
	if err != nil {
		return nil, err
	}
	body, _ := cutSignature(text)
	if len(body) > 0 && body[len(body)-1] != '\n' {
		body = append(slices.Clip(body), '\n')
	}
	public := private.Public().(ed25519.PublicKey)
	signed := fmt.Appendf(slices.Clip(body), "%sed25519 %s %s\n", signatureMark,
		PublicKeyText(public), encoding.EncodeToString(ed25519.Sign(private, body)))
	if _, err := parseProfile(signed); err != nil {
		var wrong *ProfileError
		if errors.As(err, &wrong) {
			wrong.File = path
		}
		return nil, err
	}
	if err := replaceFile(path, signed); err != nil {
		return nil, fmt.Errorf("sign profile: %w", err)
	}
	return public, nil
}

// replaceFile puts text at path with the mode that the file there has.
func replaceFile(path string, text []byte) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".beistand-*.part")
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	err = errors.Join(err, f.Chmod(info.Mode().Perm()), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

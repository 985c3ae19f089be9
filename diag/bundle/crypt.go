package bundle

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
)

// An encrypted bundle is an archive whose every file, the manifest too, is by
// itself a file of age-encryption.org/v1, packed with deflate before. So it
// is valid at every moment as a plain one is, needs no second copy on disk,
// and any program for age reads what this one wrote. Who has no key sees how
// many files there are, how large they are, and when it was made.

// Recipient is whom a bundle is encrypted to.
type Recipient = age.Recipient

// Identity is the key to what was encrypted to its recipient.
type Identity = age.Identity

// hiddenManifest is the name of an encrypted archive's last entry.
const hiddenManifest = "manifest.json.age"

// hiddenName is the name of an encrypted archive's entry number n, from 0.
func hiddenName(n int) string { return fmt.Sprintf("files/%05d.age", n+1) }

// maxHeader bounds the part of an encrypted file that is read into memory.
const maxHeader = 16 << 10

// ParseRecipient reads a public key such as age1... .
func ParseRecipient(key string) (Recipient, error) {
	all, err := age.ParseRecipients(strings.NewReader(key))
	if err != nil || len(all) != 1 {
		return nil, errors.New("this is no public key of age, which begins with age1")
	}
	return all[0], nil
}

// ParseIdentities reads a file of private keys, one a line, as age-keygen
// writes it.
func ParseIdentities(r io.Reader) ([]Identity, error) {
	all, err := age.ParseIdentities(io.LimitReader(r, 1<<20))
	if err != nil {
		return nil, fmt.Errorf("read private keys: %w", err)
	}
	return all, nil
}

// seal encrypts what is written to it.
func seal(to io.Writer, recipients []Recipient) (io.WriteCloser, error) {
	w, err := age.Encrypt(to, recipients...)
	if err != nil {
		return nil, fmt.Errorf("encrypt: %w", err)
	}
	return w, nil
}

// packManifest gives the manifest's text as the archive has it.
func (w *Writer) packManifest(text []byte) ([]byte, error) {
	var b bytes.Buffer
	to, end := io.Writer(&b), func() error { return nil }
	if len(w.to) > 0 {
		sealer, err := seal(&b, w.to)
		if err != nil {
			return nil, err
		}
		to, end = sealer, sealer.Close
	}
	quick := w.manifest.Unfinished != "" // another one will come
	p := w.packer(to, quick)
	defer w.giveBack(p, quick)
	if _, err := p.Write(text); err != nil {
		return nil, err
	}
	if err := p.Close(); err != nil {
		return nil, err
	}
	if err := end(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// unseal reads one encrypted file.
func unseal(path string, src io.ReadSeeker, with []Identity) (io.Reader, error) {
	if len(with) == 0 {
		return nil, refuse(ErrEncrypted, "", "it takes the private key that belongs to it")
	}
	if _, err := age.ExtractHeader(io.LimitReader(src, maxHeader)); err != nil {
		return nil, refuse(ErrDamaged, path, "is not encrypted as it says")
	}
	if _, err := src.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	plain, err := age.Decrypt(src, with...)
	var other *age.NoIdentityMatchError
	switch {
	case errors.As(err, &other):
		return nil, refuse(ErrEncrypted, "", "it was made for another key")
	case err != nil:
		return nil, refuse(ErrDamaged, path, "does not decrypt")
	}
	return sealed{plain}, nil
}

// sealed makes whatever is wrong with encrypted content damage.
type sealed struct{ r io.Reader }

var errSealed = errors.New("does not decrypt")

func (s sealed) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = errSealed
	}
	return n, err
}

package peer

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
)

// checkFingerprint holds the certificate that DTLS saw against the one that both
// know, or that the other side's description named. pion has done so already; what comes before
// the first frame is worth looking at twice.
func (c *Conn) checkFingerprint() error {
	remote := c.pc.RemoteDescription()
	if remote == nil {
		return ErrFingerprint
	}
	want, err := fingerprint(remote.SDP)
	if err != nil {
		return err
	}
	if c.remote != nil {
		want = c.remote[:]
	}
	got := sha256.Sum256(c.pc.SCTP().Transport().GetRemoteCertificate())
	if !bytes.Equal(got[:], want) {
		return ErrFingerprint
	}
	return nil
}

var errNoFingerprint = errors.New("the description names no SHA-256 fingerprint, or several")

// fingerprint finds the one a=fingerprint line (RFC 8122, section 5).
func fingerprint(sdp string) ([]byte, error) {
	var found []byte
	for line := range strings.Lines(sdp) {
		value, ok := strings.CutPrefix(strings.TrimSpace(line), "a=fingerprint:")
		if !ok {
			continue
		}
		name, digits, _ := strings.Cut(value, " ")
		b, err := hex.DecodeString(strings.ReplaceAll(strings.TrimSpace(digits), ":", ""))
		if err != nil || !strings.EqualFold(name, "sha-256") || len(b) != sha256.Size {
			return nil, errNoFingerprint
		}
		if found != nil && !bytes.Equal(found, b) {
			return nil, errNoFingerprint
		}
		found = b
	}
	if found == nil {
		return nil, errNoFingerprint
	}
	return found, nil
}

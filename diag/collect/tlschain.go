package collect

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"time"
)

// maxChain and maxCertNames bound what a strange server can make of a file.
const (
	maxChain     = 10
	maxCertNames = 100
)

// tlsFacts says what a server showed, and whether it holds for host at now.
func tlsFacts(s tls.ConnectionState, host string, roots *x509.CertPool, now time.Time) *TLSFacts {
	f := &TLSFacts{Version: tls.VersionName(s.Version), Cipher: tls.CipherSuiteName(s.CipherSuite), Protocol: s.NegotiatedProtocol, Chain: []CertificateFacts{}}
	chain := s.PeerCertificates[:min(len(s.PeerCertificates), maxChain)]
	for i, c := range chain {
		f.Chain = append(f.Chain, certificateFacts(c))
		if i == 0 || c.NotAfter.Before(f.Expires) {
			f.Expires = c.NotAfter.UTC()
		}
	}
	if len(chain) == 0 {
		f.Error = "the server showed no certificate"
		return f
	}
	others := x509.NewCertPool()
	for _, c := range chain[1:] {
		others.AddCert(c)
	}
	_, err := chain[0].Verify(x509.VerifyOptions{DNSName: host, Roots: roots, Intermediates: others, CurrentTime: now})
	if f.Trusted = err == nil; err != nil {
		f.Error = short(err.Error())
	}
	return f
}

func certificateFacts(c *x509.Certificate) CertificateFacts {
	sum := sha256.Sum256(c.Raw)
	f := CertificateFacts{
		Subject: short(c.Subject.String()), Issuer: short(c.Issuer.String()), From: c.NotBefore.UTC(), Expires: c.NotAfter.UTC(),
		Key: keyName(c.PublicKey), Signature: c.SignatureAlgorithm.String(), SHA256: hex.EncodeToString(sum[:]),
		SelfSigned: string(c.RawSubject) == string(c.RawIssuer) && c.CheckSignatureFrom(c) == nil, Authority: c.IsCA,
	}
	for _, n := range c.DNSNames[:min(len(c.DNSNames), maxCertNames)] {
		f.Names = append(f.Names, short(n))
	}
	for _, ip := range c.IPAddresses[:min(len(c.IPAddresses), maxCertNames)] {
		f.Names = append(f.Names, ip.String())
	}
	return f
}

func keyName(key any) string {
	switch k := key.(type) {
	case *rsa.PublicKey:
		return fmt.Sprintf("RSA %d", k.N.BitLen())
	case *ecdsa.PublicKey:
		return "ECDSA " + k.Curve.Params().Name
	case ed25519.PublicKey:
		return "Ed25519"
	}
	return "unknown"
}

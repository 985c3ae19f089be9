package desk

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/pion/turn/v4"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
)

// certify writes a certificate for loopback with that serial number and gives
// what trusts it.
func certify(t testing.TB, cert, key string, serial int64) *x509.CertPool {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "desk"}, DNSNames: []string{"localhost"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
		NotBefore:   time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, form, form, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	chain := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	if err := errors.Join(
		os.WriteFile(cert, chain, 0o600),
		os.WriteFile(key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), 0o600),
	); err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(chain)
	return pool
}

// secured is a desk with TLS, and what a client trusts it by.
func secured(t *testing.T, change ...func(*Config)) (*house, *tls.Config) {
	t.Helper()
	dir := t.TempDir()
	cert, key := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	pool := certify(t, cert, key, 1)
	h := open(t, append([]func(*Config){func(c *Config) {
		c.TLSCert, c.TLSKey = cert, key
		c.RelayAllow = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	}}, change...)...)
	return h, &tls.Config{RootCAs: pool}
}

// over is a client over TLS that negotiates what protos says.
func (h *house) over(trust *tls.Config, token string) *client.Client {
	h.t.Helper()
	tr := &http.Transport{TLSClientConfig: trust.Clone(), ForceAttemptHTTP2: true}
	c, err := client.New(h.URL(), client.Options{Token: token, HTTP: &http.Client{Transport: tr}})
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(c.CloseIdle)
	return c
}

// TestRelayOverTLS relays through the desk's own HTTPS port, whether or not the
// client names the protocol.
func TestRelayOverTLS(t *testing.T) {
	for name, protos := range map[string][]string{"named": {"stun.turn"}, "by its first byte": nil} {
		t.Run(name, func(t *testing.T) {
			h, trust := secured(t)
			made := h.ticket()
			n, err := h.over(trust, h.staff()).AskSession(t.Context(), made.Ticket.Number, api.NewSession{})
			if err != nil {
				t.Fatal(err)
			}
			ice, err := h.over(trust, made.Token).ICE(t.Context(), n.ID)
			if err != nil {
				t.Fatal(err)
			}
			uris := ice.Servers[1].URLs
			if got, want := uris[len(uris)-1], "turns:"+h.Addr()+"?transport=tcp"; got != want {
				t.Errorf("last of %v, want %s", uris, want)
			}
			given := trust.Clone()
			given.NextProtos = protos
			conn, err := tls.Dial("tcp", h.Addr(), given)
			if err != nil {
				t.Fatal(err)
			}
			relayed, err := allocateOn(t, turn.NewSTUNConn(conn), h.Addr(), ice)
			if err != nil {
				t.Fatal(err)
			}
			bothWays(t, relayed)
		})
	}
}

// TestHTTPBesideRelay: what was there before the relay goes on.
func TestHTTPBesideRelay(t *testing.T) {
	h, trust := secured(t)
	for name, protos := range map[string]struct {
		offer []string
		want  string
	}{
		"HTTP/2":              {[]string{"h2", "http/1.1"}, "HTTP/2.0"},
		"HTTP/1.1":            {[]string{"http/1.1"}, "HTTP/1.1"},
		"HTTP/1.1, not named": {nil, "HTTP/1.1"},
	} {
		t.Run(name, func(t *testing.T) {
			given := trust.Clone()
			given.NextProtos = protos.offer
			tr := &http.Transport{TLSClientConfig: given, ForceAttemptHTTP2: len(protos.offer) == 2}
			if len(protos.offer) != 2 {
				tr.TLSNextProto = map[string]func(string, *tls.Conn) http.RoundTripper{}
			}
			defer tr.CloseIdleConnections()
			resp, err := (&http.Client{Transport: tr}).Get(h.URL() + api.PathHealth)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			if b, err := io.ReadAll(resp.Body); err != nil || resp.Proto != protos.want || !strings.Contains(string(b), `"beistand"`) {
				t.Errorf("%s %s %v", resp.Proto, b, err)
			}
		})
	}
	t.Run("WebSocket", func(t *testing.T) {
		made := h.ticket()
		n, err := h.over(trust, h.staff()).AskSession(t.Context(), made.Ticket.Number, api.NewSession{})
		if err != nil {
			t.Fatal(err)
		}
		one, err := h.over(trust, made.Token).Room(t.Context(), n.ID)
		if err != nil {
			t.Fatal(err)
		}
		defer one.CloseNow()
		two, err := h.over(trust, h.staff()).Room(t.Context(), n.ID)
		if err != nil {
			t.Fatal(err)
		}
		defer two.CloseNow()
		wantEvent(t, one, api.RoomPeerJoined, "")
		if err := one.Write(t.Context(), websocket.MessageBinary, []byte("x")); err != nil {
			t.Fatal(err)
		}
		wantEvent(t, two, api.RoomPeerJoined, "")
		if _, data, err := two.Read(t.Context()); err != nil || string(data) != "x" {
			t.Errorf("%q %v", data, err)
		}
	})
}

// TestFrontWithoutRelay: what speaks TURN to a desk that has none is let go.
func TestFrontWithoutRelay(t *testing.T) {
	h, trust := secured(t, func(c *Config) { c.RelayListen = "" })
	conn, err := tls.Dial("tcp", h.Addr(), trust)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.Write([]byte{0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42}); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Read(make([]byte, 1)); err == nil {
		t.Error("it was answered")
	}
}

// TestFrontSilent: who says nothing is let go, before and after the handshake.
func TestFrontSilent(t *testing.T) {
	h, trust := secured(t, func(c *Config) { c.seams.firstByte = 200 * time.Millisecond })
	raw, err := net.Dial("tcp", h.Addr())
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.Write([]byte{22}); err != nil { // a handshake that never goes on
		t.Fatal(err)
	}
	if _, err := raw.Read(make([]byte, 1)); err == nil {
		t.Error("half a handshake was answered")
	}
	conn, err := tls.Dial("tcp", h.Addr(), trust)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.Read(make([]byte, 1)); err == nil {
		t.Error("silence was answered")
	}
}

// TestFrontCrowd: one address cannot keep others out by connections on which it says nothing.
func TestFrontCrowd(t *testing.T) {
	h, trust := secured(t)
	dial := func(from string) net.Conn {
		d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
		c, err := d.DialContext(t.Context(), "tcp4", h.Addr())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		return c
	}
	for range maxUnknownFrom {
		dial("127.0.0.1")
	}
	front := h.listener.(*front)
	until(t, "all are waited for", func() bool {
		front.mu.Lock()
		defer front.mu.Unlock()
		return len(front.unknown) == maxUnknownFrom
	})
	if _, err := dial("127.0.0.1").Read(make([]byte, 1)); err == nil {
		t.Error("one too many was let in")
	}
	given := trust.Clone()
	given.ServerName = "localhost"
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := tls.Client(dial("127.0.0.2"), given).HandshakeContext(ctx); err != nil {
		t.Errorf("from another address: %v", err)
	}
}

// TestCertificateRenewed: files that change are taken without a stop, and
// files that cannot be used are not.
func TestCertificateRenewed(t *testing.T) {
	h, _ := secured(t)
	serial := func() int64 {
		t.Helper()
		h.cert.mu.Lock()
		h.cert.looked = time.Now().Add(-certificateEvery)
		h.cert.mu.Unlock()
		conn, err := tls.Dial("tcp", h.Addr(), &tls.Config{InsecureSkipVerify: true}) //nolint:gosec // the number alone is looked at
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		return conn.ConnectionState().PeerCertificates[0].SerialNumber.Int64()
	}
	if got := serial(); got != 1 {
		t.Fatalf("certificate %d", got)
	}
	later := time.Now().Add(time.Minute)
	if err := errors.Join(os.WriteFile(h.cfg.TLSKey, []byte("half"), 0o600), os.Chtimes(h.cfg.TLSKey, later, later)); err != nil {
		t.Fatal(err)
	}
	if got := serial(); got != 1 {
		t.Errorf("with half a key: certificate %d", got)
	}
	certify(t, h.cfg.TLSCert, h.cfg.TLSKey, 2)
	if got := serial(); got != 2 {
		t.Errorf("after the renewal: certificate %d", got)
	}
}

package peer

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/pion/turn/v4"
)

// startRelay runs a TURN server on loopback, on UDP and TCP.
func startRelay(t *testing.T) (udp, tcp Server) {
	t.Helper()
	packets, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	streams, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	generator := &turn.RelayAddressGeneratorStatic{RelayAddress: net.IPv4(127, 0, 0, 1), Address: "127.0.0.1"}
	allow := func(net.Addr, net.IP) bool { return true } // loopback is all there is
	server, err := turn.NewServer(turn.ServerConfig{
		Realm: "test",
		AuthHandler: func(user, realm string, _ net.Addr) ([]byte, bool) {
			return turn.GenerateAuthKey(user, realm, "secret"), user == "user"
		},
		PacketConnConfigs: []turn.PacketConnConfig{{PacketConn: packets, RelayAddressGenerator: generator, PermissionHandler: allow}},
		ListenerConfigs:   []turn.ListenerConfig{{Listener: streams, RelayAddressGenerator: generator, PermissionHandler: allow}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Errorf("close the relay: %v", err)
		}
	})
	return Server{URLs: []string{"turn:" + packets.LocalAddr().String()}, Username: "user", Credential: "secret"},
		Server{URLs: []string{"turn:" + streams.Addr().String() + "?transport=tcp"}, Username: "user", Credential: "secret"}
}

func TestRelayOnly(t *testing.T) {
	udp, tcp := startRelay(t)
	for name, server := range map[string]Server{"udp": udp, "tcp": tcp} {
		t.Run(name, func(t *testing.T) {
			ctx := testContext(t)
			config := Config{Servers: []Server{server}, RelayOnly: true}
			a, b := newConn(t, config), newConn(t, config)
			signal(ctx, t, a, b, nil)
			opened(ctx, t, a, b)
			if !a.Relayed() || !b.Relayed() {
				t.Error("a relayed connection says that it is direct")
			}
			if err := a.Send(ctx, []byte("through the relay")); err != nil {
				t.Fatal(err)
			}
			if m, err := b.Receive(ctx); err != nil || string(m) != "through the relay" {
				t.Errorf("Receive = %q, %v", m, err)
			}
		})
	}
}

func TestRelayOverTLS(t *testing.T) {
	server := httptest.NewTLSServer(nil) // lends its certificate only
	defer server.Close()
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	listener, err := tls.Listen("tcp4", "127.0.0.1:0", &tls.Config{Certificates: server.TLS.Certificates})
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			conn.Write(malformed(attrXORMapped)) // the client's reading is what is tested
			conn.Close()
		}
	}()
	address := listener.Addr().String()
	dialer := relayDialer{servers: &servers{}, sockets: newSockets()}
	kept := dialer.servers.usable([]string{"turns:" + address + "?transport=tcp", "turns:" + address + "?transport=udp", "http://nonsense", "stuns:" + address})
	if len(kept) != 1 {
		t.Fatalf("kept %v", kept)
	}
	hidden := strings.TrimSuffix(strings.TrimPrefix(kept[0], "turns:"), "?transport=tcp")
	if _, err := dialer.Dial("tcp4", hidden); err == nil {
		t.Error("a certificate that nobody vouches for was taken")
	}
	dialer.roots = roots
	conn, err := dialer.Dial("tcp4", hidden)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.Read(make([]byte, 100)); err != errStream {
		t.Errorf("Read = %v, want %v", err, errStream)
	}
	if _, err := dialer.Dial("tcp4", address); err == nil {
		t.Error("an address was dialled that is no server's of this connection")
	}
}

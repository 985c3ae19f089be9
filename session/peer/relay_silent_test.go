package peer

import (
	"net"
	"testing"
	"time"
)

// A relay that never answers does not hold up Close.
func TestSilentRelay(t *testing.T) {
	conn, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	listener, err := net.Listen("tcp4", "127.0.0.1:0") // connects, and says nothing
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	for name, url := range map[string]string{"udp": "turn:" + conn.LocalAddr().String(), "tcp": "turn:" + listener.Addr().String() + "?transport=tcp", "tls": "turns:" + listener.Addr().String() + "?transport=tcp", "stun": "stun:" + conn.LocalAddr().String()} {
		t.Run(name, func(t *testing.T) {
			c, err := New(Config{Servers: []Server{{URLs: []string{url}, Username: "user", Credential: "secret"}}})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := c.Offer(); err != nil {
				t.Fatal(err)
			}
			<-c.Candidates() // gathering is under way
			begin := time.Now()
			if err := c.Close(); err != nil {
				t.Error(err)
			}
			if took := time.Since(begin); took > 5*time.Second { // pion alone takes 8 to 10
				t.Errorf("closed after %v", took)
			}
		})
	}
}

package peer

import (
	"encoding/binary"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/pion/transport/v2/stdnet"
	"github.com/pion/turn/v2"
)

const (
	attrXORPeer   = 0x0012
	attrXORMapped = 0x0020
)

// stunMessage is a message of that kind with attributes as given, each a type and a value.
func stunMessage(kind uint16, attributes ...any) []byte {
	b := make([]byte, stunHeader)
	binary.BigEndian.PutUint16(b, kind)
	binary.BigEndian.PutUint32(b[4:], stunCookie)
	for i := 0; i < len(attributes); i += 2 {
		value := attributes[i+1].([]byte)
		b = binary.BigEndian.AppendUint16(b, uint16(attributes[i].(int)))
		b = binary.BigEndian.AppendUint16(b, uint16(len(value)))
		b = append(append(b, value...), make([]byte, -len(value)&3)...)
	}
	binary.BigEndian.PutUint16(b[2:], uint16(len(b)-stunHeader))
	return b
}

// malformed is a data indication with an attribute of no bytes at its end.
func malformed(attribute int) []byte { return stunMessage(dataIndication, attribute, []byte{}) }

func dtlsRecord(epoch uint16, handshake []byte) []byte {
	b := append([]byte{dtlsHandshake, 0xfe, 0xfd}, make([]byte, 10)...)
	binary.BigEndian.PutUint16(b[3:], epoch)
	binary.BigEndian.PutUint16(b[11:], uint16(len(handshake)))
	return append(b, handshake...)
}

func keyExchange(offset byte, body ...byte) []byte {
	h := make([]byte, handshakeHeader)
	h[0], h[8] = serverKeyExchange, offset
	return append(h, body...)
}

func TestAcceptable(t *testing.T) {
	address4, address6 := make([]byte, 8), make([]byte, 20)
	channelData := func(inner []byte) []byte {
		return append([]byte{0x40, 0, byte(len(inner) >> 8), byte(len(inner))}, inner...)
	}
	for name, test := range map[string]struct {
		packet []byte
		want   bool
	}{
		"nothing":                   {nil, true},
		"a byte":                    {[]byte{0}, true},
		"binding request":           {stunMessage(1), true},
		"address of IPv4":           {stunMessage(0x0101, attrXORMapped, address4), true},
		"address of IPv6":           {stunMessage(0x0101, attrXORMapped, address6), true},
		"unknown attribute":         {stunMessage(1, 0x7777, []byte{}), true},
		"padded attribute":          {stunMessage(1, 0x0006, []byte("abc")), true},
		"empty mapped address":      {malformed(attrXORMapped), false},
		"empty peer address":        {malformed(attrXORPeer), false},
		"empty relayed address":     {malformed(0x0016), false},
		"empty lifetime":            {malformed(0x000d), false},
		"short error code":          {stunMessage(0x0113, 0x0009, []byte{0, 0}), false},
		"long priority":             {stunMessage(1, 0x0024, address4), false},
		"length past the end":       {stunMessage(1, 0x7777, address4)[:24], false},
		"length not of four":        {append([]byte{0, 1, 0, 1}, stunMessage(1)[4:]...), false},
		"attribute past the end":    {stunMessage(1, 0x7777, []byte{0x77, 0x77, 0xff, 0xff})[4:], true}, // no cookie: no STUN
		"attribute longer than all": {append(append([]byte{0, 1, 0, 4}, stunMessage(1)[4:]...), 0x77, 0x77, 0, 4), false},
		"carried by an indication":  {stunMessage(dataIndication, attrXORPeer, address4, attrData, malformed(attrXORMapped)), false},
		"carried well":              {stunMessage(dataIndication, attrXORPeer, address4, attrData, stunMessage(1)), true},
		"carried by a channel":      {channelData(malformed(attrXORMapped)), false},
		"carried by a channel well": {channelData(stunMessage(1)), true},
		"channel past the end":      {[]byte{0x40, 0, 0, 9, 1}, false},
		"key exchange on a curve":   {dtlsRecord(0, keyExchange(0, namedCurve, 0, 29, 1, 7)), true},
		"key exchange with a hint":  {dtlsRecord(0, keyExchange(0, 0, 2, 'h', 'i')), false},
		"key exchange of nothing":   {dtlsRecord(0, keyExchange(0)), false},
		"key exchange cut":          {dtlsRecord(0, keyExchange(0)[:5]), false},
		"key exchange's later part": {dtlsRecord(0, keyExchange(7, 0, 0)), true},
		"key exchange second":       {append(dtlsRecord(0, []byte{1}), dtlsRecord(0, keyExchange(0))...), false},
		"encrypted handshake":       {dtlsRecord(1, keyExchange(0)), true},
	} {
		t.Run(name, func(t *testing.T) {
			if got := acceptable(test.packet); got != test.want {
				t.Errorf("acceptable(%x) = %v, want %v", test.packet, got, test.want)
			}
		})
	}
}

// hostileRelay answers every packet with one that ends a program which reads
// it unfiltered, and then with a refusal that lets the client go on.
func hostileRelay(t *testing.T) (address string) {
	t.Helper()
	conn, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		b := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(b)
			if err != nil {
				return
			}
			refusal := stunMessage(0x0113, 0x0009, []byte{0, 0, 4, 0, 'n', 'o'}) // 400
			if n >= stunHeader {
				copy(refusal[8:stunHeader], b[8:stunHeader])
			}
			conn.WriteTo(malformed(attrXORPeer), from) // a lost packet shows as a test that hangs
			conn.WriteTo(refusal, from)
		}
	}()
	t.Cleanup(func() { conn.Close(); <-done })
	return conn.LocalAddr().String()
}

func TestHostileRelay(t *testing.T) {
	ctx := testContext(t)
	relay := Server{URLs: []string{"turn:" + hostileRelay(t)}, Username: "user", Credential: "secret"}
	a, b := newConn(t, Config{Servers: []Server{relay}}), newConn(t, Config{})
	signal(ctx, t, a, b, nil) // a's gathering ends only after the relay has answered
	opened(ctx, t, a, b)
}

// Without the filter the same relay ends the program: if this test fails,
// pion has been mended and the filter can go.
func TestHostileRelayUnfiltered(t *testing.T) {
	if address := os.Getenv("BEISTAND_TEST_UNFILTERED"); address != "" {
		allocateUnfiltered(t, address)
		return
	}
	cmd := exec.CommandContext(testContext(t), os.Args[0], "-test.run=^TestHostileRelayUnfiltered$")
	cmd.Env = append(os.Environ(), "BEISTAND_TEST_UNFILTERED="+hostileRelay(t))
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "slice bounds out of range") {
		t.Errorf("the unfiltered program did not panic: %v\n%s", err, out)
	}
}

func allocateUnfiltered(t *testing.T, address string) {
	network, err := stdnet.NewNet()
	if err != nil {
		t.Fatal(err)
	}
	conn, err := network.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	client, err := turn.NewClient(&turn.ClientConfig{TURNServerAddr: address, Conn: conn, Username: "user", Password: "secret", Net: network})
	if err != nil {
		t.Fatal(err)
	}
	if err := client.Listen(); err != nil {
		t.Fatal(err)
	}
	_, err = client.Allocate()
	t.Logf("Allocate = %v", err)
	client.Close()
	conn.Close()
}

func FuzzAcceptable(f *testing.F) {
	f.Add(stunMessage(0x0101, attrXORMapped, make([]byte, 8)))
	f.Add(malformed(attrXORPeer))
	f.Add(dtlsRecord(0, keyExchange(0, namedCurve, 0, 29, 1, 7)))
	f.Add(append([]byte{0x40, 0, 0, 20}, stunMessage(1)...))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, packet []byte) {
		if acceptable(packet) {
			parseAsPion(packet)
			if len(packet) > 4 && packet[0]&0xc0 == 0x40 { // pion too takes what its length says, and no more
				parseAsPion(packet[4 : 4+binary.BigEndian.Uint16(packet[2:])])
			}
		}
	})
}

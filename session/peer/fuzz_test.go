package peer

import (
	"github.com/pion/stun"
)

// parseAsPion reads a packet as ICE and TURN do, each attribute from memory
// that ends where the packet does. A panic is the finding.
func parseAsPion(packet []byte) {
	m := &stun.Message{Raw: append(make([]byte, 0, len(packet)), packet...)}
	if m.Decode() != nil {
		return
	}
	for _, t := range []stun.AttrType{stun.AttrXORMappedAddress, stun.AttrXORPeerAddress, stun.AttrXORRelayedAddress} {
		var a stun.XORMappedAddress
		_ = a.GetFromAs(m, t)
	}
	for _, t := range []stun.AttrType{stun.AttrMappedAddress, stun.AttrAlternateServer, stun.AttrResponseOrigin, stun.AttrOtherAddress} {
		var a stun.MappedAddress
		_ = a.GetFromAs(m, t)
	}
	var code stun.ErrorCodeAttribute
	_ = code.GetFrom(m)
	var unknown stun.UnknownAttributes
	_ = unknown.GetFrom(m)
	_ = stun.NewShortTermIntegrity("secret").Check(m)
	_ = stun.Fingerprint.Check(m)
}

package desk

import (
	"encoding/binary"

	"github.com/pion/stun/v3"
)

// REQUESTED-ADDRESS-FAMILY (RFC 8656, section 18.8).
const (
	attrFamily = 0x0017
	familyIPv4 = 0x01
	familyIPv6 = 0x02
)

// relayFamily answers requests for an address of the other family, which
// pion/turn would give an address of the family that there is: 440, Address
// Family not Supported (RFC 8656, section 7.2). nil is a message that goes on.
func (r *relay) relayFamily(message []byte) []byte {
	asked, ok := requestedFamily(message)
	if !ok || asked == familyIPv4 && r.public.Is4() || asked == familyIPv6 && r.public.Is6() {
		return nil
	}
	var id [stun.TransactionIDSize]byte
	copy(id[:], message[8:20])
	no, err := stun.Build(
		stun.NewTransactionIDSetter(id), stun.NewType(stun.MethodAllocate, stun.ClassErrorResponse),
		stun.CodeAddrFamilyNotSupported, stun.Fingerprint)
	if err != nil { // fixed fields
		panic(err)
	}
	return no.Raw
}

// requestedFamily finds the family that an Allocate request names; not ok is a
// message that is no such request, or names none. What pion takes for one is
// one here, too: it does not look at the first two bits.
func requestedFamily(message []byte) (family byte, ok bool) {
	if len(message) < 20 || binary.BigEndian.Uint16(message)&0x3fff != 0x0003 || binary.BigEndian.Uint32(message[4:]) != 0x2112a442 {
		return 0, false
	}
	rest := message[20:]
	rest = rest[:min(len(rest), int(binary.BigEndian.Uint16(message[2:])))]
	for len(rest) >= 4 {
		kind, length := binary.BigEndian.Uint16(rest), int(binary.BigEndian.Uint16(rest[2:]))
		rest = rest[4:]
		if length > len(rest) {
			return 0, false
		}
		if kind == attrFamily {
			if length != 4 {
				return 0, true // no family at all
			}
			return rest[0], true
		}
		rest = rest[min(len(rest), (length+3)&^3):]
	}
	return 0, false
}

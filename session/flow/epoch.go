package flow

// EpochOf is the epoch that a Sender's packet belongs to. The error is ErrPacket.
func EpochOf(packet []byte) (uint32, error) {
	h, _, err := parseHead(packet)
	return h.epoch, err
}

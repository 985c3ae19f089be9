package session

import "github.com/beistand/beistand/session/seal"

// ways is a sealed way's two ends.
func ways(first byte) (a, b way) {
	there, back := [seal.KeySize]byte{first}, [seal.KeySize]byte{first + 1}
	return way{seal.NewSealer(there), seal.NewOpener(back)}, way{seal.NewSealer(back), seal.NewOpener(there)}
}

// roomWays is the room's two ends.
func roomWays(first byte) (a, b roomWay) {
	there, back := [seal.KeySize]byte{first}, [seal.KeySize]byte{first + 1}
	return roomWay{seal.NewSealer(there), seal.NewRising(back)}, roomWay{seal.NewSealer(back), seal.NewRising(there)}
}

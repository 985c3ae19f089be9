package seal

// window knows which of the last DatagramWindow numbers were taken: a ring of
// bits, of which whole words are cleared as the highest number moves on (RFC
// 6479). One word more than the window needs keeps the cleared ones outside it.
type window struct {
	ring [windowWords]uint64
	next uint64 // the highest number that was taken, and one; 0: none
}

const (
	wordBits    = 64
	windowWords = DatagramWindow/wordBits + 1
)

// fresh says whether the number was not taken yet and is not too old to know.
func (w *window) fresh(number uint64) bool {
	if number >= w.next {
		return true
	}
	return w.next-number <= DatagramWindow && w.ring[number/wordBits%windowWords]&(1<<(number%wordBits)) == 0
}

// take takes a number that is fresh.
func (w *window) take(number uint64) {
	if number >= w.next {
		word, last := number/wordBits, uint64(0)
		if w.next > 0 {
			last = (w.next - 1) / wordBits
		}
		for i := last + 1; i <= min(word, last+windowWords); i++ {
			w.ring[i%windowWords] = 0
		}
		w.next = number + 1
	}
	w.ring[number/wordBits%windowWords] |= 1 << (number % wordBits)
}

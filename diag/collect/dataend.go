package collect

import (
	"bytes"
	"os"
)

// fewZeros is how many zero bytes at the end of a file are left in place.
const fewZeros = 4 << 10

// maxZeros is how far back zero bytes that are stored are read.
const maxZeros = 64 << 20

// dataEnd is where a file's zero bytes at its end begin; size if there are few.
func dataEnd(f *os.File, size int64) int64 {
	buf := make([]byte, fewZeros)
	if size < fewZeros {
		return size
	}
	if n, err := f.ReadAt(buf, size-fewZeros); err != nil || len(bytes.Trim(buf[:n], "\x00")) > 0 {
		return size
	}
	end := lastData(f, size)
	buf = make([]byte, probeBytes)
	for stop := max(0, end-maxZeros); end > stop; {
		from := max(0, end-probeBytes)
		n, err := f.ReadAt(buf[:end-from], from)
		if err != nil && n == 0 {
			return end
		}
		if text := bytes.TrimRight(buf[:n], "\x00"); len(text) > 0 {
			return from + int64(len(text))
		}
		end = from
	}
	return end
}

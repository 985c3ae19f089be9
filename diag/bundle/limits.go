package bundle

import "math"

// What a bundle may be. The writer keeps to the same limits that the reader
// insists on, so that no bundle is made that nobody can open.
const (
	MaxArchive    = int64(math.MaxUint32) // bytes on disk; there is no ZIP64 in version 1
	MaxFile       = int64(math.MaxUint32) // bytes of one file's plain content
	MaxPlain      = int64(16) << 30       // bytes of all files' plain content
	MaxFiles      = 10_000                // files without the manifest
	MaxCollectors = 500
	MaxManifest   = 8 << 20 // bytes of the manifest's plain content
	MaxPath       = 240     // bytes of one path
	MaxText       = 1000    // bytes of one text in the manifest
)

// A file larger than bombSize whose content is more than bombRatio times its
// packed size is refused. A log of one line repeated comes near it; deflate
// itself ends at 1032.
const (
	bombSize  = 64 << 20
	bombRatio = 500
)

func looksLikeBomb(plain, packed int64) bool {
	return plain > bombSize && plain/bombRatio > packed
}

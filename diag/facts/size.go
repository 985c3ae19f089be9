package facts

import "fmt"

// Size gives a number of bytes as people read it: 1536 is "1.5 kB". As on
// Windows and in most file managers' habit, each step is 1024.
func Size(bytes int64) string {
	if bytes < 1024 {
		if bytes == 1 {
			return "1 byte"
		}
		return fmt.Sprintf("%d bytes", bytes)
	}
	f := float64(bytes)
	for _, unit := range []string{"kB", "MB", "GB", "TB"} {
		if f /= 1024; f < 1023.5 {
			return figure(f) + " " + unit
		}
	}
	return figure(f/1024) + " PB"
}

// figure gives two to three digits that mean something.
func figure(f float64) string {
	if f < 99.95 {
		return fmt.Sprintf("%.1f", f)
	}
	return fmt.Sprintf("%.0f", f)
}

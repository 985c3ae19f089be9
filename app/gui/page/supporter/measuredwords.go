//go:build !headless

package supporter

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/beistand/beistand/app/gui/page"
)

// The lines, by what they are about.
const (
	lineCapture = "capture"
	lineCode    = "code"
	lineWire    = "wire"
	lineDecode  = "decode"
	lineShow    = "show"
	lineAll     = "all"

	linePath     = "path"
	lineTrip     = "trip"
	lineLoss     = "loss"
	lineEstimate = "estimate"
	lineSpeed    = "speed"
	lineBytes    = "bytes"

	linePictures = "pictures"
	lineSize     = "size"
	lineDrawn    = "drawn"
	lineMotion   = "motion"
)

// lineName is what a line is called.
func lineName(line string) string {
	switch line {
	case lineCapture:
		return lang.L("Reading the screen")
	case lineCode:
		return lang.L("Coding")
	case lineWire:
		return lang.L("On the way")
	case lineDecode:
		return lang.L("Decoding")
	case lineShow:
		return lang.L("Showing")
	case lineAll:
		return lang.L("Altogether")
	case linePath:
		return lang.L("Kind")
	case lineTrip:
		return lang.L("There and back")
	case lineLoss:
		return lang.L("Lost on the way")
	case lineEstimate:
		return lang.L("Carries about")
	case lineSpeed:
		return lang.L("Received now")
	case lineBytes:
		return lang.L("Received in all")
	case linePictures:
		return lang.L("New pictures")
	case lineSize:
		return lang.L("Size")
	case lineDrawn:
		return lang.L("Drawn")
	}
	return lang.L("What moves")
}

// millis is "" for nothing.
func millis(d time.Duration) string {
	if d <= 0 {
		return ""
	}
	places := 1
	if d >= 10*time.Millisecond {
		places = 0
	}
	return number(float64(d)/float64(time.Millisecond), places) + "\u00a0ms"
}

func percent(share float64) string {
	return number(100*share, 1) + "\u00a0%"
}

// bits is "" for nothing.
func bits(n int) string {
	switch {
	case n <= 0:
		return ""
	case n < 1_000_000:
		return number(float64(n)/1000, 0) + "\u00a0kbit/s"
	}
	return number(float64(n)/1e6, 1) + "\u00a0Mbit/s"
}

// number has so many places behind the mark of the language.
func number(v float64, places int) string {
	return page.Decimal(fmt.Sprintf("%.*f", places, v))
}

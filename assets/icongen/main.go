// Command icongen draws assets/icon.png from assets/icon.svg.
package main

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"

	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"
)

const side = 512 // pixels, what Fyne's packager asks for

func main() {
	if err := run("icon.svg", "icon.png"); err != nil {
		fmt.Fprintln(os.Stderr, "icongen:", err)
		os.Exit(1)
	}
}

func run(from, to string) error {
	source, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	icon, err := oksvg.ReadIconStream(bytes.NewReader(source))
	if err != nil {
		return fmt.Errorf("read %q: %w", from, err)
	}
	icon.SetTarget(0, 0, side, side)
	picture := image.NewRGBA(image.Rect(0, 0, side, side))
	scanner := rasterx.NewScannerGV(side, side, picture, picture.Bounds())
	icon.Draw(rasterx.NewDasher(side, side, scanner), 1)
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		return err
	}
	return os.WriteFile(to, out.Bytes(), 0o644)
}

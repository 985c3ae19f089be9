// Command beistand describes a problem, files it with the evidence, and shows the screen to a supporter when its person agrees.
package main

import (
	_ "embed"
	"os"

	"github.com/beistand/beistand/app"
)

// metadata is the packaging file; the program's version stands there and nowhere else.
//
//go:embed FyneApp.toml
var metadata string

func main() {
	os.Exit(app.Main(metadata, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// Package assets holds what is built into the program: its icon and its texts.
package assets

import "embed"

// Translations has translations/en.json, de.json and nl.json: English text to
// the language's text.
//
//go:embed translations/*.json
var Translations embed.FS

//go:generate go run ./icongen

// Icon is the program's icon, a PNG of 512 by 512 pixels.
//
//go:embed icon.png
var Icon []byte

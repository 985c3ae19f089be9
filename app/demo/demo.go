// Package demo plays one whole case through the real windows, as customer and supporter would.
package demo

import (
	"io"
	"time"
)

// Options say how a case is played.
type Options struct {
	Program   string    // path of the program; Play needs one built with the tag drive
	Pictures  string    // folder for a picture of every step; "" is none
	Docs      string    // folder for the pictures that the documentation shows; "" is none
	OnDisplay string    // the display for both windows, such as ":0"; "" is a virtual one for each
	Language  string    // "en", "de" or "nl"; "" is English, for Open the system's
	Folder    string    // for what desk and people write, kept afterwards; "" is a temporary one
	Log       io.Writer // what is done, line by line; nil is nowhere

	rules string // what the vendor's profile says besides, in YAML
}

// Step is one thing that was done.
type Step struct {
	Name    string // "customer: describe"
	Picture string // path; "" if there is none
	Took    time.Duration
}

// Result is what came of it.
type Result struct {
	Ticket   int64
	Desk     string // the desk's folder, for Options.Folder
	Customer string // the customer's
	Steps    []Step
}

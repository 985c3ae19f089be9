//go:build !headless

package gui

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/beistand/beistand/app/gui/page"
)

// CustomerConfig is what the customer's window is made of.
type CustomerConfig struct {
	Version      string
	Language     string   // "en", "de", "nl"; "" follows the system
	Organisation string   // who helps, as the customer knows them; "" if unknown
	Phone        string   // where to call; "" if there is none
	Products     []string // to choose from; without any the field is free text

	Question   *page.Question // about the profile, asked before anything is collected; nil: nothing is asked
	Collecting page.Collecting
	Findings   page.Findings // may be nil: nothing is said of what was collected
	Desk       page.CustomerDesk
	Advice     page.Advice   // may be nil
	Requests   page.Requests // may be nil
	Saving     page.Saving
	Hosting    page.Hosting
	Drafts     page.Drafts
	Cleaning   page.Cleaning

	ConsentTime time.Duration     // for the answer to the consent question; 0 is page.DefaultConsentTime
	Log         func(error)       // what is worth writing down though the customer need not see it, from any goroutine; may be nil
	Leave       func()            // ends the process, after what the caller would do behind the window; asked only when the toolkit hangs
	Ready       func(fyne.Window) // called once on the user interface's thread when the window is shown; may be nil
}

// SupporterConfig is what the supporter's window is made of.
type SupporterConfig struct {
	Version  string
	Language string // "en", "de", "nl"; "" follows the system
	Account  page.Account

	Dial     page.Dial
	Findings page.Findings            // may be nil
	Remember func(page.Account) error // keeps the account after a sign-in; may be nil

	Log   func(error)       // what is worth writing down though the supporter need not see it, from any goroutine; may be nil
	Leave func()            // ends the process, after what the caller would do behind the window; asked only when the toolkit hangs
	Ready func(fyne.Window) // called once on the user interface's thread when the window is shown; may be nil
}

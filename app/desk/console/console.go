// Package console is the desk's pages for staff and for customers. It can
// nothing that the interface cannot: it calls it inside this process, with the
// token of whoever looks.
package console

import (
	"net/http"
	"slices"
	"sync"

	"github.com/beistand/beistand/app/desk/console/customers"
	"github.com/beistand/beistand/app/desk/console/knowledge"
	"github.com/beistand/beistand/app/desk/console/makers"
	"github.com/beistand/beistand/app/desk/console/mine"
	"github.com/beistand/beistand/app/desk/console/office"
	"github.com/beistand/beistand/app/desk/console/page"
	"github.com/beistand/beistand/app/desk/console/staff"
	"github.com/beistand/beistand/app/desk/console/team"
)

// Config is what the console is made from.
type Config struct {
	API          http.Handler // the desk's interface
	Secure       bool         // people reach the desk over TLS, here or at a proxy
	Organisation string
	Version      string
	Log          func(format string, args ...any)
}

// Prefixes are the paths below which the pages are.
var Prefixes = []string{"/desk/", "/my/"}

// texts are the templates; they are read once a process.
var texts = sync.OnceValue(func() *page.Texts {
	all, err := page.Parse(staff.HTML, team.HTML, customers.HTML, makers.HTML, knowledge.HTML, office.HTML, mine.HTML)
	if err != nil { // what is embedded is what was tested
		panic(err)
	}
	return all
})

// Rows are every page and every form.
func Rows() []page.Row {
	return slices.Concat(staff.Rows(), team.Rows(), customers.Rows(), makers.Rows(), knowledge.Rows(), office.Rows(), mine.Rows())
}

// Handler serves every page below Prefixes.
func Handler(cfg Config) http.Handler {
	house := page.New(page.Config{
		API: cfg.API, Secure: cfg.Secure, Organisation: cfg.Organisation, Version: cfg.Version, Log: cfg.Log, Texts: texts(),
	})
	mux := http.NewServeMux()
	for _, row := range Rows() {
		mux.Handle(row.Method+" "+row.Path, house.Handle(row))
	}
	mux.Handle("GET "+page.StaticPrefix, page.Static())
	nowhere := house.Handle(page.Row{Do: staff.Nowhere})
	for _, prefix := range Prefixes {
		mux.Handle(prefix, nowhere)
	}
	return mux
}

// Texts are the pages' sentences in English, which are the keys of their translations.
func Texts() []string { return texts().Keys() }

// Package web is the browser's part of a session: the pages and modules that the desk serves.
//
// The modules in static speak the protocol of docs/wire.md as session does,
// without anything of others' and without a build step: what is embedded is
// what runs.
package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/sethvargo/go-diceware/diceware"
)

// Prefix stands before the path of everything here.
const Prefix = "/web/"

// policy lets a page run this desk's own modules and speak with this desk
// alone; texts never become markup or code (W3C Trusted Types).
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; media-src 'self' blob:; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// permissions are what a page may ask the browser for.
const permissions = "display-capture=(self), fullscreen=(self), clipboard-write=(self), camera=(), microphone=(), geolocation=(), usb=(), serial=(), payment=()"

//go:embed static
var static embed.FS

var types = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
	".txt": "text/plain; charset=utf-8", ".svg": "image/svg+xml",
}

// pages are what has an address of its own, below Prefix.
var pages = map[string]string{"": "view.html", "share": "share.html"}

// site is everything that is served, by its path below Prefix.
type site map[string][]byte

// Handler serves the pages below Prefix. Modules have the hash of all of them
// in their path, so that a browser keeps them and never mixes two versions.
func Handler() http.Handler { return built() }

var built = sync.OnceValue(func() site {
	all, err := build(static)
	if err != nil { // what is embedded is what was built
		panic(err)
	}
	return all
})

func build(from fs.FS) (site, error) {
	files := map[string][]byte{"words.txt": wordList()}
	err := fs.WalkDir(from, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[path.Base(name)], err = fs.ReadFile(from, name)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the pages: %w", err)
	}
	sum := sha256.New()
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		one := sha256.Sum256(files[name])
		fmt.Fprintf(sum, "%s %x\n", name, one)
	}
	version := hex.EncodeToString(sum.Sum(nil)[:8])
	all := site{}
	for name, content := range files {
		if path.Ext(name) != ".html" {
			all[version+"/"+name] = content
		}
	}
	for at, name := range pages {
		page, ok := files[name]
		if !ok {
			return nil, fmt.Errorf("read the pages: %q: %w", name, fs.ErrNotExist)
		}
		all[at] = bytes.ReplaceAll(page, []byte("{version}"), []byte(version))
	}
	return all, nil
}

// wordList is the list that check words are of, one a line.
func wordList() []byte {
	list := diceware.WordListEffLarge()
	var all []string
	for n := range 7776 {
		at := 0
		for place, rest := 1, n; place <= 10_000; place, rest = place*10, rest/6 { // five dice
			at += place * (rest%6 + 1)
		}
		all = append(all, list.WordAt(at))
	}
	return []byte(strings.Join(all, "\n"))
}

func (s site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, Prefix)
	content, ok := s[name]
	if !ok {
		http.Error(w, "there is nothing here", http.StatusNotFound)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("Permissions-Policy", permissions)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cache-Control", "no-cache")
	kind := types[".html"]
	if ext := path.Ext(name); ext != "" {
		kind = types[ext]
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	h.Set("Content-Type", kind)
	h.Set("Content-Length", fmt.Sprint(len(content)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(content) // who asked may have gone
	}
}

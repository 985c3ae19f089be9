package page

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

// StaticPrefix stands before what pages load.
const StaticPrefix = "/desk/static/"

//go:embed static
var static embed.FS

var mediaTypes = map[string]string{
	".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
}

// files is what is served, by name, and the hash of all of it.
var files = sync.OnceValues(func() (map[string][]byte, string) {
	all, sum := map[string][]byte{}, sha256.New()
	err := fs.WalkDir(static, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(static, name)
		all[path.Base(name)] = content
		sum.Write([]byte(name))
		sum.Write(content)
		return err
	})
	if err != nil { // what is embedded can be read
		panic(err)
	}
	return all, hex.EncodeToString(sum.Sum(nil)[:8])
})

func version() string {
	_, v := files()
	return v
}

// Static serves styles and modules under a path that changes with them.
func Static() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		headers(w.Header())
		all, v := files()
		of, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, StaticPrefix), "/")
		content, ok := all[name]
		if !ok || of != v {
			http.Error(w, "there is nothing here", http.StatusNotFound)
			return
		}
		h := w.Header()
		h.Set("Content-Type", mediaTypes[path.Ext(name)])
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("Content-Length", strconv.Itoa(len(content)))
		if r.Method != http.MethodHead {
			_, _ = w.Write(content) // who asked may have gone
		}
	})
}

package parse

import (
	"cmp"
	"fmt"
	"path"
	"strings"
	"unicode"

	"github.com/beistand/beistand/app/api"
)

// endings are what names of files end in that came without one.
var endings = map[string]string{
	"application/pdf": ".pdf", "application/zip": ".zip", "application/ms-tnef": ".dat", "application/json": ".json",
	"application/pgp-signature": ".asc", "application/pkcs7-signature": ".p7s", "application/pkcs7-mime": ".p7m",
	"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/bmp": ".bmp", "image/webp": ".webp", "image/svg+xml": ".svg",
	"text/plain": ".txt", "text/html": ".html", "text/calendar": ".ics", "text/csv": ".csv", "text/rtf": ".rtf", "message/rfc822": ".eml",
}

// fileName makes a plain file name of what a message calls a file.
func fileName(name, kind string) string {
	name = oneLine(decodeWords(name))
	if at := strings.LastIndexAny(name, `/\`); at >= 0 {
		name = name[at+1:]
	}
	if name = plain(name); name == "" {
		first, _, _ := strings.Cut(kind, "/")
		name = cmp.Or(plain(first), "file")
		if kind == "application/ms-tnef" {
			name = "winmail"
		}
		if end := endings[kind]; end != "" {
			name += end
		} else {
			name += ".bin"
		}
	}
	return shorten(name, api.MaxFileName)
}

// plain is a name without what file systems take for something else.
func plain(name string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || !unicode.IsPrint(r) {
			return '_'
		}
		return r
	}, name), " .")
}

// shorten keeps a name's ending.
func shorten(name string, most int) string {
	if len(name) <= most {
		return name
	}
	end := path.Ext(name)
	if len(end) > 20 {
		end = ""
	}
	return strings.TrimSpace(strings.ToValidUTF8(name[:most-len(end)], "")) + end
}

// unique gives files that are called the same a number each.
func unique(files []File) {
	seen := map[string]bool{}
	for i := range files {
		name := files[i].Name
		for n := 2; seen[strings.ToLower(files[i].Name)]; n++ {
			end := path.Ext(name)
			files[i].Name = shorten(strings.TrimSuffix(name, end), api.MaxFileName-len(end)-8) + fmt.Sprintf(" (%d)", n) + end
		}
		seen[strings.ToLower(files[i].Name)] = true
	}
}

// announced is a media type as it is kept.
func announced(kind string) string {
	if !typeForm().MatchString(kind) || len(kind) > api.MaxMediaType {
		return "application/octet-stream"
	}
	return kind
}

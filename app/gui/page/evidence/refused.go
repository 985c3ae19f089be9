//go:build !headless

package evidence

import (
	"regexp"

	"fyne.io/fyne/v2/lang"
)

// noText and noUnpack are what the redactor says of a file that it refuses.
var (
	noText   = regexp.MustCompile(`^it is no text but (.+)$`)
	noUnpack = regexp.MustCompile(`^it cannot be unpacked: (.+)$`)
)

// refused says why the redactor refused a file, in the person's language; "" if
// that is not what the words say.
func refused(words string) string {
	if m := noText.FindStringSubmatch(words); m != nil {
		return lang.L("it is no text but {{.What}}", map[string]any{"What": instead(m[1])})
	}
	if m := noUnpack.FindStringSubmatch(words); m != nil {
		return lang.L("it cannot be unpacked: {{.Why}}", map[string]any{"Why": m[1]})
	}
	switch words {
	case "it is packed more than twice":
		return lang.L("it is packed more than twice")
	case "it is larger than can be redacted":
		return lang.L("it is larger than can be looked through")
	case "it is a zip archive and too large to be looked through":
		return lang.L("it is a zip archive and too large to be looked through")
	case "it is a picture":
		return lang.L("it is a picture")
	}
	return ""
}

// instead is what a file is that is no text.
func instead(what string) string {
	switch what {
	case "a database":
		return lang.L("a database")
	case "a program":
		return lang.L("a program")
	case "a picture":
		return lang.L("a picture")
	case "a PDF document":
		return lang.L("a PDF document")
	case "a document of an office program":
		return lang.L("a document of an office program")
	case "a crash dump":
		return lang.L("a crash dump")
	case "a Windows event log file", "a journal file":
		return lang.L("a system log in a form of its own")
	case "a registry file":
		return lang.L("a registry file")
	case "packed with 7-Zip", "a RAR archive", "packed with LZ4", "packed with compress", "a cabinet archive", "a tar archive":
		return lang.L("an archive")
	case "encrypted":
		return lang.L("encrypted")
	case "binary data":
		return lang.L("binary data")
	}
	return what
}

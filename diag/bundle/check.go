package bundle

import (
	"encoding/hex"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/flate"
)

func (b *Reader) readManifest(e *entry) error {
	text, err := b.manifestText(e)
	if err != nil {
		return err
	}
	if objects(text) > 3*MaxFiles+MaxCollectors+MaxRisks+4 {
		return refuse(ErrTooLarge, ManifestName, "names more files than a bundle can hold")
	}
	var version struct {
		Schema int `json:"schema"`
	}
	if err := json.Unmarshal(text, &version); err != nil {
		return refuse(ErrNotBundle, ManifestName, "is not what it should be: %v", err)
	}
	if version.Schema > Schema {
		return refuse(ErrNewer, "", "version %d of the format, this program reads up to %d", version.Schema, Schema)
	}
	if version.Schema < 1 {
		return refuse(ErrNotBundle, ManifestName, "has no version")
	}
	if err := json.Unmarshal(text, &b.manifest); err != nil {
		return refuse(ErrNotBundle, ManifestName, "is not what it should be: %v", err)
	}
	return checkTexts(&b.manifest)
}

func (b *Reader) manifestText(e *entry) ([]byte, error) {
	if e.name != ManifestName && e.name != hiddenManifest {
		return nil, refuse(ErrNotBundle, "", "it has no manifest at its end")
	}
	if e.plain > MaxManifest {
		return nil, refuse(ErrTooLarge, ManifestName, "is larger than allowed")
	}
	if e.name == ManifestName {
		c, err := b.content(e, nil)
		if err != nil {
			return nil, err
		}
		defer c.Close()
		return io.ReadAll(c)
	}
	b.encrypted = true
	plain, err := unseal(ManifestName, b.section(e), b.identities)
	if err != nil {
		return nil, err
	}
	z := flate.NewReader(plain)
	defer z.Close()
	text, err := io.ReadAll(io.LimitReader(z, MaxManifest+1))
	switch {
	case err != nil:
		return nil, refuse(ErrDamaged, ManifestName, "does not unpack")
	case len(text) > MaxManifest:
		return nil, refuse(ErrTooLarge, ManifestName, "is larger than allowed")
	}
	return text, nil
}

// objects counts the braces that open outside of strings, so that a small
// manifest cannot become a great many structs.
func objects(text []byte) int {
	count, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case c == '{' && !quoted:
			count++
		}
	}
	return count
}

// checkFiles makes sure that manifest and archive name the same files.
func (b *Reader) checkFiles() error {
	m := &b.manifest
	if len(m.Files) > MaxFiles || len(m.LeftOut) > MaxFiles+1 || len(m.Collectors) > MaxCollectors ||
		m.Redaction != nil && len(m.Redaction.Risks) > MaxRisks {
		return refuse(ErrTooLarge, ManifestName, "names more than a bundle can hold")
	}
	if b.gaps && m.Unfinished == "" {
		return refuse(ErrUnsafe, "", "it has something between its parts")
	}
	seen, taken, plain := make(map[string]bool, len(m.Files)), names{}, int64(0)
	for i := range m.Files {
		f := &m.Files[i]
		e := b.entry(f)
		sum, err := hex.DecodeString(f.SHA256)
		why := ""
		if b.encrypted {
			why = checkHidden(f, e, taken)
		}
		switch {
		case e == nil:
			return refuse(ErrDamaged, f.Path, "is in the manifest and not in the archive")
		case seen[e.name]:
			return refuse(ErrUnsafe, f.Path, "is twice in the manifest")
		case why != "":
			return refuse(ErrUnsafe, f.Path, "%s", why)
		case b.encrypted != (f.Entry != "") || !b.encrypted && f.Size != int64(e.plain):
			return refuse(ErrUnsafe, f.Path, "has two different sizes or names")
		case err != nil || len(sum) != 32 || f.SHA256 != strings.ToLower(f.SHA256):
			return refuse(ErrUnsafe, f.Path, "has no SHA-256 in the manifest")
		}
		seen[e.name] = true
		plain += f.Size
	}
	if plain > MaxPlain {
		return refuse(ErrTooLarge, "", "its files are larger than a bundle's may be")
	}
	for name := range b.entries {
		if !seen[name] {
			return refuse(ErrUnsafe, name, "is in the archive and not in the manifest")
		}
	}
	return nil
}

// checkHidden says in words what is wrong with what only an encrypted
// bundle's manifest says of a file, or "".
func checkHidden(f *File, e *entry, taken names) string {
	why := checkPath(f.Path)
	switch {
	case why != "":
		return why
	case f.Size < 0 || f.Size > MaxFile:
		return "is larger than a bundle's file may be"
	case e != nil && looksLikeBomb(f.Size, int64(e.packed)):
		return "would grow too much when unpacked"
	}
	return taken.take(f.Path)
}

// checkTexts makes sure that every text is one line that shows what it is.
func checkTexts(m *Manifest) error {
	var counts []Counts
	texts := []string{m.Tool, m.Host, m.OS, m.Arch, m.Profile, m.Use, m.Signer, m.Unfinished}
	for _, o := range m.Collectors {
		texts = append(texts, o.Name, o.Title, o.Source, string(o.State), o.Error, o.Note)
	}
	for _, f := range m.Files {
		texts = append(texts, f.Path, f.Title, f.Collector, f.Source, f.MediaType, f.Cut, f.Outside, f.Unredacted)
		counts = append(counts, f.Replaced)
	}
	if r := m.Redaction; r != nil {
		texts, counts = append(texts, r.Unchecked), append(counts, r.Replaced)
		for _, risk := range r.Risks {
			texts = append(texts, risk.Path, risk.What)
		}
	}
	for _, c := range counts {
		if len(c) > maxKinds {
			return refuse(ErrTooLarge, ManifestName, "counts more kinds than there are")
		}
		texts = slices.AppendSeq(texts, maps.Keys(c))
	}
	for _, l := range m.LeftOut {
		texts = append(texts, l.Path, l.Title, l.Why)
	}
	for _, t := range texts {
		if len(t) > MaxText || !utf8.ValidString(t) || strings.ContainsFunc(t, unprintable) {
			return refuse(ErrUnsafe, ManifestName, "has a text that is too long or has invisible characters")
		}
	}
	return nil
}

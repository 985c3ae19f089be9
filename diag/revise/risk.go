package revise

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/redact"
)

// Held says why a file is not sent unless its owner says so, in words: it
// could not be redacted. "" is for all others, and for pictures of the screen,
// which their owner sees.
func Held(f bundle.File) string {
	if f.Collector == "screens" && strings.HasPrefix(f.MediaType, "image/") {
		return ""
	}
	return f.Unredacted
}

// Risks are what may be left in the evidence, by the manifest; of files in
// which texts are hidden now, by another look at them. What its owner has
// restored is no risk.
func (r *Revision) Risks(ctx context.Context) ([]bundle.Risk, error) {
	m := r.e.Manifest()
	if m.Redaction == nil || len(r.changes.Hide) == 0 || r.table.Names == nil {
		if m.Redaction == nil {
			return nil, nil
		}
		return m.Redaction.Risks, nil
	}
	var left []bundle.Risk
	look := redact.NewResidue(r.table.Names, r.table.Known)
	hidden := New(r.e, r.table, Changes{Hide: r.changes.Hide})
	for i, risk := range m.Redaction.Risks {
		if slices.ContainsFunc(m.Redaction.Risks[:i], func(o bundle.Risk) bool { return o.Path == risk.Path }) {
			continue // its file has been looked at
		}
		c, err := hidden.OpenFile(risk.Path)
		if err != nil {
			return nil, err
		}
		some, err := residue(ctx, look, c, risk.Path)
		c.Close()
		if err != nil {
			return nil, err
		}
		left = append(left, some...)
	}
	return left, nil
}

// residue looks at one file.
func residue(ctx context.Context, look *redact.Residue, c io.Reader, path string) ([]bundle.Risk, error) {
	found := map[redact.Suspicion]*bundle.Risk{}
	err := look.Scan(untilDone{ctx, c}, func(line int64, what redact.Suspicion) {
		if risk := found[what]; risk != nil {
			risk.Lines++
			return
		}
		found[what] = &bundle.Risk{Path: path, What: string(what), Line: line, Lines: 1}
	})
	var all []bundle.Risk
	for _, what := range redact.Suspicions() {
		if risk := found[what]; risk != nil {
			all = append(all, *risk)
		}
	}
	return all, err
}

type untilDone struct {
	ctx context.Context
	r   io.Reader
}

func (u untilDone) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}

// Suspect gives what of a risk's line is to be hidden so that the risk is
// gone: its words that are suspicious by themselves, or else all of it.
func (r *Revision) Suspect(ctx context.Context, risk bundle.Risk) (string, error) {
	c, err := r.OpenFile(risk.Path)
	if err != nil {
		return "", err
	}
	defer c.Close()
	line, err := lineOf(untilDone{ctx, c}, risk.Line)
	if err != nil || r.table.Names == nil {
		return string(line), err
	}
	look := redact.NewResidue(r.table.Names, r.table.Known)
	var words []string
	for _, word := range bytes.Fields(line) {
		hit := false
		err := look.Scan(bytes.NewReader(word), func(_ int64, what redact.Suspicion) { hit = hit || string(what) == risk.What })
		if err != nil {
			return "", err
		}
		if hit {
			words = append(words, string(bytes.Trim(word, `"',;()[]{}`)))
		}
	}
	if len(words) == 0 {
		return string(line), nil
	}
	return strings.Join(words, "\n"), nil
}

// maxLine bounds what is read of a line, in bytes.
const maxLine = 64 << 10

// lineOf gives a line, counted from 1; "" if there is none.
func lineOf(r io.Reader, line int64) ([]byte, error) {
	var text []byte
	at := int64(1)
	buf := make([]byte, readBlock)
	for {
		n, err := r.Read(buf)
		for b := buf[:n]; len(b) > 0; {
			end := bytes.IndexByte(b, '\n')
			piece := b
			if end >= 0 {
				piece = b[:end]
			}
			if at == line {
				text = append(text, piece[:min(len(piece), maxLine-len(text))]...)
			}
			if end < 0 {
				break
			}
			if at == line {
				return text, nil
			}
			at++
			b = b[end+1:]
		}
		if err == io.EOF {
			return text, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

package diag

import (
	"context"
	"io"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/redact"
)

// secondLook reads all that is in the bundle at path, and says what may have
// been left, and why it has not seen everything, if so.
func (r *Redactor) secondLook(ctx context.Context, path string) (risks []bundle.Risk, unchecked string) {
	b, err := bundle.Open(path)
	if err != nil {
		return nil, "the bundle could not be read again"
	}
	defer b.Close()
	look := redact.NewResidue(r.names, r.known)
	for _, f := range b.Manifest().Files {
		if f.Unredacted != "" {
			continue
		}
		c, err := b.OpenFile(f.Path)
		if err != nil {
			return risks, "the bundle could not be read again"
		}
		some, err := scan(ctx, look, c, f.Path)
		c.Close()
		risks = append(risks, some...)
		switch {
		case ctx.Err() != nil:
			return risks, errStopped.Error()
		case err != nil:
			return risks, "the bundle could not be read again"
		}
	}
	return risks, ""
}

// scan looks at one file.
func scan(ctx context.Context, look *redact.Residue, c io.Reader, path string) ([]bundle.Risk, error) {
	found := map[redact.Suspicion]*bundle.Risk{}
	err := look.Scan(stopping{ctx, c}, func(line int64, what redact.Suspicion) {
		if risk := found[what]; risk != nil {
			risk.Lines++
			return
		}
		found[what] = &bundle.Risk{Path: path, What: string(what), Line: line, Lines: 1}
	})
	var risks []bundle.Risk
	for _, what := range redact.Suspicions() {
		if risk := found[what]; risk != nil {
			risks = append(risks, *risk)
		}
	}
	return risks, err
}

// stopping is a reader that ends with a context.
type stopping struct {
	ctx context.Context
	r   io.Reader
}

func (s stopping) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}

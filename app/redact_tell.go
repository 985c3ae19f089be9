package app

import (
	"fmt"
	"io"
	"strings"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/redact"
)

// explain says where something was replaced, and once for each rule why. It
// speaks on standard error, since standard output may be the file.
func (r *redacting) explain(place func(string) string) func(string, redact.Spot) {
	if !r.c.Explain {
		return nil
	}
	reasons := map[string]string{}
	for _, rule := range r.by.Rules() {
		reasons[rule.Name] = rule.Why
	}
	return func(path string, s redact.Spot) {
		if why := reasons[s.Rule]; why != "" && !r.why[s.Rule] {
			r.why[s.Rule] = true
			fmt.Fprintf(r.e.err, "%s: %s\n", s.Rule, why)
		}
		fmt.Fprintf(r.e.err, "%s:%d %s → %s\n", plain(place(path)), s.Line, s.Rule, s.Text)
	}
}

// inKinds lists counts in the order in which kinds are shown.
func inKinds(c bundle.Counts) string {
	var all []string
	for _, kind := range redact.Kinds() {
		if n := c[string(kind)]; n > 0 {
			all = append(all, fmt.Sprintf("%d × <%s>", n, kind))
		}
	}
	if len(all) == 0 {
		return "nothing was replaced"
	}
	return strings.Join(all, ", ")
}

// tellRisks names what a second look found in a bundle.
func tellRisks(w io.Writer, m *bundle.Manifest) {
	if m.Redaction == nil {
		return
	}
	for _, risk := range m.Redaction.Risks {
		lines := fmt.Sprintf("line %d", risk.Line)
		if risk.Lines > 1 {
			lines = fmt.Sprintf("%d lines from %d on", risk.Lines, risk.Line)
		}
		fmt.Fprintf(w, "Please look: %s, %s, may have %s.\n", risk.Path, lines, risk.What)
	}
	if n := m.Redaction.MoreRisks; n > 0 {
		fmt.Fprintf(w, "Please look: %d more places are like these.\n", n)
	}
	if why := m.Redaction.Unchecked; why != "" {
		fmt.Fprintf(w, "Not looked at once more: %s.\n", why)
	}
}

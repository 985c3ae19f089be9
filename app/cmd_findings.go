package app

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/beistand/beistand/assets"
	"github.com/beistand/beistand/diag"
	"github.com/beistand/beistand/diag/analyze"
	"github.com/beistand/beistand/diag/bundle"
)

// bundleFindings says what a bundle shows.
type bundleFindings struct {
	bundleFile
	profileFile

	JSON bool `name:"json" help:"Print JSON."`
}

func (b *bundleFindings) Run(e *env) error {
	profile, err := b.load()
	if err != nil {
		return err
	}
	rules, err := profileRules(profile, b.Profile)
	if err != nil {
		return err
	}
	r, err := b.open()
	if err != nil {
		return err
	}
	defer r.Close()
	report, err := analyze.Study(e.ctx, r, rules...)
	if err != nil {
		return err
	}
	if b.JSON {
		return writeJSON(e.out, report)
	}
	t := assets.Translator(e.language)
	writeFindings(e.out, report.Findings, t, true)
	writeRepeated(e.out, report.Errors, t)
	return nil
}

// printFindings says in a few lines, for the person at the machine, what a
// bundle that was just made shows.
func printFindings(e *env, path string, rules []analyze.Rule) error {
	r, err := bundle.Open(path)
	if err != nil {
		return err
	}
	defer r.Close()
	report, err := analyze.Study(e.ctx, r, rules...)
	if err != nil {
		return err
	}
	writeFindings(e.err, report.Findings, assets.Translator(e.language), false)
	return nil
}

// profileRules makes rules of a profile's checks and fixed versions. What is
// wrong with a check is a *diag.ProfileError.
func profileRules(p *diag.Profile, file string) ([]analyze.Rule, error) {
	var rules []analyze.Rule
	for _, product := range p.Products {
		if product.Fixed != "" {
			rules = append(rules, analyze.Older(product.Name, product.Fixed))
		}
	}
	for _, c := range p.Checks {
		rule, err := analyze.Declared(c.ID, c.Severity, c.When, c.Say, c.Do)
		var wrong *analyze.ConditionError
		if errors.As(err, &wrong) {
			at := &diag.ProfileError{File: file, Line: c.Line, Column: c.Column, Reason: fmt.Sprintf("the check %q: %s", c.ID, wrong.Error())}
			if wrong.In == "when" && wrong.Column > 0 {
				at.Column += wrong.Column - 1
				at.Reason = fmt.Sprintf("the check %q: %s", c.ID, wrong.Reason)
			}
			return nil, at
		}
		if err != nil {
			return nil, err
		}
		rules = append(rules, rule)
	}
	return rules, nil
}

// nothingFound and repeatedErrors are the words around findings: English, the
// keys of translations.
const (
	nothingFound   = "Nothing was found that looks wrong."
	repeatedErrors = "Errors that logs repeat:"
)

// FindingTexts lists the texts of findings and the words around them, so that
// a test can ask for their translations.
func FindingTexts() []string {
	all := append(analyze.Texts(), nothingFound, repeatedErrors)
	for _, s := range []analyze.Severity{analyze.Critical, analyze.Warning, analyze.Info} {
		all = append(all, string(s))
	}
	return all
}

// writeFindings prints each finding's severity, sentence and advice; for level
// 2 also its rule, its details and where the evidence is. Notes are for level
// 2 alone.
func writeFindings(w io.Writer, all []analyze.Finding, t func(string) string, level2 bool) {
	shown := 0
	for _, f := range all {
		if f.Severity == analyze.Info && !level2 {
			continue
		}
		shown++
		fmt.Fprintf(w, "%s: %s\n", t(string(f.Severity)), plain(f.Sentence(t)))
		if advice := f.Advice(t); advice != "" {
			fmt.Fprintf(w, "    %s\n", plain(advice))
		}
		if !level2 {
			continue
		}
		fmt.Fprintf(w, "    [%s] %s\n", f.ID, plain(f.Detail))
		for _, r := range f.Evidence {
			fmt.Fprintf(w, "    %s\n", place(r))
		}
	}
	if shown == 0 {
		fmt.Fprintln(w, t(nothingFound))
	}
}

// writeRepeated prints the errors that logs repeat, the most frequent first.
func writeRepeated(w io.Writer, all []analyze.Group, t func(string) string) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", t(repeatedErrors))
	for _, g := range all {
		span := ""
		if g.First != nil && g.Last != nil {
			const form = "2006-01-02 15:04:05"
			span = fmt.Sprintf(", %s – %s", g.First.Format(form), g.Last.Format(form))
		}
		fmt.Fprintf(w, "%6d× %s\n        %s%s\n", g.Count, plain(g.Shape), place(g.At), span)
	}
}

// place is a file, with its line if there is one, as compilers write it.
func place(r analyze.Ref) string {
	if r.Line == 0 {
		return plain(r.File)
	}
	return strings.TrimSpace(fmt.Sprintf("%s:%d", plain(r.File), r.Line))
}

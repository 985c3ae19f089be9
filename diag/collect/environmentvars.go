package collect

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// environment is what programs started here get told.
type environment struct {
	wanted []string // variables whose values may be taken
	all    func() []string
	fold   bool // names differ in more than case
}

const (
	maxVariables = 2000
	maxValue     = 8 << 10 // bytes
)

func newEnvironment(opts Options) environment {
	return environment{wanted: opts.Environment, all: os.Environ, fold: foldNames}
}

func (environment) Name() string  { return "environment" }
func (environment) Title() string { return titleEnvironment }
func (environment) Limit() Limit  { return Limit{10 * time.Second, 4 << 20} }

func (e environment) Collect(ctx context.Context, s Sink) error {
	f := EnvironmentFacts{Variables: []VariableFacts{}}
	values := map[string]string{}
	for _, one := range e.all() {
		// Windows has names such as =C:, which are no variables.
		name, value, ok := strings.Cut(one, "=")
		if !ok || name == "" || len(f.Variables) == maxVariables {
			continue
		}
		v := VariableFacts{Name: short(name), Empty: value == ""}
		if e.asked(name) {
			text := bounded(value)
			v.Value = &text
		}
		values[e.key(name)] = value
		f.Variables = append(f.Variables, v)
	}
	for _, name := range e.wanted {
		if _, ok := values[e.key(name)]; !ok {
			f.Variables = append(f.Variables, VariableFacts{Name: name, Unset: true})
		}
	}
	slices.SortFunc(f.Variables, func(a, b VariableFacts) int { return cmp.Compare(a.Name, b.Name) })
	f.Locale, f.UTF8, f.Code = localeOf(values)
	if e.asked("PATH") {
		f.Path = pathEntries(values[e.key("PATH")])
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return writeFacts(s, "system/environment.json", titleEnvironment, f)
}

func (e environment) key(name string) string {
	if e.fold {
		return strings.ToUpper(name)
	}
	return name
}

func (e environment) asked(name string) bool {
	return slices.ContainsFunc(e.wanted, func(w string) bool { return e.key(w) == e.key(name) })
}

// bounded keeps a value to what a file of facts can hold.
func bounded(value string) string {
	value = strings.ToValidUTF8(value, "\uFFFD")
	if len(value) > maxValue {
		return strings.ToValidUTF8(value[:maxValue], "") + "…"
	}
	return value
}

// pathEntries looks at each of PATH's folders; one that is not there slows
// every start of a program down, and a file there is a mistake.
func pathEntries(path string) []PathEntry {
	var all []PathEntry
	for _, folder := range filepath.SplitList(path) {
		if len(all) == 100 {
			break
		}
		e := PathEntry{Folder: bounded(folder)}
		info, err := os.Stat(folder)
		switch {
		case folder == "":
			e.Problem = "empty: the present folder"
		case err != nil:
			e.Problem = reason(err).Error()
		case !info.IsDir():
			e.Problem = "no folder"
		}
		all = append(all, e)
	}
	return all
}

package page

import (
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/beistand/beistand/app/desk/late"
	"github.com/beistand/beistand/assets"
)

//go:embed html
var frame embed.FS

// Texts are the templates in every language.
type Texts struct {
	sets map[string]*template.Template
	say  map[string]func(string) string
	keys []string
}

// Parse reads the frame's templates and those of the given folders, once a language.
func Parse(more ...fs.FS) (*Texts, error) {
	all := &Texts{sets: map[string]*template.Template{}, say: map[string]func(string) string{}}
	keys := map[string]bool{}
	for _, language := range assets.Languages {
		say := assets.Translator(language)
		set := template.New("").Funcs(functions(language, say)).Option("missingkey=error")
		for _, from := range append([]fs.FS{frame}, more...) {
			names, err := fs.Glob(from, "html/*.html")
			if err != nil || len(names) == 0 {
				return nil, fmt.Errorf("read templates: %d files: %w", len(names), err)
			}
			for _, name := range names {
				text, err := fs.ReadFile(from, name)
				if err != nil {
					return nil, fmt.Errorf("read templates: %w", err)
				}
				if _, err := set.New(path.Base(name)).Parse(spaces().ReplaceAllString(string(text), "\n")); err != nil {
					return nil, fmt.Errorf("read templates: %w", err)
				}
			}
		}
		for _, t := range set.Templates() {
			if t.Tree != nil {
				collect(t.Tree.Root, keys)
			}
		}
		all.sets[language], all.say[language] = set, say
	}
	for k := range keys {
		all.keys = append(all.keys, k)
	}
	slices.Sort(all.keys)
	return all, nil
}

// spaces that only make the templates readable.
var spaces = late.Regexp(`\n[ \t]+`)

// Keys are the texts in the templates, for a test that asks for their translations.
func (t *Texts) Keys() []string { return t.keys }

// collect finds what the function t is called with.
func collect(n parse.Node, keys map[string]bool) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, c := range n.Nodes {
				collect(c, keys)
			}
		}
	case *parse.ActionNode:
		collect(n.Pipe, keys)
	case *parse.TemplateNode:
		collect(n.Pipe, keys)
	case *parse.IfNode:
		branch(&n.BranchNode, keys)
	case *parse.RangeNode:
		branch(&n.BranchNode, keys)
	case *parse.WithNode:
		branch(&n.BranchNode, keys)
	case *parse.PipeNode:
		if n != nil {
			for _, c := range n.Cmds {
				collect(c, keys)
			}
		}
	case *parse.CommandNode:
		for i, arg := range n.Args {
			if f, ok := arg.(*parse.IdentifierNode); ok && f.Ident == "t" && i+1 < len(n.Args) {
				if s, ok := n.Args[i+1].(*parse.StringNode); ok {
					keys[s.Text] = true
				}
			}
			if _, deeper := arg.(*parse.PipeNode); deeper {
				collect(arg, keys)
			}
		}
	}
}

func branch(n *parse.BranchNode, keys map[string]bool) {
	collect(n.Pipe, keys)
	collect(n.List, keys)
	if n.ElseList != nil {
		collect(n.ElseList, keys)
	}
}

// Fill puts pairs of name and value into {{.Name}} of a text.
func Fill(text string, pairs ...any) string {
	if len(pairs) == 0 {
		return text
	}
	var with []string
	for i := 0; i+1 < len(pairs); i += 2 {
		with = append(with, fmt.Sprintf("{{.%v}}", pairs[i]), fmt.Sprint(pairs[i+1]))
	}
	return strings.NewReplacer(with...).Replace(text)
}

// T is a text in the person's language.
func (p *Request) T(key string, pairs ...any) string {
	if key == "" {
		return ""
	}
	return Fill(p.house.cfg.Texts.say[p.Language](key), pairs...)
}

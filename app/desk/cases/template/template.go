// Package template is what each kind of ticket needs, and what of it a ticket lacks.
package template

import (
	"slices"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/late"
	"github.com/beistand/beistand/assets"
)

// Set is the templates of a desk.
type Set struct {
	all api.Templates
}

// New makes a set of a profile's templates. A kind that the profile says nothing
// of for all products has its built-in template.
func New(profile api.Templates) Set {
	s := Set{all: api.Templates{Products: profile.Products}}
	for _, b := range builtin {
		if i := slices.IndexFunc(profile.Kinds, func(t api.Template) bool { return t.Kind == b.Kind && t.Product == "" }); i >= 0 {
			b = profile.Kinds[i]
		} else {
			b = spoken(b)
		}
		s.all.Kinds = append(s.all.Kinds, b)
	}
	for _, t := range profile.Kinds {
		if t.Product != "" {
			s.all.Kinds = append(s.all.Kinds, t)
		}
	}
	return s
}

// Templates are all of them, to be shown.
func (s Set) Templates() api.Templates { return s.all }

// need is what a ticket needs, and whether it has it.
type need struct {
	api.Want
	met bool
}

// Needs are what the templates want of a ticket, each once: questions, fields
// and evidence, in a reader's language. have are the collectors whose evidence
// its bundles hold.
func (s Set) Needs(t api.Ticket, have map[string]bool, language string) api.Completeness {
	c := api.Completeness{Needed: []api.Want{}, Missing: []api.Want{}}
	seen := map[string]bool{}
	for _, n := range s.needs(t, have, language) {
		if seen[n.ID] {
			continue
		}
		seen[n.ID] = true
		c.Needed = append(c.Needed, n.Want)
		if !n.met {
			c.Missing = append(c.Missing, n.Want)
		}
	}
	return c
}

func (s Set) needs(t api.Ticket, have map[string]bool, language string) []need {
	var list []need
	for _, one := range s.all.Kinds {
		if one.Kind != t.Kind || one.Product != "" && !strings.EqualFold(one.Product, t.Product) {
			continue
		}
		for _, a := range one.Ask {
			if a.Required {
				list = append(list, need{
					api.Want{ID: "question:" + a.ID, Label: api.In(a.Text, language), Question: a.ID},
					a.Description && t.Description != "" || answered(t, a.ID),
				})
			}
		}
		for _, f := range one.Fields {
			list = append(list, need{api.Want{ID: "field:" + f, Label: Field(f, language), Field: f}, filled(t, f)})
		}
		for _, e := range one.Collect {
			list = append(list, need{api.Want{ID: "collect:" + e.Collector, Label: api.In(e.Text, language), Collector: e.Collector}, holds(have, e.Collector)})
		}
	}
	return list
}

// numberForm is what stands behind the name of one of several collectors of a kind: log-2.
var numberForm = late.Regexp(`^-[0-9]+$`)

// holds says whether evidence of a collector is there, or of one of its kind.
func holds(have map[string]bool, collector string) bool {
	for name := range have {
		if rest, is := strings.CutPrefix(name, collector); is && (rest == "" || numberForm().MatchString(rest)) {
			return true
		}
	}
	return false
}

func answered(t api.Ticket, question string) bool {
	return slices.ContainsFunc(t.Answers, func(a api.Answer) bool { return a.Question == question && a.Text != "" })
}

// FieldNames are the fields of a ticket that a template can want.
var FieldNames = []string{"product", "product_version", "module", "name", "contact"}

func filled(t api.Ticket, field string) bool {
	switch field {
	case "product":
		return t.Product != ""
	case "product_version":
		return t.ProductVersion != ""
	case "module":
		return t.Module != ""
	case "name":
		return t.Name != ""
	case "contact":
		return t.Contact != ""
	}
	return true
}

// Field is a field's name as people read it.
func Field(field, language string) string {
	key, ok := fieldTexts[field]
	if !ok {
		return field
	}
	return assets.Translator(short(language))(key)
}

// short is a language without its region.
func short(language string) string {
	language, _, _ = strings.Cut(strings.ToLower(language), "-")
	return language
}

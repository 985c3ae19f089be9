package analyze

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// functions are what a condition can compute, beside lines.
var functions = map[string]func(e *evaluation, all []item) []item{
	"version": func(_ *evaluation, all []item) []item {
		return mapped(all, func(v any) any {
			if s, ok := v.(string); ok && s != "" {
				return version(s)
			}
			return nil
		})
	},
	"age": func(e *evaluation, all []item) []item {
		return mapped(all, func(v any) any {
			s, _ := v.(string)
			t, err := time.Parse(time.RFC3339, s)
			if err != nil {
				return nil
			}
			return seconds(e.now, t)
		})
	},
	"count": func(_ *evaluation, all []item) []item {
		n := item{v: float64(len(all))}
		if len(all) > 0 {
			n.doc, n.path = all[0].doc, all[0].path
		}
		return []item{n}
	},
}

// version is a text that is compared as a version.
type version string

func mapped(all []item, f func(any) any) []item {
	var got []item
	for _, one := range all {
		if one.v = f(one.v); one.v != nil {
			got = append(got, one)
		}
	}
	return got
}

func (p *parser) value() (value, error) {
	t := p.next()
	switch {
	case t.kind == tokenText:
		return constant(t.text), nil
	case t.kind == tokenNumber:
		return constant(t.number), nil
	case t.kind != tokenName:
		return nil, p.wrong(t, "here stands a fact, a number or a text in quotes")
	case t.text == "true" || t.text == "false":
		return constant(t.text == "true"), nil
	case slices.Contains([]string{"and", "or", "not", "contains", "matches"}, t.text):
		return nil, p.wrong(t, "before %s something is missing", t.text)
	case p.take("("):
		return p.call(t)
	}
	return p.path(t)
}

func constant(v any) value {
	all := []item{{v: v}}
	return func(*evaluation, *item) []item { return all }
}

func (p *parser) call(name token) (value, error) {
	if name.text == "lines" {
		return p.lines()
	}
	f := functions[name.text]
	if f == nil {
		return nil, p.wrong(name, "there is no function %s; there are lines, %s", name.text, strings.Join(slices.Sorted(maps.Keys(functions)), ", "))
	}
	if p.depth++; p.depth > maxDepth {
		return nil, p.wrong(name, "brackets stand too deep in each other")
	}
	defer func() { p.depth-- }()
	inner, err := p.value()
	if err != nil {
		return nil, err
	}
	return func(e *evaluation, in *item) []item { return f(e, inner(e, in)) }, p.need(")")
}

// path reads what a fact is called. Inside brackets a name is one of the
// filtered list's elements; elsewhere it begins with the file's name.
func (p *parser) path(name token) (value, error) {
	var from value
	var at *shape
	if n := len(p.inside); n > 0 {
		at = p.inside[n-1].field(name.text)
		if p.inside[n-1] != nil && at == nil {
			return nil, p.wrong(name, "there is no %s here; there are %s", name.text, p.inside[n-1].names())
		}
		from = func(e *evaluation, in *item) []item { return e.step([]item{*in}, name.text) }
	} else {
		if at = shapeOf(name.text); at == nil {
			return nil, p.wrong(name, "there are no facts %s; there are %s", name.text, shapeNames())
		}
		from = func(e *evaluation, _ *item) []item { return e.root(name.text) }
	}
	for {
		switch {
		case p.take("."):
			key := p.next()
			if key.kind != tokenName {
				return nil, p.wrong(key, "behind a dot stands a name")
			}
			below := at.field(key.text)
			if at != nil && below == nil {
				return nil, p.wrong(key, "there is no %s here; there are %s", key.text, at.names())
			}
			before := from
			from, at = func(e *evaluation, in *item) []item { return e.step(before(e, in), key.text) }, below
		case p.take("["):
			var err error
			if from, err = p.bracket(from, at); err != nil {
				return nil, err
			}
		default:
			return from, nil
		}
	}
}

// bracket reads [2] or [name == "x"] behind a list.
func (p *parser) bracket(list value, of *shape) (value, error) {
	if t := p.tokens[0]; t.kind == tokenNumber && p.tokens[1].text == "]" {
		p.next()
		p.next()
		if t.number != float64(int(t.number)) || t.number < 0 {
			return nil, p.wrong(t, "in brackets stands a whole number from 0 or a condition")
		}
		return func(e *evaluation, in *item) []item { return e.index(list(e, in), int(t.number)) }, nil
	}
	if len(p.inside) == 3 {
		return nil, p.wrong(p.tokens[0], "brackets stand too deep in each other")
	}
	p.inside = append(p.inside, of)
	keep, err := p.or()
	p.inside = p.inside[:len(p.inside)-1]
	if err != nil {
		return nil, err
	}
	return func(e *evaluation, in *item) []item { return e.filter(list(e, in), keep) }, p.need("]")
}

package diag

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
)

// fields reads a mapping: each key has one reader, and no others are known.
func fields(n ast.Node, what string, readers map[string]func(ast.Node) error) error {
	var values []*ast.MappingValueNode
	switch m := n.(type) {
	case *ast.MappingNode:
		values = m.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{m}
	default:
		return at(n, "%s consists of settings such as \"name: Example\"", what)
	}
	seen := map[string]bool{}
	for _, v := range values {
		key := v.Key.GetToken().Value
		read := readers[key]
		switch {
		case read == nil:
			return at(v.Key, "%s has no setting %q", what, key)
		case seen[key]:
			return at(v.Key, "%q is set twice", key)
		}
		seen[key] = true
		if v.Value == nil || v.Value.Type() == ast.NullType {
			return at(v.Key, "%q is set to nothing", key)
		}
		if err := read(v.Value); err != nil {
			return err
		}
	}
	return nil
}

// list reads a sequence of at most limit elements.
func list(what string, limit int, read func(ast.Node) error) func(ast.Node) error {
	return func(n ast.Node) error {
		s, ok := n.(*ast.SequenceNode)
		if !ok {
			return at(n, "%q is a list, each entry behind a dash", what)
		}
		if len(s.Values) > limit {
			return at(s.Values[limit], "%q has more than %d entries", what, limit)
		}
		for _, v := range s.Values {
			if err := read(v); err != nil {
				return err
			}
		}
		return nil
	}
}

// text reads a text of at most 200 characters; a number is as good as one.
func text(to *string, check func(string) string) func(ast.Node) error {
	return func(n ast.Node) error {
		switch v := n.(type) {
		case *ast.StringNode:
			*to = v.Value
		case *ast.LiteralNode:
			*to = v.Value.Value
		case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
			*to = n.GetToken().Value // as it is written: version 1.10 is not 1.1
		default:
			return at(n, "here stands one text")
		}
		*to = strings.TrimSpace(*to)
		switch {
		case *to == "":
			return at(n, "the text is empty")
		case utf8.RuneCountInString(*to) > 200:
			return at(n, "the text is longer than 200 characters")
		case strings.ContainsFunc(*to, func(r rune) bool { return !unicode.IsGraphic(r) }):
			return at(n, "the text has more than one line or an invisible character")
		}
		if check != nil {
			if why := check(*to); why != "" {
				return at(n, "%s", why)
			}
		}
		return nil
	}
}

// number reads a whole number from 1 to largest.
func number(largest int64, put func(int64)) func(ast.Node) error {
	return func(n ast.Node) error {
		v, err := strconv.ParseInt(n.GetToken().Value, 10, 64)
		if n.Type() != ast.IntegerType || err != nil || v < 1 || v > largest {
			return at(n, "here stands a whole number from 1 to %d", largest)
		}
		put(v)
		return nil
	}
}

package diag

import (
	"math/big"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/ast"
)

// The readers below are for trees that the schema has found good.

// fields reads a mapping, each setting with its reader.
func fields(n ast.Node, readers map[string]func(ast.Node) error) error {
	seen := map[string]bool{}
	for _, p := range pairs(n) {
		name := p.Key.GetToken().Value
		if seen[name] {
			return at(p.Key, "%q is set twice", name)
		}
		seen[name] = true
		if read := readers[name]; read != nil {
			if err := read(p.Value); err != nil {
				return err
			}
		}
	}
	return nil
}

// list reads a sequence.
func list(read func(ast.Node) error) func(ast.Node) error {
	return func(n ast.Node) error {
		if s, ok := n.(*ast.SequenceNode); ok {
			for _, v := range s.Values {
				if err := read(v); err != nil {
					return err
				}
			}
		}
		return nil
	}
}

// text reads one line of text; a number is as good as one.
func text(to *string, check func(string) string) func(ast.Node) error {
	return func(n ast.Node) error {
		switch v := n.(type) {
		case *ast.StringNode:
			*to = v.Value
		case *ast.LiteralNode:
			*to = v.Value.Value
		default:
			*to = n.GetToken().Value // as it is written: version 1.10 is not 1.1
		}
		*to = strings.TrimSpace(*to)
		if strings.ContainsFunc(*to, func(r rune) bool { return !unicode.IsGraphic(r) }) {
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

// notEmpty is for texts that may not consist of spaces.
func notEmpty(s string) string {
	if s == "" {
		return "the text is empty"
	}
	return ""
}

// texts reads a list of texts.
func texts(to *[]string, check func(string) string) func(ast.Node) error {
	return list(func(n ast.Node) error {
		var one string
		err := text(&one, check)(n)
		*to = append(*to, one)
		return err
	})
}

// number reads a whole number. 2.0 is one to the schema.
func number(put func(int64)) func(ast.Node) error {
	return func(n ast.Node) error {
		if f, _, err := big.ParseFloat(n.GetToken().Value, 0, 64, big.ToNearestEven); err == nil && f.IsInt() {
			v, _ := f.Int64()
			put(v)
			return nil
		}
		return at(n, "here stands a whole number")
	}
}

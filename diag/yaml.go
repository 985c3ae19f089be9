package diag

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// maxNesting is how deep brackets may stand in each other; a profile needs two.
const maxNesting = 16

// parseTree reads YAML as far as profiles use it: one document, no anchors,
// aliases, tags or merges, so that what stands there is all there is.
func parseTree(text []byte) (node ast.Node, err error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if err := checkText(text); err != nil {
		return nil, err
	}
	defer func() {
		if recover() != nil { // the parser's word on text that it did not foresee
			node, err = nil, &ProfileError{Reason: "this is no YAML"}
		}
	}()
	tokens := lexer.Tokenize(string(text))
	if err := checkTokens(tokens); err != nil {
		return nil, err
	}
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		return nil, syntaxError(err)
	}
	var body ast.Node
	for _, d := range file.Docs {
		switch {
		case d.Body == nil || d.Body.Type() == ast.CommentType || d.Body.Type() == ast.NullType:
		case body != nil:
			return nil, at(d.Body, "a profile is one document, and this is a second one")
		default:
			body = d.Body
		}
	}
	if body == nil {
		return nil, &ProfileError{Reason: "the file is empty"}
	}
	return body, nil
}

// checkText refuses what is no text.
func checkText(text []byte) error {
	switch {
	case len(bytes.TrimSpace(text)) == 0:
		return &ProfileError{Reason: "the file is empty"}
	case len(text) > MaxProfile:
		return &ProfileError{Reason: fmt.Sprintf("the file is larger than %d kB", MaxProfile>>10)}
	}
	line, column := 1, 1
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			return &ProfileError{Line: line, Column: column, Reason: "this is no text in UTF-8"}
		case r == '\n':
			line, column = line+1, 0
		case unicode.IsControl(r) && r != '\t' && r != '\r':
			return &ProfileError{Line: line, Column: column, Reason: "this is no text but binary data"}
		}
		i, column = i+n, column+1
	}
	return nil
}

func checkTokens(tokens token.Tokens) error {
	depth := 0
	for _, t := range tokens {
		reason := ""
		switch t.Type {
		case token.AnchorType, token.AliasType, token.MergeKeyType:
			reason = "anchors, aliases and merges are not used in profiles"
		case token.TagType, token.DirectiveType:
			reason = "tags and directives are not used in profiles"
		case token.MappingStartType, token.SequenceStartType:
			if depth++; depth > maxNesting {
				reason = "brackets stand too deep in each other"
			}
		case token.MappingEndType, token.SequenceEndType:
			depth--
		}
		// A profile's blocks are some columns deep; more would only tire the parser.
		if reason == "" && t.Position != nil && t.Position.IndentNum > 200 {
			reason = "lines are indented too deep"
		}
		if reason != "" {
			return &ProfileError{Line: t.Position.Line, Column: t.Position.Column, Reason: reason}
		}
	}
	return nil
}

func syntaxError(err error) error {
	wrong := &ProfileError{Reason: "this is no YAML"}
	var y yaml.Error
	if errors.As(err, &y) {
		if words, _, _ := strings.Cut(y.GetMessage(), "\n"); words != "" {
			wrong.Reason += ": " + words
		}
		if t := y.GetToken(); t != nil && t.Position != nil {
			wrong.Line, wrong.Column = max(1, t.Position.Line), max(1, t.Position.Column)
		}
	}
	return wrong
}

// at says what is wrong with a node.
func at(n ast.Node, format string, args ...any) error {
	wrong := &ProfileError{Reason: fmt.Sprintf(format, args...)}
	if t := n.GetToken(); t != nil && t.Position != nil {
		wrong.Line, wrong.Column = max(1, t.Position.Line), max(1, t.Position.Column)
	}
	return wrong
}

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

package diag

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// maxNesting is how deep brackets may stand in each other; a profile needs three.
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

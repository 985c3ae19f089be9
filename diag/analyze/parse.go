package analyze

import (
	"path"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
)

// What a condition may be.
const (
	maxCondition = 2000 // bytes
	maxDepth     = 20   // brackets in each other
	maxPattern   = 500  // bytes
	maxPatterned = 2000 // instructions that a pattern becomes
	maxCounts    = 20   // uses of lines() in one condition
)

// program is a condition made ready.
type program struct {
	holds  test
	counts []*lineCount
}

// test is a condition or a part of it, value what gives what is compared.
type (
	test  func(*evaluation, *item) bool
	value func(*evaluation, *item) []item
)

// parser reads a condition by recursive descent:
//
//	or    = and { "or" and }
//	and   = not { "and" not }
//	not   = "not" not | "(" or ")" | value [ operator value ]
//	value = text | number | "true" | "false" | function "(" ... ")" | path
//	path  = name { "." name | "[" number "]" | "[" or "]" }
type parser struct {
	text   string
	tokens []token
	depth  int
	inside []*shape // of what the brackets around here filter; nil: not known
	counts []*lineCount
}

// compile reads a condition. What is wrong with it is a *ConditionError.
func compile(text string) (*program, error) {
	tokens, err := lex(text)
	if err != nil {
		return nil, err
	}
	p := &parser{text: text, tokens: tokens}
	holds, err := p.or()
	if err != nil {
		return nil, err
	}
	if t := p.tokens[0]; t.kind != tokenEnd {
		return nil, p.wrong(t, "here the condition could end, or go on with and or or")
	}
	return &program{holds: holds, counts: p.counts}, nil
}

func (p *parser) wrong(t token, reason string, args ...any) error {
	return wrongAt(p.text, t.at, reason, args...)
}

func (p *parser) next() token {
	t := p.tokens[0]
	if t.kind != tokenEnd {
		p.tokens = p.tokens[1:]
	}
	return t
}

// take reads a word or sign if it stands here.
func (p *parser) take(text string) bool {
	t := p.tokens[0]
	if (t.kind == tokenName || t.kind == tokenSign) && t.text == text {
		p.next()
		return true
	}
	return false
}

func (p *parser) need(text string) error {
	if t := p.tokens[0]; !p.take(text) {
		return p.wrong(t, "here stands %s", text)
	}
	return nil
}

func (p *parser) or() (test, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, p.wrong(p.tokens[0], "brackets stand too deep in each other")
	}
	defer func() { p.depth-- }()
	return p.joined("or", p.and, func(a, b test) test {
		return func(e *evaluation, in *item) bool { return a(e, in) || b(e, in) }
	})
}

func (p *parser) and() (test, error) {
	return p.joined("and", p.not, func(a, b test) test {
		return func(e *evaluation, in *item) bool { return a(e, in) && b(e, in) }
	})
}

func (p *parser) joined(word string, part func() (test, error), join func(a, b test) test) (test, error) {
	all, err := part()
	for err == nil && p.take(word) {
		var more test
		if more, err = part(); err == nil {
			all = join(all, more)
		}
	}
	return all, err
}

func (p *parser) not() (test, error) {
	negative := false
	for p.take("not") {
		negative = !negative
	}
	holds, err := p.comparison()
	if err != nil || !negative {
		return holds, err
	}
	return func(e *evaluation, in *item) bool {
		places := len(e.refs)
		found := holds(e, in)
		e.refs = e.refs[:places] // what does not hold has no place
		return !found
	}, nil
}

func (p *parser) comparison() (test, error) {
	if p.take("(") {
		inner, err := p.or()
		if err != nil {
			return nil, err
		}
		return inner, p.need(")")
	}
	left, err := p.value()
	if err != nil {
		return nil, err
	}
	operator := p.tokens[0]
	switch {
	case p.take("matches"):
		pattern, err := p.pattern()
		if err != nil {
			return nil, err
		}
		return compared(left, nil, func(a, _ any) bool { s, ok := a.(string); return ok && pattern.MatchString(s) }), nil
	case operator.kind == tokenSign && slices.Contains([]string{"==", "!=", "<", "<=", ">", ">="}, operator.text) || operator.kind == tokenName && operator.text == "contains":
		p.next()
		right, err := p.value()
		if err != nil {
			return nil, err
		}
		return compare(operator.text, left, right), nil
	}
	return compared(left, nil, func(a, _ any) bool { return truthy(a) }), nil
}

// pattern reads a regular expression (RE2) in quotes.
func (p *parser) pattern() (*regexp.Regexp, error) {
	t := p.next()
	if t.kind != tokenText {
		return nil, p.wrong(t, "here stands a regular expression in quotes")
	}
	if len(t.text) > maxPattern {
		return nil, p.wrong(t, "a regular expression has at most %d bytes", maxPattern)
	}
	tree, err := syntax.Parse(t.text, syntax.Perl)
	if err != nil {
		return nil, p.wrong(t, "this is no regular expression: %s", strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
	if code, err := syntax.Compile(tree.Simplify()); err != nil || len(code.Inst) > maxPatterned {
		return nil, p.wrong(t, "this regular expression is too large")
	}
	return regexp.MustCompile(t.text), nil
}

// lines reads lines("part of a file's name", "pattern").
func (p *parser) lines() (value, error) {
	file := p.next()
	if file.kind != tokenText || file.text == "" {
		return nil, p.wrong(file, "lines begins with a part of a file's name in quotes")
	}
	if _, err := path.Match(file.text, ""); err != nil {
		return nil, p.wrong(file, "a [ in the file's name is not closed")
	}
	if err := p.need(","); err != nil {
		return nil, err
	}
	pattern, err := p.pattern()
	if err != nil {
		return nil, err
	}
	if len(p.counts) == maxCounts {
		return nil, p.wrong(file, "lines is used more than %d times", maxCounts)
	}
	c := &lineCount{file: file.text, pattern: pattern}
	p.counts = append(p.counts, c)
	return func(e *evaluation, _ *item) []item { return e.count(c) }, p.need(")")
}

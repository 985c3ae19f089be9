package redact

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
)

const (
	maxVendorRules = 100
	maxPattern     = 4 << 10 // how far a pattern may match, in bytes
	maxPatternSize = 1 << 10 // the expression itself
)

// RuleError says why a rule of a profile is refused.
type RuleError struct {
	Rule   string
	Reason string // a sentence without its stop
}

func (e *RuleError) Error() string {
	if e.Rule == "" {
		return e.Reason
	}
	return fmt.Sprintf("rule %s: %s", e.Rule, e.Reason)
}

// addVendor checks a rule that somebody else wrote and adds it.
func (r *Rules) addVendor(rule Rule) error {
	refuse := func(format string, args ...any) error {
		return &RuleError{Rule: rule.Name, Reason: fmt.Sprintf(format, args...)}
	}
	switch {
	case rule.Name == "" || len(rule.Name) > 40 || strings.Trim(rule.Name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "":
		return refuse("its name is not of small letters, digits and dashes")
	case rule.Why == "" || len(rule.Why) > 200:
		return refuse("it does not say in a sentence why what it finds must go")
	case len(rule.Goes) == 0:
		return refuse("it has no example of what must go")
	case !knownKind(rule.Kind):
		return refuse("there is no kind %q", rule.Kind)
	case (len(rule.Keys) == 0) == (rule.Pattern == ""):
		return refuse("it needs either keys or a pattern")
	case len(rule.Keys) > 50 || len(rule.Goes)+len(rule.Stays) > 50:
		return refuse("it has more than 50 keys or examples")
	}
	for _, known := range r.rules {
		if known.Name == rule.Name {
			return refuse("another rule has this name")
		}
	}
	rule.find, rule.ends, rule.begins, rule.shapes, rule.Starts = nil, nil, nil, nil, nil
	own := &rule
	if rule.Pattern != "" {
		prefix, match, err := compilePattern(rule.Pattern)
		if err != nil {
			return refuse("%v", err)
		}
		r.rules = append(r.rules, own)
		r.begin(prefix, &beginning{rule: own, match: match})
	} else {
		for i, k := range rule.Keys {
			if len(k) < 2 || len(k) > 60 || strings.ToLower(k) != k {
				return refuse("key %d is not of 2 to 60 bytes in small letters", i+1)
			}
		}
		r.add(own)
	}
	r.index()
	if err := r.tryExamples(own); err != nil {
		return refuse("%v", err)
	}
	return nil
}

func knownKind(k Kind) bool {
	for _, known := range kinds {
		if k == known {
			return true
		}
	}
	return false
}

// compilePattern compiles an expression that is tried at the beginning of words
// only, and refuses one that would have to be tried at every word.
func compilePattern(pattern string) (prefix string, match func([]byte) int, err error) {
	if len(pattern) > maxPatternSize {
		return "", nil, fmt.Errorf("its pattern is longer than %d bytes", maxPatternSize)
	}
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return "", nil, fmt.Errorf("its pattern is none: %w", err)
	}
	re = re.Simplify()
	if re.Flags&syntax.FoldCase == 0 {
		prefix = literalPrefix(re)
	}
	word := 0
	for word < len(prefix) && isWord(prefix[word]) {
		word++
	}
	if word < 3 {
		return "", nil, fmt.Errorf("its pattern would be slow: it must begin with at least three fixed letters or digits at the beginning of a word")
	}
	compiled, err := regexp.Compile("^(?:" + pattern + ")")
	if err != nil {
		return "", nil, fmt.Errorf("its pattern is none: %w", err)
	}
	if compiled.MatchString(prefix[:word]) && compiled.MatchString("") {
		return "", nil, fmt.Errorf("its pattern matches nothing at all too")
	}
	return prefix, func(b []byte) int {
		if loc := compiled.FindIndex(b); loc != nil {
			return loc[1]
		}
		return 0
	}, nil
}

// literalPrefix is the fixed text that every match begins with.
func literalPrefix(re *syntax.Regexp) string {
	switch re.Op {
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase != 0 {
			return ""
		}
		return string(re.Rune)
	case syntax.OpCapture:
		return literalPrefix(re.Sub[0])
	case syntax.OpConcat:
		prefix := ""
		for _, sub := range re.Sub {
			switch sub.Op {
			case syntax.OpWordBoundary, syntax.OpBeginLine, syntax.OpBeginText, syntax.OpEmptyMatch:
				continue
			case syntax.OpLiteral:
				if sub.Flags&syntax.FoldCase == 0 {
					prefix += string(sub.Rune)
					continue
				}
			}
			if prefix == "" {
				return literalPrefix(sub)
			}
			return prefix
		}
		return prefix
	}
	return ""
}

package redact

import "slices"

// Revise makes the rules for what is already redacted and is looked at by its
// owner: the texts that the owner selected are hidden everywhere, and the
// pseudonyms of the kinds that the owner wants to stay become again what they
// stand for, as far as the names know it. Secrets stay what they are.
func Revise(hide []string, restore []Kind) *Rules {
	r := newRules()
	for _, n := range (Known{Hide: hide}).needles() {
		r.addNeedle(n)
	}
	restore = slices.DeleteFunc(slices.Clone(restore), Kind.Secret)
	if slices.Contains(restore, IP) {
		restore = append(restore, Net)
	}
	r.enterShapes(&Rule{
		Name: "restore", shapes: []shape{{class: anyClass, min: 1, max: 16, prev: "<"}},
		find: func(sc *scanner, rule *Rule, s, e int) int { return sc.restore(rule, restore, s-1) },
	})
	r.index()
	return r
}

// restore puts back what the placeholder at s stands for.
func (sc *scanner) restore(rule *Rule, kinds []Kind, s int) int {
	e := placeholder(sc.b, s)
	if e == 0 || s < sc.flushed {
		return 0
	}
	kind, value, err := sc.names.Reveal(string(sc.b[s:e]))
	if err != nil || !slices.Contains(kinds, kind) {
		return 0
	}
	return sc.replace(rule, kind, value, s, e)
}

package redact

import (
	"fmt"
	"strings"
)

// Rules is a compiled set of rules. It is safe for use by several goroutines.
type Rules struct {
	rules      []*Rule
	filter     *filter
	ends       [][]byEnd          // by rank in the filter
	endings    map[string]*ending // while rules are added
	beginnings map[uint32][]*beginning
	begins     [][]byBegin // by rank in the filter
	shapes     [classes][64][]shaped
}

// beginning is a value known by its beginning, or a rule that asked for it.
type beginning struct {
	rule   *Rule
	start  *Start // nil: rule.find or rule's pattern
	needle *needle
	match  func(b []byte) int
}

type shaped struct {
	rule *Rule
	bit  uint32
}

// builtin gives the rules that every run has.
func builtin() []*Rule {
	var all []*Rule
	for _, group := range [][]*Rule{
		secretRules, headerRules, providerRules, blockRules, urlRules, addressRules,
		mailRules, hostRules, pathRules, userRules, bankRules, phoneRules, numberRules, deviceRules, placeRules, commandRules, randomRules,
	} {
		all = append(all, group...)
	}
	return all
}

func newRules() *Rules {
	return &Rules{
		filter:     newFilter(),
		endings:    map[string]*ending{},
		beginnings: map[uint32][]*beginning{},
	}
}

// Compile makes a set of the built-in rules, of what is known of the machine
// and its owner, and of a vendor's rules. A vendor's rule that cannot work, is
// slow or fails its own examples is refused with a *RuleError.
func Compile(known Known, vendor ...Rule) (*Rules, error) {
	r := newRules()
	for _, n := range known.needles() {
		r.addNeedle(n)
	}
	r.enterShapes(clock) // first: it is asked once a line
	for _, rule := range builtin() {
		r.add(rule)
	}
	r.enterShapes(escaped)
	if len(vendor) > maxVendorRules {
		return nil, &RuleError{Reason: fmt.Sprintf("there are %d rules; at most %d are taken", len(vendor), maxVendorRules)}
	}
	for i := range vendor {
		if err := r.addVendor(vendor[i]); err != nil {
			return nil, err
		}
	}
	r.index()
	return r, nil
}

// byEnd and byBegin are what words with a key may concern.
type (
	byEnd struct {
		key uint32
		*ending
	}
	byBegin struct {
		key uint32
		*beginning
	}
)

func (r *Rules) add(rule *Rule) {
	r.rules = append(r.rules, rule)
	for _, text := range rule.Keys {
		r.addKey(newKey(text, rule))
	}
	for i := range rule.Starts {
		r.begin(rule.Starts[i].Prefix, &beginning{rule: rule, start: &rule.Starts[i]})
	}
	for _, text := range rule.begins {
		r.begin(text, &beginning{rule: rule})
	}
	for _, text := range rule.ends {
		c := tailed(strings.ToLower(text))
		c.rule = rule
		end := r.end(text, true)
		end.list = append(end.list, c)
	}
	r.enterShapes(rule)
}

func (r *Rules) enterShapes(rule *Rule) {
	for _, s := range rule.shapes {
		bit := r.filter.addShape(s)
		for class := range r.shapes {
			for n := s.min; n <= min(s.max, 63); n++ {
				if s.class.includes(class) {
					r.shapes[class][n] = append(r.shapes[class][n], shaped{rule, bit})
				}
			}
		}
	}
}

// end gives the entry of all words that end as text does; exact says that a
// short text is a word of its own.
func (r *Rules) end(text string, exact bool) *ending {
	text = strings.ToLower(text[max(0, len(text)-keySize):])
	if r.endings[text] == nil {
		r.endings[text] = &ending{exact: true}
	}
	r.endings[text].exact = r.endings[text].exact && exact
	return r.endings[text]
}

// begin enters what is known by its first word: everything before the first
// byte that ends a word.
func (r *Rules) begin(prefix string, v *beginning) {
	first := prefix
	if i := strings.IndexFunc(prefix, func(c rune) bool { return c < 0x80 && !isWord(byte(c)) }); i >= 0 {
		first = prefix[:i]
	}
	for _, k := range beginKeys(first, len(first) < len(prefix)) {
		r.beginnings[k] = append(r.beginnings[k], v)
	}
}

// names of all rules, for those who list or explain them.
func (r *Rules) All() []Rule {
	out := make([]Rule, len(r.rules))
	for i, rule := range r.rules {
		out[i] = *rule
	}
	return out
}

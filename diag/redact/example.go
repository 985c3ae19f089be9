package redact

import (
	"bytes"
	"fmt"
	"strings"
)

// tryExamples runs a rule's examples: what stands between ‹ and › must be gone
// and everything else be as it was; look-alikes must stay whole.
func (r *Rules) tryExamples(rule *Rule) error {
	names, err := NewNames(make([]byte, KeySize))
	if err != nil {
		return err
	}
	for _, example := range rule.Goes {
		text, parts := example, strings.FieldsFunc(example, func(c rune) bool { return c == '‹' || c == '›' })
		text = strings.NewReplacer("‹", "", "›", "").Replace(text)
		got := string(r.Bytes([]byte(text), names, nil))
		if !strings.Contains(example, "‹") {
			return fmt.Errorf("an example of what must go does not say between ‹ and › what that is: %q", example)
		}
		rest := got
		marked := strings.HasPrefix(example, "‹")
		for i, part := range parts {
			if (i%2 == 0) == marked {
				continue // this part must go
			}
			at := strings.Index(rest, part)
			if at < 0 {
				return fmt.Errorf("%q became %q, where %q should have stayed", text, got, part)
			}
			rest = rest[at+len(part):]
		}
		for i, part := range parts {
			if (i%2 == 0) == marked && len(part) > 3 && strings.Contains(got, part) {
				return fmt.Errorf("%q became %q, which still has %q", text, got, part)
			}
		}
		if again := r.Bytes([]byte(got), names, nil); !bytes.Equal(again, []byte(got)) {
			return fmt.Errorf("%q became %q, and that again %q", text, got, again)
		}
	}
	for _, text := range rule.Stays {
		if got := string(r.Bytes([]byte(text), names, nil)); got != text {
			return fmt.Errorf("%q should have stayed and became %q", text, got)
		}
	}
	return nil
}

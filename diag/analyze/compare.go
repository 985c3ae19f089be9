package analyze

import (
	"cmp"
	"strings"
)

// compare makes the test of an operator. With several values on a side one
// pair is enough, but != wants that none is equal.
func compare(operator string, left, right value) test {
	switch operator {
	case "contains":
		return compared(left, right, func(a, b any) bool {
			s, ok := a.(string)
			part, ok2 := b.(string)
			return ok && ok2 && strings.Contains(s, part)
		})
	case "!=":
		same := compare("==", left, right)
		known := compared(left, right, func(a, b any) bool { _, ok := order(a, b); return ok })
		return func(e *evaluation, in *item) bool {
			places := len(e.refs)
			if same(e, in) {
				e.refs = e.refs[:places]
				return false
			}
			return known(e, in)
		}
	}
	return compared(left, right, func(a, b any) bool {
		c, ok := order(a, b)
		if !ok {
			return false
		}
		switch operator {
		case "==":
			return c == 0
		case "<":
			return c < 0
		case "<=":
			return c <= 0
		case ">":
			return c > 0
		default:
			return c >= 0
		}
	})
}

// order compares two values of one kind; false if they are of different kinds.
func order(a, b any) (int, bool) {
	switch x := a.(type) {
	case version:
		if y, ok := versionOf(b); ok {
			return compareVersions(string(x), y), true
		}
	case string:
		switch y := b.(type) {
		case string:
			return strings.Compare(x, y), true
		case version:
			return compareVersions(x, string(y)), true
		}
	case float64:
		if y, ok := b.(float64); ok {
			return cmp.Compare(x, y), true
		}
	case bool:
		if y, ok := b.(bool); ok && x == y {
			return 0, true
		} else if ok && y {
			return -1, true
		} else if ok {
			return 1, true
		}
	}
	return 0, false
}

func versionOf(v any) (string, bool) {
	switch v := v.(type) {
	case version:
		return string(v), true
	case string:
		return v, true
	}
	return "", false
}

// truthy says whether a value alone is a yes: it is there and neither false,
// zero nor empty.
func truthy(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case bool:
		return v
	case float64:
		return v != 0
	case string:
		return v != ""
	case version:
		return v != ""
	case []any:
		return len(v) > 0
	}
	return true
}

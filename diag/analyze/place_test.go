package analyze

import "testing"

func TestLineOf(t *testing.T) {
	const doc = "{\n  \"a\": 1,\n  \"b\": {\n    \"c\": [\n      {\"d\": 1},\n      {\n        \"d\": 2\n      }\n    ]\n  },\n  \"e\": null\n}\n"
	for _, c := range []struct {
		path []any
		want int
	}{
		{nil, 1},
		{[]any{"a"}, 2},
		{[]any{"b"}, 3},
		{[]any{"b", "c"}, 4},
		{[]any{"b", "c", 0}, 5},
		{[]any{"b", "c", 0, "d"}, 5},
		{[]any{"b", "c", 1}, 6},
		{[]any{"b", "c", 1, "d"}, 7},
		{[]any{"e"}, 11},
		{[]any{"f"}, 0},
		{[]any{"a", "b"}, 0},
		{[]any{"b", 0}, 0},
		{[]any{"b", "c", 2}, 0},
		{[]any{"b", "c", "d"}, 0},
	} {
		if got := lineOf([]byte(doc), c.path...); got != c.want {
			t.Errorf("%v: line %d, want %d", c.path, got, c.want)
		}
	}
	for _, bad := range []string{"", "{", "[1,", `{"a"`, "no"} {
		lineOf([]byte(bad), "a", 0)
		lineOf([]byte(bad), 0, "a")
	}
}

package clipboardtest

import "testing"

func TestMemory(t *testing.T) {
	Suite(t, func(t *testing.T) Fixture {
		m := New()
		return Fixture{
			Clipboard: m, Set: func(_ testing.TB, text string, secret bool) { m.Set(text, secret) },
			Text: func(testing.TB) string { return m.Text() },
		}
	})
}

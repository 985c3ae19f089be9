package picture

import "testing"

// Pieces that come as they must make an update; none else does.
func TestPieces(t *testing.T) {
	type piece struct {
		number, total, offset uint32
		data                  string
		whole                 string
		ok                    bool
	}
	for name, pieces := range map[string][]piece{
		"two updates":        {{1, 4, 0, "ab", "", true}, {1, 4, 2, "cd", "abcd", true}, {2, 1, 0, "e", "e", true}},
		"another first":      {{2, 1, 0, "a", "", false}},
		"the same again":     {{1, 1, 0, "a", "a", true}, {1, 1, 0, "a", "", false}},
		"a number left out":  {{1, 1, 0, "a", "a", true}, {3, 1, 0, "a", "", false}},
		"a new one too soon": {{1, 2, 0, "a", "", true}, {2, 2, 0, "a", "", false}},
		"a gap":              {{1, 4, 0, "a", "", true}, {1, 4, 2, "c", "", false}},
		"an overlap":         {{1, 4, 0, "ab", "", true}, {1, 4, 1, "b", "", false}},
		"another total":      {{1, 4, 0, "ab", "", true}, {1, 3, 2, "c", "", false}},
		"too much":           {{1, 4, 0, "abcde", "", false}},
		"too much later":     {{1, 4, 0, "abc", "", true}, {1, 4, 3, "de", "", false}},
		"an empty piece":     {{1, 4, 0, "", "", false}},
		"an empty update":    {{1, 0, 0, "", "", false}},
		"a huge update":      {{1, MaxUpdate + 1, 0, "a", "", false}},
		"begun in the midst": {{1, 4, 2, "cd", "", false}},
	} {
		t.Run(name, func(t *testing.T) {
			var p Pieces
			for i, piece := range pieces {
				whole, err := p.Add(piece.number, piece.total, piece.offset, []byte(piece.data))
				if (err == nil) != piece.ok || string(whole) != piece.whole {
					t.Errorf("piece %d: %q, %v", i, whole, err)
				}
			}
		})
	}
}

// What is dropped, or was withdrawn before it began, leaves a gap; what was
// begun before does not go on.
func TestPiecesAfterADrop(t *testing.T) {
	var p Pieces
	add := func(number, total, offset uint32, data string) bool {
		_, err := p.Add(number, total, offset, []byte(data))
		return err == nil
	}
	if !add(1, 1, 0, "a") || !add(2, 2, 0, "a") {
		t.Fatal("an update is refused")
	}
	p.Drop()
	if add(2, 2, 1, "b") || add(2, 1, 0, "a") || add(1, 1, 0, "a") {
		t.Error("what was dropped goes on")
	}
	if !add(5, 1, 0, "a") {
		t.Error("an update is refused because others were withdrawn before they began")
	}
	if add(7, 1, 0, "a") {
		t.Error("a gap is taken that nothing has made")
	}
}

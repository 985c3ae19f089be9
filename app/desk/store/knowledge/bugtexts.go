package knowledge

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/beistand/beistand/app/desk/store/db"
)

// BugTexts reads bugs' texts. Public ones have what customers are told, and nothing else.
func BugTexts(ctx context.Context, q db.Querier, ids []int64, public bool, language string) ([]Text, error) {
	var list []Text
	err := each(ctx, q, "SELECT id, product, since, updated, title, description, ref, module, workaround, fix, fixed_in FROM bugs WHERE id IN ("+marks(len(ids))+")", anys(ids), func(row scanner) error {
		var t Text
		var ref, module, workaround, fix string
		if err := row.Scan(&t.Number, &t.Product, &t.Version, &t.At, &t.Title, &t.Body, &ref, &module, &workaround, &fix, &t.FixedIn); err != nil {
			return err
		}
		told, err := wording(language, workaround, fix)
		if err != nil {
			return err
		}
		t.Solution = told
		if !public {
			t.Answers = ref + "\n" + module
			list = append(list, t)
			return nil
		}
		if told == "" {
			return nil
		}
		t.Title, _, _ = strings.Cut(told, "\n")
		t.Body = ""
		list = append(list, t)
		return nil
	})
	return list, err
}

// wording puts texts by language together: those of one language, or all of them for "".
func wording(language string, kept ...string) (string, error) {
	var all []string
	for _, text := range kept {
		by := map[string]string{}
		if text == "" {
			continue
		}
		if err := json.Unmarshal([]byte(text), &by); err != nil {
			return "", err
		}
		for _, tag := range order(by, language) {
			all = append(all, by[tag])
			if language != "" {
				break
			}
		}
	}
	return strings.Join(all, "\n"), nil
}

// order puts a language's text first, then the English one, then the others as they stand in the alphabet.
func order(by map[string]string, language string) []string {
	base, _, _ := strings.Cut(language, "-")
	rank := func(tag string) int {
		switch {
		case tag == language:
			return 0
		case tag == base:
			return 1
		case tag == "en":
			return 2
		}
		return 3
	}
	var tags []string
	for tag, text := range by {
		if text != "" {
			tags = append(tags, tag)
		}
	}
	sortBy(tags, rank)
	return tags
}

// sortBy sorts by rank, and those of one rank as they stand in the alphabet.
func sortBy(list []string, rank func(string) int) {
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a, b)) })
}

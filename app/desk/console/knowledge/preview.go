package knowledge

import "github.com/beistand/beistand/app/desk/knowledge/page"

// preview is an article's text as it will be shown, by the same rules.
func preview(body string) (string, error) {
	made, err := page.Markdown(body)
	return made.HTML, err
}

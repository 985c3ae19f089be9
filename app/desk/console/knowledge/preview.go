package knowledge

import "html"

func preview(body string) string { return "<pre>" + html.EscapeString(body) + "</pre>" }

package desk

import (
	"fmt"
	"testing"

	"github.com/beistand/beistand/app/api"
)

// knowledgePolicy is who may search, write down what is known, and publish it.
var knowledgePolicy = []line{
	{endpoint: "POST " + api.PathSimilarTo, may: everybody, ok: 200, asks: similarAsks},
	{endpoint: "POST " + api.PathHelped, may: everybody, ok: 204, asks: helpedAsks},
	{endpoint: "GET " + api.PathSimilar, may: ticketSide | keyRead, ok: 200},
	{endpoint: "GET " + api.PathSearch, may: anyStaff | keyRead, ok: 200},
	{endpoint: "GET " + api.PathArticles, may: anyStaff | keyRead, ok: 200},
	{endpoint: "POST " + api.PathArticles, may: anyStaff, ok: 201, asks: newArticleAsks},
	{endpoint: "GET " + api.PathArticle, may: everybody, ok: 200, asks: publishedAsks},
	{endpoint: "PATCH " + api.PathArticle, may: anyStaff, ok: 200, asks: articleAsks},
	{endpoint: "GET " + api.PathArticleHistory, may: anyStaff | keyRead, ok: 200, asks: articleAsks},
	{endpoint: "GET " + api.PathPages, may: everybody, ok: 200},
	{endpoint: "PUT " + api.PathPages, may: editors, ok: 200, asks: newPageAsks},
	{endpoint: "GET " + api.PathPage, may: everybody, ok: 200, asks: pageAsks},
	{endpoint: "DELETE " + api.PathPage, may: editors, ok: 204, asks: pageAsks},
	{endpoint: "GET " + api.PathOutcomes, may: anyStaff | keyRead, ok: 200},
	{endpoint: "GET " + api.PathRules, may: anyStaff | keyRead, ok: 200},
	{endpoint: "POST " + api.PathRulesTry, may: anyStaff | keyRead, ok: 200, asks: nothingAsks},
	{endpoint: "GET " + api.PathRouting, may: anyStaff | keyRead, ok: 200},
}

// editors are those of the staff who publish.
const editors = editor | administrator

func similarAsks(*testing.T, *place) question {
	return question{json: api.SimilarQuery{Title: "it does not print"}}
}

func newArticleAsks(*testing.T, *place) question {
	return question{json: api.NewArticle{Title: "Printing", Body: "Turn it on.", Language: "en"}}
}

// articleAsks asks about a new draft.
func articleAsks(t *testing.T, p *place) question {
	made := p.article(t, api.ArticleDraft)
	return question{paths: map[string]string{"{id}": fmt.Sprint(made)}, json: api.ArticleChange{Version: 1}}
}

func publishedAsks(t *testing.T, p *place) question {
	return question{paths: map[string]string{"{id}": fmt.Sprint(p.article(t, api.ArticlePublished))}}
}

func helpedAsks(t *testing.T, p *place) question {
	return question{json: api.Helped{Ref: fmt.Sprintf("article/%d", p.article(t, api.ArticlePublished))}}
}

// article keeps an article in some state.
func (p *place) article(t *testing.T, state api.ArticleState) int64 {
	t.Helper()
	a, err := p.knowledge.Add(t.Context(), api.Article{State: state, Title: "Printing", Body: "Turn it on.", Language: "en", By: "sam"}, api.Actor{Kind: api.ActorDesk})
	if err != nil {
		t.Fatal(err)
	}
	return a.ID
}

func newPageAsks(*testing.T, *place) question { return question{json: newPage("print.md")} }

func newPage(path string) api.NewPage {
	return api.NewPage{Product: "Ledger", Language: "en", Path: path, Text: "# Printing\n\nTurn it on."}
}

func pageAsks(t *testing.T, p *place) question {
	made, _, err := p.knowledge.Import(t.Context(), newPage(fmt.Sprintf("%d.md", p.ticket)), api.Actor{Kind: api.ActorDesk})
	if err != nil {
		t.Fatal(err)
	}
	return question{paths: map[string]string{"{id}": fmt.Sprint(made.ID)}}
}

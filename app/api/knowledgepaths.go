package api

import "strconv"

// The paths of what is known, and where a case belongs.
const (
	PathSimilarTo      = Prefix + "/similar"             // POST SimilarQuery: MatchList
	PathHelped         = Prefix + "/similar/helped"      // POST Helped: 204
	PathSimilar        = Prefix + "/tickets/{n}/similar" // GET: MatchList
	PathSearch         = Prefix + "/search"              // GET SearchQuery: MatchList
	PathArticles       = Prefix + "/articles"            // GET ArticleQuery: ArticleList; POST NewArticle: Article
	PathArticle        = Prefix + "/articles/{id}"       // GET: Article, to staff a draft too; PATCH ArticleChange: Article
	PathArticleHistory = Prefix + "/articles/{id}/history"
	PathPages          = Prefix + "/handbook"      // GET Handbook: PageList; PUT NewPage: Page
	PathPage           = Prefix + "/handbook/{id}" // GET: Page; DELETE: 204
	PathOutcomes       = Prefix + "/outcomes"      // GET from, to: Outcomes
	PathRules          = Prefix + "/routing"       // GET: RoutingRules
	PathRulesTry       = Prefix + "/routing/try"   // POST RoutingCase: Routing
	PathRouting        = Prefix + "/tickets/{n}/routing"
)

// SimilarPath is where the cases are that are similar to a ticket's.
func SimilarPath(number int64) string { return TicketPath(number) + "/similar" }

// RoutingPath is where it says where a ticket belongs.
func RoutingPath(number int64) string { return TicketPath(number) + "/routing" }

// ArticlePath is where an article is.
func ArticlePath(id int64) string { return PathArticles + "/" + strconv.FormatInt(id, 10) }

// ArticleHistoryPath is where it says what an article was.
func ArticleHistoryPath(id int64) string { return ArticlePath(id) + "/history" }

// PagePath is where a handbook's page is.
func PagePath(id int64) string { return PathPages + "/" + strconv.FormatInt(id, 10) }

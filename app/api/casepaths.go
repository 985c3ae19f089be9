package api

import "strconv"

// The paths of what is done with a case.
const (
	PathEntries      = Prefix + "/tickets/{n}/entries"      // GET before, after, limit: Timeline; POST NewEntry: Added
	PathCompleteness = Prefix + "/tickets/{n}/completeness" // GET: Completeness
	PathRequests     = Prefix + "/tickets/{n}/requests"     // POST Request: Entry
	PathClose        = Prefix + "/tickets/{n}/close"        // POST CloseTicket: Ticket
	PathSolution     = Prefix + "/tickets/{n}/solution"     // POST OwnSolution: Ticket
	PathAnswers      = Prefix + "/tickets/{n}/answers"      // PATCH Answers: Ticket
	PathTemplates    = Prefix + "/templates"                // GET: Templates
)

// EntriesPath is where a ticket's timeline is.
func EntriesPath(number int64) string { return TicketPath(number) + "/entries" }

// CompletenessPath is where it says what a ticket still needs.
func CompletenessPath(number int64) string { return TicketPath(number) + "/completeness" }

// RequestsPath is where the customer is asked for what is missing.
func RequestsPath(number int64) string { return TicketPath(number) + "/requests" }

// ClosePath is where a ticket is closed.
func ClosePath(number int64) string { return TicketPath(number) + "/close" }

// SolutionPath is where the customer says how it ended.
func SolutionPath(number int64) string { return TicketPath(number) + "/solution" }

// AnswersPath is where the customer answers what was asked.
func AnswersPath(number int64) string { return TicketPath(number) + "/answers" }

// EntriesPage is where a part of a timeline is: entries before an ID, or after
// one; 0 says nothing. Without either it is the newest.
func EntriesPage(number, before, after int64, limit int) string {
	path, sep := EntriesPath(number), "?"
	for _, p := range []struct {
		name  string
		value int64
	}{{"before", before}, {"after", after}, {"limit", int64(limit)}} {
		if p.value != 0 {
			path += sep + p.name + "=" + strconv.FormatInt(p.value, 10)
			sep = "&"
		}
	}
	return path
}

package desk

import (
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
)

// casesPolicy is who may file, read, change and close tickets, and write onto them.
var casesPolicy = []line{
	{endpoint: "POST " + api.PathTickets, may: everybody, ok: 201, asks: fileAsks},
	{endpoint: "GET " + api.PathTickets, may: anyStaff | keyRead, ok: 200},
	{endpoint: "GET " + api.PathTicket, may: ticketSide | keyRead, ok: 200},
	{endpoint: "PATCH " + api.PathTicket, may: anyStaff | keyWrite, ok: 200, asks: changeAsks},
	{endpoint: "GET " + api.PathEntries, may: ticketSide | keyRead, ok: 200},
	{endpoint: "POST " + api.PathEntries, may: ticketSide | keyWrite, ok: 201, asks: entryAsks},
	{endpoint: "GET " + api.PathCompleteness, may: ticketSide | keyRead, ok: 200},
	{endpoint: "POST " + api.PathRequests, may: anyStaff | keyWrite, ok: 201, asks: nothingAsks},
	{endpoint: "POST " + api.PathClose, may: anyStaff | keyWrite, ok: 200, asks: closeAsks},
	{endpoint: "POST " + api.PathSolution, may: ownTicket, ok: 200, asks: nothingAsks},
	{endpoint: "PATCH " + api.PathAnswers, may: ownTicket, ok: 200, asks: answerAsks},
	{endpoint: "GET " + api.PathTemplates, may: everybody, ok: 200},
}

func fileAsks(*testing.T, *place) question { return question{json: newTicket()} }

func changeAsks(_ *testing.T, p *place) question {
	level := 2
	return question{json: api.TicketChange{Version: p.own.Ticket.Version, Level: &level}}
}

func entryAsks(*testing.T, *place) question {
	return question{json: api.NewEntry{ID: client.NewTicketID(), Kind: api.EntryNote, Text: "a word"}}
}

func closeAsks(_ *testing.T, p *place) question {
	return question{json: api.CloseTicket{Version: p.own.Ticket.Version, State: api.StateSolved, Cause: api.CauseHandling, Solution: "shown how"}}
}

func answerAsks(*testing.T, *place) question {
	return question{json: api.Answers{Answers: []api.Answer{{Question: "since", Text: "today"}}}}
}

package app

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/beistand/beistand"

// edges are the imports between our own packages, each with its reason. A new
// edge is a new line here, or a sign that something stands in the wrong room.
var edges = map[string]map[string]string{
	"": {
		"app": "main calls app.Main and nothing else",
	},
	"app": {
		"app/api":                "commands print what the desk answers",
		"app/client":             "commands and windows speak to the desk through it",
		"app/desk":               "the desk command runs the server",
		"app/desk/acme":          "how a desk gets its certificate",
		"app/desk/backup":        "a desk is backed up and restored by commands on its machine",
		"app/desk/knowledge":     "handbooks are imported by a command on the desk's machine",
		"app/desk/mail":          "how mails come in and go out is said by flags, and a pipe leaves them",
		"app/desk/mail/inbox":    "where they are fetched",
		"app/desk/mail/outbox":   "where they are handed over",
		"app/desk/people":        "staff are made by a command on the desk's machine",
		"app/desk/people/openid": "the desk command names the provider",
		"app/desk/retention":     "rules of what is deleted are given by flags",
		"app/desk/store":         "that command opens the desk's database",
		"app/desk/store/files":   "where a desk's attachments are",
		"app/desk/web":           "the bench opens the desk's pages in a browser",
		"app/doctor":             "a command checks what works from here",
		"app/early":              "the environment is set right before libraries read it",
		"app/gui":                "the window commands open it",
		"app/gui/page":           "app fills the pages' small interfaces with the real parts",
		"app/problem":            "an error becomes a sentence and an exit code",
		"assets":                 "texts in the person's language",
		"diag":                   "app joins diag with the rest",
		"diag/analyze":           "commands say what a bundle shows",
		"diag/bundle":            "commands name, select and check bundles",
		"diag/collect":           "app gives the screens collector its screens",
		"diag/facts":             "sizes as people read them",
		"diag/redact":            "names of the case stay with it",
		"diag/revise":            "what the owner changes is what is sent",
		"session":                "app joins session with the rest",
		"session/clipboard":      "app gives the clipboard",
		"session/film":           "what is seen is kept as a film where that is allowed",
		"session/input":          "what a supporter presses, by its name",
		"session/invite":         "a desk's signature is checked before its words count",
		"session/lock":           "a locked screen means no",
		"session/overlay":        "what is shared is framed, and a key stops everything",
		"session/pixel":          "what is seen",
		"session/record":         "commands check records, windows keep them",
		"session/rendezvous":     "app gives a session the desk's room",
		"session/rights":         "what a desk says is asked for",
		"session/screen":         "app gives the screens",
		"session/wire":           "a file's name as it may come",
		"session/x11":            "whether somebody types",
	},
	"app/client": {
		"app/api": "the types of the interface",
	},
	"app/demo": {
		"app/demo/await":   "conditions with a deadline",
		"app/demo/child":   "the desk and the windows are processes",
		"app/demo/door":    "where the windows' parts are",
		"app/demo/pattern": "what is painted must be found again",
		"app/demo/person":  "customer and supporter act",
		"app/demo/xhand":   "pointer, keys and pictures",
		"app/demo/xserver": "displays of their own",
		"assets":           "buttons are looked for in the window's language",
		"diag":             "the vendor of the case signs its profile",
	},
	"app/demo/child": {
		"app/demo/await": "conditions with a deadline",
	},
	"app/demo/person": {
		"app/demo/await": "conditions with a deadline",
		"app/demo/child": "a person's window is a process",
		"app/demo/door":  "where the windows' parts are",
		"app/demo/xhand": "pointer, keys and pictures",
	},
	"app/demo/play": {
		"app/demo": "the command plays the case",
	},
	"app/demo/xhand": {
		"app/demo/await": "conditions with a deadline",
	},
	"app/demo/xserver": {
		"app/demo/await": "conditions with a deadline",
		"app/demo/child": "X server and window manager are processes",
		"app/demo/xhand": "whether the window manager is there",
	},
	"app/desk": {
		"app/api":                  "the types of the interface",
		"app/desk/acme":            "certificates that come by themselves",
		"app/desk/board":           "views, bulk changes and the stand-up",
		"app/desk/bugs":            "bugs and releases",
		"app/desk/cases":           "tickets and their timelines",
		"app/desk/cases/rule":      "what of an entry a customer may know",
		"app/desk/changes":         "the journal is read",
		"app/desk/console":         "people are given their pages",
		"app/desk/customers":       "whose tickets are",
		"app/desk/figures":         "what is counted",
		"app/desk/gate":            "who may use which endpoint",
		"app/desk/hooks":           "webhooks",
		"app/desk/intake":          "monitors' alarms",
		"app/desk/internet":        "the relay opens no way into other people's networks",
		"app/desk/journal":         "what was done is told to those who listen",
		"app/desk/knowledge":       "what is known",
		"app/desk/late":            "patterns are made when they are first used",
		"app/desk/mail":            "mails come in and go out",
		"app/desk/numbers":         "how the work goes",
		"app/desk/openapi":         "the table is a document for others",
		"app/desk/people":          "who may enter",
		"app/desk/people/openid":   "which provider staff sign in at",
		"app/desk/people/personal": "what the desk has of a person",
		"app/desk/reply":           "answers and refusals have one form",
		"app/desk/retention":       "what is kept long enough is deleted",
		"app/desk/room":            "where the two sides meet",
		"app/desk/room/shared":     "they meet across desks",
		"app/desk/routing":         "where cases belong",
		"app/desk/scan":            "what comes is looked at first",
		"app/desk/search":          "bugs are looked for among what is known",
		"app/desk/store":           "tickets, people and files",
		"app/desk/store/db":        "what reads the journal writes in its transaction",
		"app/desk/store/files":     "where attachments are",
		"app/desk/store/people":    "whom a token belongs to",
		"app/desk/store/tickets":   "an entry that somebody listens for",
		"app/desk/web":             "browsers are given their pages",
		"assets":                   "what the desk says in its own language",
		"session/invite":           "what both sides of a session are told is signed",
		"session/record":           "the desk adds to its copy only what follows",
		"session/rights":           "what can be asked for",
	},
	"app/desk/acme": {
		"app/desk/store/db": "certificates are kept where all desks find them",
	},
	"app/desk/backup": {
		"app/desk/journal":     "what waits for its number is written again, and the chain is looked at",
		"app/desk/late":        "patterns are made when they are first used",
		"app/desk/store":       "what is backed up",
		"app/desk/store/db":    "one moment's rows",
		"app/desk/store/files": "attachments",
	},
	"app/desk/board": {
		"app/api":                "the types of the interface",
		"app/desk/form":          "what a request brings is checked",
		"app/desk/gate":          "who may use its endpoints",
		"app/desk/reply":         "answers and refusals have one form",
		"app/desk/store/board":   "what is found and counted",
		"app/desk/store/db":      "changes are transactions",
		"app/desk/store/tickets": "columns show tickets",
	},
	"app/desk/bugs": {
		"app/api":                "the types of the interface",
		"app/desk/bugs/version":  "what is older than a fix",
		"app/desk/form":          "what a request brings is checked",
		"app/desk/gate":          "who may use its endpoints",
		"app/desk/journal":       "it reads what was done",
		"app/desk/reply":         "answers and refusals have one form",
		"app/desk/store/bugs":    "where they are kept",
		"app/desk/store/db":      "changes are transactions",
		"app/desk/store/tickets": "customers are told on their tickets",
		"assets":                 "customers are told in their language",
	},
	"app/desk/cases": {
		"app/api":                 "the types of the interface",
		"app/desk/cases/rule":     "what may become of a case",
		"app/desk/cases/template": "what a case needs",
		"app/desk/gate":           "who may",
		"app/desk/journal":        "who has done what",
		"app/desk/reply":          "the form of answers",
		"app/desk/store":          "a ticket is read with its files and sessions",
		"app/desk/store/db":       "a change is one transaction",
		"app/desk/store/tickets":  "where cases are kept",
		"assets":                  "what customers are asked, in their language",
	},
	"app/desk/cases/rule": {
		"app/api":        "the types of the interface",
		"app/desk/form":  "texts are checked in one way",
		"app/desk/late":  "patterns are made when they are first used",
		"app/desk/reply": "what is refused is said in a sentence",
	},
	"app/desk/cases/template": {
		"app/api":       "the types of the interface",
		"app/desk/late": "patterns are made when they are first used",
		"assets":        "questions in every language",
	},
	"app/desk/changes": {
		"app/api":          "the types of the interface",
		"app/desk/gate":    "who may use which endpoint",
		"app/desk/journal": "everything is in it",
		"app/desk/reply":   "answers and refusals have one form",
	},
	"app/desk/console": {
		"app/desk/console/customers": "the pages of organisations",
		"app/desk/console/knowledge": "the pages of what is known",
		"app/desk/console/makers":    "the pages of bugs and releases",
		"app/desk/console/mine":      "the pages of customers",
		"app/desk/console/office":    "the pages of administrators",
		"app/desk/console/page":      "what every page has in common",
		"app/desk/console/staff":     "the pages of staff",
		"app/desk/console/team":      "the pages of a team as a whole",
	},
	"app/desk/console/customers": {
		"app/api":                "the types of the interface",
		"app/desk/console/page":  "what every page has in common",
		"app/desk/console/staff": "whoever looks is known in the same way",
	},
	"app/desk/console/knowledge": {
		"app/api":                 "the types of the interface",
		"app/desk/console/page":   "what every page has in common",
		"app/desk/console/staff":  "whoever looks is known in the same way",
		"app/desk/knowledge/page": "a preview is made by the rules of what is published",
	},
	"app/desk/console/makers": {
		"app/api":                "the types of the interface",
		"app/desk/console/page":  "what every page has in common",
		"app/desk/console/staff": "whoever looks is known in the same way",
	},
	"app/desk/console/mine": {
		"app/api":               "the types of the interface",
		"app/client":            "the interface is called in the process, as programs call it",
		"app/desk/console/page": "what every page has in common",
	},
	"app/desk/console/office": {
		"app/api":                "the types of the interface",
		"app/client":             "the kinds of refusal",
		"app/desk/console/page":  "what every page has in common",
		"app/desk/console/staff": "whoever looks is known in the same way",
	},
	"app/desk/console/page": {
		"app/api":       "the types of the interface",
		"app/client":    "the interface is called in the process, as programs call it",
		"app/desk/late": "patterns are made when they are first used",
		"assets":        "texts in the person's language",
	},
	"app/desk/console/staff": {
		"app/api":               "the types of the interface",
		"app/client":            "the interface is called in the process, as programs call it",
		"app/desk/console/page": "what every page has in common",
	},
	"app/desk/console/team": {
		"app/api":                "the types of the interface",
		"app/desk/console/page":  "what every page has in common",
		"app/desk/console/staff": "whoever looks is known in the same way",
	},
	"app/desk/customers": {
		"app/api":                  "the types of the interface",
		"app/desk/bugs/version":    "what is no version is not noted",
		"app/desk/form":            "what a request brings is checked",
		"app/desk/gate":            "who may use its endpoints",
		"app/desk/journal":         "it reads what was done",
		"app/desk/late":            "patterns are made when they are first used",
		"app/desk/reply":           "answers and refusals have one form",
		"app/desk/store/customers": "where they are kept",
		"app/desk/store/db":        "changes are transactions",
		"app/desk/store/tickets":   "what becomes of an access is on its ticket",
	},
	"app/desk/form": {
		"app/api":        "the kinds of refusal",
		"app/desk/late":  "patterns are made when they are first used",
		"app/desk/reply": "what is refused is said in one form",
	},
	"app/desk/gate": {
		"app/api":               "the roles of staff",
		"app/desk/reply":        "an ID that is none is refused",
		"app/desk/store":        "what a path names is read before it is given",
		"app/desk/store/people": "who asks",
	},
	"app/desk/gate/gatetest": {
		"app/api":                "the types of the interface",
		"app/desk/gate":          "endpoints are asked as the desk asks them",
		"app/desk/reply":         "answers and refusals have one form",
		"app/desk/store/db":      "changes are transactions",
		"app/desk/store/people":  "who asks",
		"app/desk/store/tickets": "tickets are filed",
	},
	"app/desk/hooks": {
		"app/api":           "the types of the interface",
		"app/desk/form":     "what a request brings is checked in one way",
		"app/desk/gate":     "who may use which endpoint",
		"app/desk/internet": "nothing is sent into this network",
		"app/desk/journal":  "what is told is in the journal",
		"app/desk/reply":    "answers and refusals have one form",
		"app/desk/store/db": "webhooks and deliveries are kept",
	},
	"app/desk/intake": {
		"app/api":                "the types of the interface",
		"app/desk/cases/rule":    "an alarm's ticket keeps to the rules of all",
		"app/desk/gate":          "who may use which endpoint",
		"app/desk/reply":         "answers and refusals have one form",
		"app/desk/store/db":      "alarms are kept",
		"app/desk/store/tickets": "the ticket that an alarm has",
	},
	"app/desk/journal": {
		"app/api":           "who did it is named as everywhere",
		"app/desk/late":     "patterns are made when they are first used",
		"app/desk/store/db": "an entry is written in the change's transaction",
	},
	"app/desk/knowledge": {
		"app/api":                  "the types of the interface",
		"app/desk/form":            "texts are checked in one way",
		"app/desk/gate":            "who may",
		"app/desk/journal":         "what happens to texts is read there",
		"app/desk/knowledge/page":  "articles and handbooks are shown safely",
		"app/desk/late":            "patterns are made when they are first used",
		"app/desk/reply":           "the form of answers",
		"app/desk/search":          "what everything is found by",
		"app/desk/search/terms":    "what was asked is marked in what was found",
		"app/desk/store/db":        "a change is one transaction",
		"app/desk/store/knowledge": "where articles and handbooks are kept",
		"app/desk/store/tickets":   "a case has similar ones, and becomes an article",
	},
	"app/desk/mail": {
		"app/api":                "the types of the interface",
		"app/desk/cases/rule":    "who writes that a mail has failed",
		"app/desk/gate":          "who may see mails",
		"app/desk/journal":       "what happened is told by mail",
		"app/desk/mail/inbox":    "mails are fetched",
		"app/desk/mail/intake":   "and put onto tickets",
		"app/desk/mail/notice":   "mails are written",
		"app/desk/mail/outbox":   "and handed over",
		"app/desk/mail/texts":    "what is said of a mail that has failed",
		"app/desk/mail/thread":   "the key that addresses are signed with",
		"app/desk/reply":         "answers and refusals have one form",
		"app/desk/store":         "files that go with a mail",
		"app/desk/store/db":      "the database",
		"app/desk/store/mail":    "where mails are kept",
		"app/desk/store/people":  "links that go with a mail",
		"app/desk/store/tickets": "whether there is such a ticket",
	},
	"app/desk/mail/inbox": {
		"app/api": "how large a mail may be",
	},
	"app/desk/mail/intake": {
		"app/api":                  "the types that are kept",
		"app/desk/cases":           "what is said on a ticket, by whichever way",
		"app/desk/cases/rule":      "what a ticket may be, and when it is over",
		"app/desk/mail/parse":      "what a message says",
		"app/desk/mail/texts":      "what is said of a mail on a timeline",
		"app/desk/mail/thread":     "which ticket it is about",
		"app/desk/store":           "attachments are uploads",
		"app/desk/store/customers": "who has written",
		"app/desk/store/db":        "the database",
		"app/desk/store/mail":      "what came before",
		"app/desk/store/tickets":   "the ticket that is answered",
		"assets":                   "which languages are spoken",
	},
	"app/desk/mail/mailtest": {
		"app/desk/mail/parse": "what somebody has got is read",
	},
	"app/desk/mail/notice": {
		"app/api":                "the types that are kept",
		"app/desk/cases/rule":    "what a customer sees",
		"app/desk/journal":       "what happened",
		"app/desk/mail/intake":   "which address a customer has left",
		"app/desk/mail/outbox":   "letters",
		"app/desk/mail/texts":    "what they say",
		"app/desk/mail/thread":   "where answers go to",
		"app/desk/store/db":      "the database",
		"app/desk/store/mail":    "where mails wait",
		"app/desk/store/people":  "who of the staff reads",
		"app/desk/store/tickets": "what it is about",
	},
	"app/desk/mail/outbox": {
		"app/desk/store/db":   "the database",
		"app/desk/store/mail": "where mails wait",
	},
	"app/desk/mail/parse": {
		"app/api":       "limits and words of mails",
		"app/desk/late": "patterns are made when they are first used",
	},
	"app/desk/mail/texts": {
		"app/api": "what mails are about",
		"assets":  "texts in the reader's language",
	},
	"app/desk/mail/thread": {
		"app/desk/late": "patterns are made when they are first used",
	},
	"app/desk/numbers": {
		"app/api":                "the types of the interface",
		"app/desk/form":          "what a request brings is checked",
		"app/desk/gate":          "who may use its endpoints",
		"app/desk/journal":       "it reads what was done",
		"app/desk/reply":         "answers and refusals have one form",
		"app/desk/store/db":      "changes are transactions",
		"app/desk/store/numbers": "where the sums are",
	},
	"app/desk/openapi": {
		"app/api":       "the types become schemas",
		"app/desk/gate": "the table of endpoints",
		"app/desk/late": "patterns are made when they are first used",
	},
	"app/desk/people": {
		"app/api":                 "the types of the interface",
		"app/desk/gate":           "who may, and how often",
		"app/desk/journal":        "who came in, and what changed, is written down",
		"app/desk/people/openid":  "sign-ins at a provider",
		"app/desk/people/passkey": "a factor that signs",
		"app/desk/people/totp":    "a factor of six digits",
		"app/desk/reply":          "the form of answers",
		"app/desk/store/db":       "a change is one transaction",
		"app/desk/store/people":   "where people are kept",
	},
	"app/desk/people/personal": {
		"app/api":               "the types of the interface",
		"app/desk/gate":         "who may",
		"app/desk/journal":      "what was given out and erased is written down, and what it says of a person goes",
		"app/desk/reply":        "the form of answers",
		"app/desk/store":        "tombstones stay, and files are given out",
		"app/desk/store/db":     "erasing is one transaction",
		"app/desk/store/people": "who is erased is signed out",
	},
	"app/desk/reply": {
		"app/api":           "the form of a refusal",
		"app/desk/store/db": "a store's error becomes a refusal",
	},
	"app/desk/retention": {
		"app/api":           "the kinds of tickets",
		"app/desk/journal":  "who has deleted what",
		"app/desk/store":    "what is deleted, and the tombstone for it",
		"app/desk/store/db": "a ticket is one transaction",
		"assets":            "tombstones are in the ticket's language",
	},
	"app/desk/room": {
		"app/api": "what the desk says in a room, and how much a side may",
	},
	"app/desk/room/roomtest": {
		"app/desk/room": "every driver is tested in the same way",
	},
	"app/desk/room/shared": {
		"app/desk/room":     "a driver of the rooms' seam",
		"app/desk/store/db": "what desks share is their database",
	},
	"app/desk/routing": {
		"app/api":                "the types of the interface",
		"app/desk/cases/rule":    "who changes a case",
		"app/desk/form":          "texts are checked in one way",
		"app/desk/gate":          "who may",
		"app/desk/journal":       "what was filed is read there",
		"app/desk/reply":         "the form of answers",
		"app/desk/routing/fit":   "which rule holds",
		"app/desk/store/db":      "a change is one transaction",
		"app/desk/store/tickets": "a case is read",
	},
	"app/desk/routing/fit": {
		"app/api":               "rules and cases",
		"app/desk/search/terms": "words are known by their stems",
	},
	"app/desk/scan": {
		"app/api":        "what a scanner says",
		"app/desk/store": "what waits for it",
	},
	"app/desk/search": {
		"app/desk/search/terms": "texts are found by their terms",
		"app/desk/store/db":     "one moment's state is searched",
		"app/desk/store/index":  "where the index is kept",
	},
	"app/desk/store": {
		"app/api":                "the types that are kept",
		"app/desk/journal":       "what is done is written down with it",
		"app/desk/store/db":      "the database",
		"app/desk/store/files":   "where attachments are",
		"app/desk/store/people":  "a ticket's token is made with it",
		"app/desk/store/tickets": "a ticket is read with its files and sessions",
	},
	"app/desk/store/board": {
		"app/api":           "the types that are kept",
		"app/desk/store/db": "where they are kept",
	},
	"app/desk/store/bugs": {
		"app/api":           "the types that are kept",
		"app/desk/store/db": "where they are kept",
	},
	"app/desk/store/customers": {
		"app/api":           "the types that are kept",
		"app/desk/store/db": "where they are kept",
	},
	"app/desk/store/db/dbtest": {
		"app/desk/store/db": "a test has both databases",
	},
	"app/desk/store/files/filestest": {
		"app/desk/store/files": "every driver is tested in the same way",
	},
	"app/desk/store/index": {
		"app/desk/store/db": "where it is kept",
	},
	"app/desk/store/knowledge": {
		"app/api":           "the types that are kept",
		"app/desk/store/db": "where they are kept",
	},
	"app/desk/store/mail": {
		"app/api":           "the types that are kept",
		"app/desk/store/db": "where they are kept",
	},
	"app/desk/store/numbers": {
		"app/api":           "a part of the products is given as it is answered",
		"app/desk/store/db": "where they are kept",
	},
	"app/desk/store/people": {
		"app/api":           "the types that are kept",
		"app/desk/store/db": "the database",
	},
	"app/desk/store/people/peopletest": {
		"app/api":               "who is hired",
		"app/desk/store/db":     "where they are kept",
		"app/desk/store/people": "they are hired as everybody is",
	},
	"app/desk/store/tickets": {
		"app/api":           "the types that are kept",
		"app/desk/store/db": "where they are kept",
	},
	"app/doctor": {
		"app/api":        "what the desk says of itself",
		"app/problem":    "a sentence is filled in the same way everywhere",
		"session/lock":   "whether a locked screen is noticed",
		"session/screen": "whether the screen can be read",
		"session/tunnel": "relays and the desk are reached as a session reaches them",
	},
	"app/gui": {
		"app/gui/page":           "what the windows ask of the rest",
		"app/gui/page/customer":  "the customer's window is made of its pages",
		"app/gui/page/supporter": "the supporter's window is made of its pages",
		"app/gui/surface":        "the bench shows a screen without anything around it",
		"app/gui/theme":          "the look",
		"app/gui/widget":         "the steps above the pages",
		"assets":                 "texts and icon",
		"session/pixel":          "the bench shows a screen without anything around it",
	},
	"app/gui/page": {
		"app/api":        "the types of the interface",
		"app/gui/widget": "a problem is shown the same way everywhere",
		"app/problem":    "an error becomes a sentence",
		"assets":         "texts",
		"diag":           "the progress of a run",
		"diag/analyze":   "what evidence shows",
		"diag/bundle":    "a look into what was collected",
		"diag/facts":     "sizes in words",
		"diag/redact":    "the kinds of what was replaced",
		"diag/revise":    "what the owner changes before it is sent",
		"session":        "what a session shows",
		"session/pixel":  "the picture as the session gives it",
		"session/record": "what a session's record tells",
		"session/rights": "what is asked for and allowed",
	},
	"app/gui/page/customer": {
		"app/api":               "the ticket that is filed",
		"app/gui/page":          "the frame of every page",
		"app/gui/page/evidence": "the same look into a bundle for both",
		"app/gui/widget":        "the parts",
		"diag":                  "the progress of a run",
		"diag/analyze":          "what was found",
		"diag/bundle":           "what is ticked",
		"diag/redact":           "the kinds of what was replaced",
		"diag/revise":           "what the owner changes before it is sent",
		"session":               "what a session shows",
		"session/record":        "what happened, in plain words",
		"session/rights":        "what the customer allows, each by itself",
	},
	"app/gui/page/evidence": {
		"app/gui/page":   "the frame of every page",
		"app/gui/theme":  "the look",
		"app/gui/widget": "the parts",
		"diag/bundle":    "what is looked into",
		"diag/facts":     "facts as lines that a person reads",
		"diag/redact":    "the kinds of what was replaced",
		"diag/revise":    "what the owner changes before it is sent",
	},
	"app/gui/page/supporter": {
		"app/api":               "tickets and sessions",
		"app/gui/page":          "the frame of every page",
		"app/gui/page/evidence": "the same look into a bundle for both",
		"app/gui/surface":       "the customer's screen",
		"app/gui/widget":        "the parts",
		"diag/analyze":          "what was found",
		"diag/bundle":           "logs and facts of a session are shown as a bundle's are",
		"session":               "what a session shows",
		"session/film":          "whether this build can keep a film",
		"session/pixel":         "pictures as the surface takes them",
		"session/record":        "whether a record holds, and what it tells",
		"session/rights":        "what is asked for",
	},
	"app/gui/surface": {
		"session/pixel": "what is shown",
		"session/x11":   "connections to displays",
	},
	"app/gui/widget": {
		"app/gui/surface": "a screen's picture",
		"app/gui/theme":   "colours and sizes",
	},
	"app/lab": {
		"app/lab/line": "links that are slow and far",
	},
	"app/lab/cast": {
		"app/api":                   "what the lab's supporter is made of",
		"app/client":                "customer and supporter speak to the desk as windows do",
		"app/desk":                  "the desk of a lab is the real one",
		"app/desk/store":            "the lab's supporter is made past the limits on signing in",
		"app/lab":                   "the networks that the programs run in",
		"session":                   "the two sides of a session",
		"session/invite":            "what the desk has signed",
		"session/pixel":             "what the supporter is shown",
		"session/rendezvous":        "a session's room at the desk",
		"session/rights":            "what is asked for",
		"session/screen":            "the screen that counts",
		"session/screen/screentest": "the screen is one in memory",
	},
	"app/lab/glass": {
		"app/lab/glass/count":  "a measured program comes before others",
		"app/lab/glass/launch": "peers are started and measured",
		"app/lab/glass/pane":   "a picture of a display",
		"app/lab/glass/play":   "painter and watcher are processes of their own",
		"app/lab/glass/tally":  "figures become tables",
	},
	"app/lab/glass/launch": {
		"app/lab/glass/count": "each end is counted by itself",
		"app/lab/glass/pane":  "whether the viewer shows something",
		"app/lab/glass/play":  "what is painted until it does",
		"app/lab/glass/tally": "logs become figures",
		"app/lab/line":        "links that are slow and far",
	},
	"app/lab/glass/pane": {
		"app/lab/glass/film": "displays give and take frames",
		"session/x11":        "connections to displays",
	},
	"app/lab/glass/play": {
		"app/lab/glass/film":  "what is painted and looked for",
		"app/lab/glass/pane":  "where it is",
		"app/lab/glass/tally": "the logs' lines",
	},
	"app/lab/glass/tally": {
		"app/lab/glass/film": "how a screenshot was judged",
	},
	"app/lab/stand": {
		"app": "the program's own wiring is what is measured",
	},
	"app/problem": {
		"app/api":        "the kinds of refusal",
		"app/client":     "the errors to be put into words",
		"diag":           "the errors to be put into words",
		"diag/bundle":    "the errors to be put into words",
		"diag/redact":    "the errors to be put into words",
		"session":        "the errors to be put into words",
		"session/screen": "the errors to be put into words",
	},
	"diag": {
		"diag/bundle":  "a run writes a bundle",
		"diag/collect": "a run is made of collectors",
		"diag/facts":   "the words of facts, for their translation",
		"diag/gentle":  "a run is not to be felt",
		"diag/redact":  "secrets and names are replaced before anything enters the bundle",
		"docs":         "the profile's published schema",
	},
	"diag/analyze": {
		"diag/analyze/logline": "what one line of a log says of itself",
		"diag/bundle":          "findings are drawn from a bundle",
		"diag/collect":         "facts are read as the collectors write them",
		"diag/facts":           "figures as people read them",
	},
	"diag/collect": {
		"diag/facts": "numbers in a fact's words",
		"diag/unxz":  "packed logs are unpacked in bounded memory",
	},
	"diag/redact": {
		"diag/unxz": "packed logs are unpacked in bounded memory",
	},
	"diag/revise": {
		"diag/bundle": "what is revised, file by file",
		"diag/redact": "pseudonyms become again what they stand for",
	},
	"session": {
		"session/codec":      "what moves as video",
		"session/flow":       "pictures as packets that may be lost",
		"session/input":      "keys and buttons by their names",
		"session/invite":     "what the desk has signed is what counts",
		"session/netwatch":   "a network that changes means another connection",
		"session/pace":       "how much the way takes",
		"session/pake":       "the code becomes a key",
		"session/peer":       "the connection",
		"session/picture":    "the screen as messages and back",
		"session/pixel":      "the screen as it is read and shown",
		"session/record":     "what happens is written down as it does",
		"session/rendezvous": "a place in the desk's room, and how it says that it is over",
		"session/rights":     "what is allowed",
		"session/screen":     "what is shared",
		"session/seal":       "everything said is sealed",
		"session/wire":       "the messages",
		"session/words":      "two words to compare",
	},
	"session/clipboard": {
		"session/x11": "connections to displays",
	},
	"session/clipboard/clipboardtest": {
		"session/clipboard": "the twin of the real drivers",
	},
	"session/codec": {
		"session/pixel": "pictures as the screen gives them",
	},
	"session/codec/codectest": {
		"session/codec": "every pair of encoder and decoder is tested in the same way",
		"session/pixel": "what is encoded",
	},
	"session/codec/rivals": {
		"session/codec": "they are measured through the same interface",
		"session/pixel": "what they encode",
	},
	"session/film": {
		"session/codec": "films are video",
		"session/pixel": "what was seen",
	},
	"session/flow": {
		"session/pace": "what became of packets is what the pace is measured by",
	},
	"session/input": {
		"session/x11": "connections to displays",
	},
	"session/input/inputtest": {
		"session/input": "the twin of the real drivers",
	},
	"session/invite": {
		"session/rights": "what is asked for",
	},
	"session/lock/locktest": {
		"session/lock": "the twin of the real drivers",
	},
	"session/overlay": {
		"session/x11": "connections to displays",
	},
	"session/overlay/overlaytest": {
		"session/overlay": "the twin of the real drivers",
	},
	"session/peer": {
		"session/pace":   "what became of the track's packets, as the pace is measured by",
		"session/tunnel": "relays are reached through the proxy that the environment names",
	},
	"session/picture": {
		"session/pixel": "pictures as the screen gives them",
	},
	"session/record": {
		"session/invite": "the first entry holds what the desk has signed",
		"session/rights": "what is given and taken back",
	},
	"session/rendezvous": {
		"session/wire": "the size of a message",
	},
	"session/screen": {
		"session/pixel": "what is read",
		"session/x11":   "connections to displays",
	},
	"session/screen/screentest": {
		"session/pixel":  "what is read",
		"session/screen": "the twin of the real drivers",
	},
	"session/wire": {
		"session/rights": "messages name rights",
	},
}

// outside are packages of others that only one room may know.
var outside = []struct{ path, only, why string }{
	{"fyne.io/fyne", "app/gui", "the rest builds without a C compiler and runs without a display"},
	{"github.com/godbus/dbus", "session/lock", "one place speaks with the desktop's buses"},
	{"github.com/pion/webrtc", "session/peer", "one package to change when the next major version comes"},
	{"github.com/sirupsen/logrus", "app", "packages below return errors; one place decides what is written down"},
	{"github.com/wneessen/go-mail", "app/desk/mail/outbox", "one place speaks SMTP"},
	{"github.com/emersion/go-imap", "app/desk/mail/inbox", "one place speaks IMAP"},
	{"github.com/minio/minio-go/v7", "app/desk/store/files", "one place speaks with buckets"},
	{"modernc.org/sqlite", "app/desk/store/db", "one place knows the engines"},
	{"github.com/jackc/pgx/v5", "app/desk/store/db", "one place knows the engines"},
}

// pure packages do no I/O: their tests need no machine, and nothing leaks from them.
var pure = []string{"session/wire", "session/rights", "session/invite", "session/words", "session/pake", "session/seal", "session/flow", "session/pace", "session/picture", "diag/analyze/logline", "app/desk/search/terms"}

var ioPackages = []string{"os", "os/exec", "net", "net/http", "syscall", "io/ioutil", "golang.org/x/sys/unix"}

type listed struct {
	ImportPath, Doc, Name string
	Imports               []string
}

func list(t *testing.T, tags string) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Doc,Name,Imports", "-tags", tags, module+"/...").Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list: %v\n%s", err, exit.Stderr)
		}
		t.Fatal(err)
	}
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		p.ImportPath = strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
		all = append(all, p)
	}
	return all
}

// TestImportsRunOneWay holds the rooms of ARCHITECTURE.md.
func TestImportsRunOneWay(t *testing.T) {
	for _, tags := range []string{"gles,migrated_fynedo,drive,bench", "headless"} {
		t.Run(tags, func(t *testing.T) {
			for _, p := range list(t, tags) {
				for _, path := range p.Imports {
					if inner, ours := strings.CutPrefix(path, module+"/"); ours {
						if edges[p.ImportPath][inner] == "" {
							t.Errorf("%q imports %q: no reason is written down for it", p.ImportPath, inner)
						}
						continue
					}
					for _, o := range outside {
						if strings.HasPrefix(path, o.path) && !within(p.ImportPath, o.only) {
							t.Errorf("%q imports %s, which only %s may: %s", p.ImportPath, path, o.only, o.why)
						}
					}
					if slices.Contains(pure, p.ImportPath) && slices.Contains(ioPackages, path) {
						t.Errorf("%q imports %s: it must do no I/O", p.ImportPath, path)
					}
				}
				if p.Doc == "" {
					t.Errorf("%q has no sentence on top that says what it owns", p.ImportPath)
				}
			}
		})
	}
}

// TestEdgesAreUsed keeps the table from growing old.
func TestEdgesAreUsed(t *testing.T) {
	used := map[string]map[string]bool{}
	for _, p := range list(t, "gles,migrated_fynedo,drive,bench") {
		used[p.ImportPath] = map[string]bool{}
		for _, path := range p.Imports {
			used[p.ImportPath][strings.TrimPrefix(path, module+"/")] = true
		}
	}
	for from, to := range edges {
		for _, path := range slices.Sorted(maps.Keys(to)) {
			if !used[from][path] {
				t.Errorf("the table allows %q to import %q, and it does not", from, path)
			}
		}
	}
}

// within says whether a package is the room or stands inside it; app alone
// means just itself.
func within(pkg, room string) bool {
	return pkg == room || room != "app" && strings.HasPrefix(pkg, room+"/")
}

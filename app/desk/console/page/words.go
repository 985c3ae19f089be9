package page

import "github.com/beistand/beistand/app/api"

// text marks a text that is translated where it is shown.
func text(key string) string { return key }

// tables are the words for what the interface says in its own: by table and value.
var tables = map[string]map[string]string{
	"state": {
		string(api.StateNew): text("New"), string(api.StateOpen): text("In progress"), string(api.StateWaitingCustomer): text("Waiting for the customer"),
		string(api.StateWaitingThird): text("Waiting for somebody else"), string(api.StateSolved): text("Solved"), string(api.StateClosed): text("Closed"),
	},
	"plain": { // a state as its customer reads it
		string(api.StateNew): text("Your ticket has arrived. Somebody will look at it."), string(api.StateOpen): text("We are working on it."),
		string(api.StateWaitingCustomer): text("We are waiting for your answer."), string(api.StateWaitingThird): text("We are waiting for somebody else."),
		string(api.StateSolved): text("We think it is solved. Please tell us whether it helps."), string(api.StateClosed): text("The ticket is closed."),
	},
	"priority": {
		string(api.Critical): text("Critical"), string(api.High): text("High"), string(api.Normal): text("Normal"), string(api.Low): text("Low"),
	},
	"hindered": { // a priority as its customer chooses it
		string(api.Critical): text("Nothing works"), string(api.High): text("Work is badly hindered"), string(api.Normal): text("It disturbs"),
		string(api.Low): text("A question or a wish"),
	},
	"kind": {
		string(api.Fault): text("Something does not work"), string(api.Question): text("Question"), string(api.Wish): text("Wish for a feature"),
		string(api.Change): text("A change"), string(api.Installation): text("Installation"),
	},
	"impact": {
		string(api.ImpactOne): text("One person"), string(api.ImpactMany): text("Several people"), string(api.ImpactStandstill): text("The business stands still"),
	},
	"cause": {
		string(api.CauseFault): text("Fault of the product"), string(api.CauseHandling): text("Handling"), string(api.CauseConfiguration): text("Configuration"),
		string(api.CausePatch): text("A patch was missing"), string(api.CauseVendor): text("Another vendor's product"),
	},
	"entry": {
		string(api.EntryNote): text("Internal note"), string(api.EntryMailIn): text("Mail received"), string(api.EntryMailOut): text("Mail sent"), string(api.EntryCall): text("Call"),
		string(api.EntryEvidence): text("Evidence"), string(api.EntrySession): text("Session"), string(api.EntryTime): text("Time"), string(api.EntryChange): text("Changed"),
		string(api.EntryRequest): text("Asked for"), string(api.EntryAccess): text("Access"), string(api.EntryAlarm): text("Alarm"),
	},
	"party": {
		string(api.PartyCustomer): text("Customer"), string(api.PartyPartner): text("Partner"), string(api.PartyVendor): text("Other vendor"),
		string(api.PartyAdmin): text("System administrator"),
	},
	"view": {
		api.ViewMine: text("My tickets"), api.ViewTeam: text("My team's"), api.ViewUnowned: text("Nobody's yet"), api.ViewWaiting: text("Waiting"),
		api.ViewDue: text("Due"), api.ViewEscalated: text("Escalated"),
	},
	"promise": {api.PromiseWorkaround: text("Workaround"), api.PromiseFix: text("Fix")},
	"bug": {
		string(api.BugOpen): text("Seen"), string(api.BugAccepted): text("Being worked on"), string(api.BugFixed): text("Fixed"), string(api.BugDeclined): text("Stays as it is"),
	},
	"tell": {string(api.TellWorkaround): text("Workaround"), string(api.TellFix): text("Fix"), string(api.TellBoth): text("Workaround and fix")},
	"told": {
		api.ToldWaiting: text("Waiting"), api.ToldNow: text("Told"), api.ToldAlready: text("Knew it before"), api.ToldFailed: text("Could not be told"),
	},
	"contact": {
		string(api.ContactUser): text("Works with it"), string(api.ContactKeyUser): text("Key user"), string(api.ContactAdmin): text("System administrator"),
		string(api.ContactPartner): text("Responsible partner"), string(api.ContactLead): text("Decides"),
	},
	"access": {
		string(api.AccessRequested): text("Asked for"), string(api.AccessGranted): text("Granted"), string(api.AccessRefused): text("Refused"), string(api.AccessEnded): text("Ended"),
	},
	"match": {
		string(api.MatchTicket): text("Ticket"), string(api.MatchArticle): text("Article"), string(api.MatchBug): text("Bug"), string(api.MatchPage): text("Handbook"),
	},
	"article": {
		string(api.ArticleDraft): text("Draft"), string(api.ArticlePublished): text("Published"), string(api.ArticleWithdrawn): text("Withdrawn"),
	},
	"role": {
		string(api.RoleStaff): text("Supporter"), string(api.RoleDispatcher): text("Dispatcher"), string(api.RoleEditor): text("Editor"),
		string(api.RoleLevel2): text("Level 2"), string(api.RoleAdministrator): text("Administrator"),
	},
	"scope": {
		string(api.ScopeRead): text("Read tickets, customers, bugs and numbers"), string(api.ScopeWrite): text("Write tickets"), string(api.ScopeUpload): text("Upload evidence"),
		string(api.ScopeCustomers): text("Write organisations, contacts and installations"), string(api.ScopeBugs): text("Write bugs and releases"),
		string(api.ScopeIntake): text("A monitor's alarms"), string(api.ScopeMetrics): text("Metrics"), string(api.ScopeAdmin): text("Read journal, staff and keys"),
	},
	"how": {
		"password": text("Password"), api.FactorTOTP: text("Password and code"), api.FactorRecovery: text("Recovery code"), api.FactorPasskey: text("Passkey"),
		"oidc": text("Organisation's sign-in"), "screen": text("From here, to look at a screen"),
	},
	"field": {
		"title": text("Title"), "kind": text("Kind"), "product": text("Product"), "product_version": text("Product version"), "module": text("Module"),
		"answers": text("Answers"), "urgency": text("Priority"), "impact": text("Impact"), "critical": text("Critical dates"), "queue": text("Queue"),
		"level": text("Level"), "level_at": text("Level at"), "owner": text("Owner"), "watchers": text("Watchers"), "state": text("State"),
		"waiting_for": text("Waiting for"), "promises": text("Promises"), "plan": text("Plan"), "parent": text("Parent ticket"), "escalate": text("Escalation"),
		"organisation": text("Organisation"), "person": text("Contact"), "installation": text("Installation"), "description": text("What it is about"),
		"priority": text("Priority"), "name": text("Name"), "contact": text("Contact"), "closing": text("Closing"), "cause": text("Cause"),
		"solution": text("Solution"), "tried": text("What was tried"), "reason": text("Reason"), "text": text("Text"), "access": text("Access"), "body": text("Text"),
		"first_check": text("At the first check"), "satisfied": text("Content"), "helped": text("What helped"), "feedback": text("Feedback"),
	},
	"ended": {
		api.ByCustomer: text("by the customer"), api.BySupporter: text("by the supporter"), api.ByNetwork: text("by the network"), api.ByDesk: text("by the desk"),
	},
	"mailstate": {
		string(api.MailTaking): text("Being taken in"), string(api.MailTaken): text("Taken in"), string(api.MailRefused): text("Not taken in"),
		string(api.MailWaiting): text("Waiting"), string(api.MailSent): text("Sent"), string(api.MailFailed): text("Did not go out"), string(api.MailHeld): text("Held back"),
	},
	"mail": {
		api.MailPerson: text("written by somebody"), api.MailAuto: text("automatic answer"), api.MailBounce: text("could not be delivered"),
		api.MailReceipt: text("receipt"), api.MailLoop: text("one of our own"), api.MailBulk: text("to many"),
		api.MailReceived: text("receipt of a ticket"), api.MailPublic: text("our answer"), api.MailRequest: text("request for details"),
		api.MailSession: text("request to see the screen"), api.MailSolved: text("a solution"), api.MailClosed: text("the end of a ticket"),
		api.MailContinued: text("a new ticket after a closed one"), api.MailThird: text("to somebody else"), api.MailMention: text("to a colleague who was named"),
		api.MailAssigned: text("to a new owner"), api.MailAnswered: text("to the owner: somebody has answered"), api.MailPromise: text("to the owner: a promise is due"),
		api.MailEscalation: text("to dispatchers: escalated"),
	},
	"right": {
		"see": text("See the screen"), "point": text("Point at something on it"), "control": text("Use mouse and keyboard"), "files": text("Files"), "clipboard": text("Clipboard"),
	},
	"office": {
		"people": text("People"), "queues": text("Queues"), "keys": text("API keys"), "hooks": text("Hooks"), "journal": text("Journal"), "erase": text("Personal data"),
	},
	"rolemeans": {
		string(api.RoleStaff): text("all work on tickets"), string(api.RoleDispatcher): text("assigns others, changes many at once"),
		string(api.RoleEditor): text("publishes articles, bugs and releases"), string(api.RoleLevel2): text("reads how to get into customers' systems"),
		string(api.RoleAdministrator): text("everything"),
	},
	"actor": {
		api.ActorStaff: text("Staff"), api.ActorCustomer: text("Customer"), api.ActorKey: text("Key"), api.ActorMail: text("Mail"), api.ActorRule: text("Rule"),
		api.ActorDesk: text("Desk"),
	},
	"truth":    {"true": text("Yes"), "false": text("No")},
	"fate":     {"erased": text("texts go, the row stays"), "deleted": text("goes"), "kept": text("stays")},
	"language": {"de": "Deutsch", "en": "English", "nl": "Nederlands"},
}

// Word is what a value of the interface is called, in English; a value that is
// not known is its own word.
func Word(table, value string) string {
	if w, ok := tables[table][value]; ok {
		return w
	}
	return value
}

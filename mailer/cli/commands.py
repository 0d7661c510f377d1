"""Every command of the program: its name, its function and its line in the list."""

from __future__ import annotations

from mailer.cli.listed import Listed, ListedGroup
from mailer.cli.terminal.language import N_

COMMANDS: tuple[Listed | ListedGroup, ...] = (
    Listed(
        "demo",
        "administration.demo:demo",
        N_("See a whole campaign, from lists to report, in under a minute."),
    ),
    Listed(
        "upgrade",
        "administration.upgrading:upgrade",
        N_("Say what an upgrade of the ledger would do, and do it if nobody is in its way."),
    ),
    Listed(
        "migrate",
        "administration.upgrading:migrate",
        N_("Apply the migrations that the ledger misses, while other hosts work."),
    ),
    Listed(
        "web", "administration.desk:web", N_("Open the desk: everything below, in the browser.")
    ),
    Listed("init", "administration.demo:init", N_("Make a workspace to start from.")),
    Listed("new", "campaigns.campaigns:new", N_("Start a campaign from a few questions.")),
    Listed(
        "check",
        "campaigns.checking:check",
        N_("Read a campaign over before it leaves, and say what to correct."),
    ),
    Listed(
        "confirm",
        "campaigns.confirming:confirm",
        N_("Confirm the facts that were read in a document."),
    ),
    Listed(
        "preview",
        "campaigns.campaigns:preview",
        N_("Look at every e-mail of a campaign; sends nothing."),
    ),
    Listed(
        "compatibility",
        "campaigns.compatibility:compatibility",
        N_("What mail programs make of the messages of a campaign."),
    ),
    Listed("look", "campaigns.look:look", N_("Look at every page of a template in one theme.")),
    Listed(
        "render",
        "campaigns.campaigns:render",
        N_("Write the exact .eml files of one step; sends nothing."),
    ),
    Listed(
        "plan",
        "sending.planning:plan",
        N_("When each step leaves, who receives it and who does not."),
    ),
    Listed(
        "calendar",
        "campaigns.office_calendar:calendar",
        N_("All campaigns of a month, day by day, and where they are in each other's way."),
    ),
    ListedGroup(
        "contacts",
        N_("The directory of journalists and associations."),
        (
            Listed(
                "import",
                "contacts.contacts:import_",
                N_("Bring a list (Excel, LibreOffice, CSV) into the directory."),
            ),
            Listed("add", "contacts.editing:add", N_("Add one person to a list.")),
            Listed("edit", "contacts.editing:edit", N_("Change what is known of one person.")),
            Listed("remove", "contacts.editing:remove", N_("Take one person off a list, or out.")),
            Listed("list", "contacts.contacts:list_", N_("Show the directory.")),
            Listed(
                "lists",
                "contacts.editing:lists",
                N_("Show the lists, and how many people each has."),
            ),
            Listed("rename-list", "contacts.whole_lists:rename", N_("Give a list another name.")),
            Listed(
                "merge-lists",
                "contacts.whole_lists:merge",
                N_("Put all people of a list on another one."),
            ),
            Listed(
                "remove-list",
                "contacts.whole_lists:remove",
                N_("Remove a list; its people stay in the directory."),
            ),
            Listed(
                "export", "contacts.people:export", N_("Write the directory as a table for Excel.")
            ),
            Listed(
                "suppress",
                "contacts.people:suppress",
                N_("Note that somebody is not to be written to."),
            ),
            Listed("lift", "contacts.people:lift", N_("Write to somebody again, on their word.")),
            Listed(
                "forget",
                "contacts.people:forget",
                N_("Erase a person, and never bring them back by an import."),
            ),
            Listed(
                "data",
                "contacts.people:data",
                N_("Write everything that is kept of one person, to be handed to them."),
            ),
            Listed(
                "written",
                "contacts.often_written:written",
                N_("Show how many mails each person received, over all campaigns."),
            ),
            Listed(
                "correct",
                "contacts.people:correct",
                N_("Put an address right; the step that was missed leaves for it."),
            ),
        ),
    ),
    ListedGroup(
        "accreditations",
        N_("Who asked to come: the register that reminders obey."),
        (
            Listed(
                "add",
                "accreditations.accreditations:add",
                N_("Note somebody's accreditation; reminders stop at once."),
            ),
            Listed(
                "decline",
                "accreditations.accreditations:decline",
                N_("Note that somebody will not come."),
            ),
            Listed(
                "list",
                "accreditations.accreditations:list_",
                N_("Show the register of a campaign."),
            ),
            Listed(
                "requests",
                "accreditations.partner_requests:requests",
                N_("Show what partners ask for, and what was decided."),
            ),
            Listed(
                "accept",
                "accreditations.partner_requests:accept",
                N_("Take the person of a partner's request into the register."),
            ),
            Listed(
                "refuse",
                "accreditations.partner_requests:refuse",
                N_("Refuse a partner's request; the partner reads why."),
            ),
            Listed(
                "replies",
                "accreditations.replies:replies",
                N_("Show the replies of the mailbox, sorted, and each mail."),
            ),
            Listed(
                "take",
                "accreditations.replies:take",
                N_("Enter replies in the register, as they say."),
            ),
            Listed(
                "read", "accreditations.replies:read", N_("Put replies aside that you have read.")
            ),
            Listed(
                "import",
                "accreditations.register_files:import_",
                N_("Take in requests from lists, pasted addresses or saved mails."),
            ),
            Listed(
                "export",
                "accreditations.register_files:export",
                N_("Write the register to a file."),
            ),
            Listed(
                "confirm",
                "accreditations.accreditations:confirm",
                N_("Confirm that you looked at the answers; held reminders then leave."),
            ),
            Listed(
                "door",
                "accreditations.accreditations:door",
                N_("Write the list for the door: who may come in, without any address."),
            ),
        ),
    ),
    Listed(
        "rehearse",
        "sending.sending:rehearse",
        N_("Play the whole campaign on a simulated clock; no trace."),
    ),
    Listed("proof", "sending.sending:proof", N_("Send a test to the team only, marked [TEST].")),
    Listed("approve", "sending.sending:approve", N_("Sign off this exact version (bon à tirer).")),
    Listed("launch", "sending.sending:launch", N_("Launch a signed-off campaign.")),
    Listed("run", "sending.sending:run", N_("The service: sends each step when its time comes.")),
    Listed(
        "receive",
        "sending.sending:receive",
        N_("The receiver: the provider's webhook and the unsubscribe page."),
    ),
    Listed(
        "pressroom",
        "campaigns.press_room:pressroom",
        N_("The public press room: what was published, for everybody to read."),
    ),
    Listed(
        "withdraw",
        "campaigns.press_room:withdraw",
        N_("Take the text of a campaign out of the press room."),
    ),
    Listed(
        "status",
        "sending.launched:status",
        N_("What was sent, what comes next, what needs a person."),
    ),
    Listed("report", "sending.launched:report", N_("What became of a campaign, person by person.")),
    ListedGroup(
        "coverage",
        N_("What the press has published about a campaign."),
        (
            Listed("add", "campaigns.coverage:add", N_("Note an article or broadcast.")),
            Listed("list", "campaigns.coverage:list_", N_("Show what was noted.")),
            Listed("remove", "campaigns.coverage:remove", N_("Remove what was noted by mistake.")),
        ),
    ),
    Listed(
        "social",
        "campaigns.social:social",
        N_("Write what to post on social networks: title, picture, a text for each."),
    ),
    Listed(
        "archive",
        "sending.launched:archive",
        N_("Keep what was sent, signed and counted, in one dated folder."),
    ),
    Listed("pause", "sending.launched:pause", N_("Hold a campaign: no further message leaves.")),
    Listed("resume", "sending.launched:resume", N_("Let a paused campaign go on.")),
    Listed(
        "suspend",
        "sending.suspending:suspend",
        N_("Stop every campaign at once, until it is lifted."),
    ),
    Listed(
        "correct",
        "sending.amending:correct",
        N_("Tell those who have a wrong version, and send the right one to the others."),
    ),
    Listed(
        "move",
        "sending.amending:move",
        N_("Give the event another date: people are told, the steps get new hours."),
    ),
    Listed("cancel", "sending.launched:cancel", N_("Stop a campaign for good.")),
    Listed(
        "resend",
        "sending.resending:resend",
        N_("Send a step again: to those whom it did not reach, to newcomers."),
    ),
    Listed(
        "follow-up",
        "sending.amending:follow_up",
        N_("After the event: thanks to those who came, the press kit to the others."),
    ),
    Listed(
        "resolve", "sending.resolving:resolve", N_("Resolve deliveries whose outcome is uncertain.")
    ),
    Listed(
        "restore",
        "administration.restoring:restore",
        N_("Put a backup in the place of a damaged ledger."),
    ),
    Listed(
        "adopt",
        "administration.restoring:adopt",
        N_("Send from this copy of the workspace: the other one is gone."),
    ),
    Listed(
        "clock",
        "administration.clock:clock",
        N_("Say whether the clock has jumped, and confirm that it is right."),
    ),
    Listed(
        "doctor",
        "administration.doctor:doctor",
        N_("Examine the set-up: sender, relay, secrets, clock, ledger; sends nothing."),
    ),
    Listed(
        "install-service",
        "administration.services:install_service",
        N_("Let the system start it and keep it running: prints the files, or writes them."),
    ),
    ListedGroup(
        "journal",
        N_("Who did what, and whether anybody has changed what the journal says."),
        (
            Listed(
                "list",
                "administration.journal:list_",
                N_("Show the newest lines, or write them to a file."),
            ),
            Listed(
                "verify",
                "administration.journal:verify",
                N_("Find the first line that was changed, removed or cut off."),
            ),
        ),
    ),
    ListedGroup(
        "retention",
        N_("What is kept of people, since when, and until when."),
        (
            Listed(
                "list",
                "contacts.retention:list_",
                N_("Show what is kept, the next purge, and the lists for the door."),
            ),
            Listed(
                "destroyed",
                "contacts.retention:destroyed",
                N_("Confirm that a list for the door was destroyed."),
            ),
        ),
    ),
    ListedGroup(
        "team",
        N_("The people of the press office, and how they come in to the desk."),
        (
            Listed(
                "list",
                "administration.team:list_",
                N_("Show who belongs to the team, and their roles."),
            ),
            Listed(
                "invite",
                "administration.team:invite",
                N_("Make an address with which somebody chooses a password."),
            ),
            Listed(
                "limit",
                "administration.team:limit",
                N_("Limit somebody to some contact lists, or give them every list."),
            ),
            Listed(
                "disable", "administration.team:disable", N_("Close somebody's account at once.")
            ),
            Listed("enable", "administration.team:enable", N_("Open a closed account again.")),
        ),
    ),
    ListedGroup(
        "bounces",
        N_("What comes back: bounces, absences, complaints."),
        (
            Listed(
                "fetch",
                "feedback.bounces:fetch",
                N_("Read the mailbox where bounces arrive, and record them."),
            ),
            Listed(
                "read",
                "feedback.bounces:read",
                N_("Say what returned messages mean, file by file."),
            ),
            Listed(
                "list",
                "feedback.bounces:list_",
                N_("Whom to call back, with telephone and plain reason."),
            ),
            Listed(
                "called", "feedback.calls:called", N_("Note what came of a call to such a person.")
            ),
            Listed(
                "proposals",
                "feedback.proposals:proposals",
                N_("Show what mails ask for without proof, and each mail."),
            ),
            Listed(
                "accept",
                "feedback.proposals:accept",
                N_("Obey such a mail: the address gets no more."),
            ),
            Listed("dismiss", "feedback.proposals:dismiss", N_("Go on writing to the address.")),
            Listed(
                "dead-letters",
                "feedback.bounces:dead_letters",
                N_("Show the mails and posts that could not be read, or save them."),
            ),
        ),
    ),
)
"""In the order a campaign uses them."""

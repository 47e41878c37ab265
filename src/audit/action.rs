//! What was done, as a line of the log names it.

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $text:literal),* $(,)?) => {
        /// What was done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action { $($(#[$doc])* $name),* }

        impl Action {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// As the database keeps it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }

            /// Its words in the catalogue.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => concat!("audit-action-", $text)),* }
            }
        }
    };
}

actions! {
    /// Signed in.
    SignedIn = "signed-in",
    /// Signed out.
    SignedOut = "signed-out",
    /// Failed to sign in often enough to be locked.
    Locked = "locked",
    /// Set a password.
    PasswordSet = "password-set",
    /// Ended sessions.
    SessionEnded = "session-ended",
    /// Made an account.
    AccountAdded = "account-added",
    /// Changed an account.
    AccountChanged = "account-changed",
    /// Disabled an account.
    AccountDisabled = "account-disabled",
    /// Enabled an account again.
    AccountEnabled = "account-enabled",
    /// Made a one-time link to set a password.
    AccountReset = "account-reset",
    /// Registered a member.
    MemberAdded = "member-added",
    /// Changed a member's record.
    MemberChanged = "member-changed",
    /// Put a member's record into the bin.
    MemberRemoved = "member-removed",
    /// Took it out of the bin.
    MemberRestored = "member-restored",
    /// Made two records of one person one.
    MembersMerged = "members-merged",
    /// Took such a merge back.
    MergeUndone = "merge-undone",
    /// Erased everything of a member, on request.
    MemberErased = "member-erased",
    /// Erased what lay in the bin long enough.
    BinEmptied = "bin-emptied",
    /// Imported a file of members.
    MembersImported = "members-imported",
    /// Took such an import back.
    ImportUndone = "import-undone",
    /// Took a list of members out.
    MembersExported = "members-exported",
    /// Printed a member's form.
    FormPrinted = "form-printed",
    /// Added a committee.
    CommitteeAdded = "committee-added",
    /// Changed a committee.
    CommitteeChanged = "committee-changed",
    /// Renamed a committee or its Party organisation from a day on.
    CommitteeRenamed = "committee-renamed",
    /// Merged a committee into another.
    CommitteeMerged = "committee-merged",
    /// Imported a directory of committees.
    CommitteesImported = "committees-imported",
    /// Added an address rule.
    RuleAdded = "rule-added",
    /// Changed an address rule.
    RulesChanged = "rules-changed",
    /// Put an address rule into the bin.
    RuleRemoved = "rule-removed",
    /// Took it out of the bin.
    RuleRestored = "rule-restored",
    /// Imported a file of address rules.
    RulesImported = "rules-imported",
    /// Added a skill.
    SkillAdded = "skill-added",
    /// Renamed a skill.
    SkillRenamed = "skill-renamed",
    /// Merged two spellings of a skill.
    SkillMerged = "skill-merged",
    /// Added a branch.
    BranchAdded = "branch-added",
    /// Renamed a branch.
    BranchRenamed = "branch-renamed",
    /// Merged two spellings of a branch.
    BranchMerged = "branch-merged",
    /// Changed what stands on every letter.
    LetterSettingsChanged = "letter-settings-changed",
    /// Changed the letter's text.
    LetterTemplateChanged = "letter-template-changed",
    /// Made a batch of letters.
    LettersMade = "letters-made",
    /// Issued a letter, which passes its members on.
    LetterIssued = "letter-issued",
    /// Printed letters, each with a new link.
    LettersPrinted = "letters-printed",
    /// Marked a letter as sent.
    LetterSent = "letter-sent",
    /// Asked for a reply once more.
    LetterReminded = "letter-reminded",
    /// Entered a committee's reply.
    LetterAnswered = "letter-answered",
    /// Took a letter back.
    LetterWithdrawn = "letter-withdrawn",
    /// Kept a scan of a reply.
    LetterScanAdded = "letter-scan-added",
    /// Made a link to a letter.
    LetterLinkMade = "letter-link-made",
    /// Let no link to a letter open any more.
    LetterLinksRevoked = "letter-links-revoked",
    /// By link: opened a letter.
    LetterOpened = "letter-opened",
    /// By link: confirmed that it came.
    LetterReceived = "letter-received",
    /// By link: answered it.
    LetterAnsweredThere = "letter-answered-there",
    /// By link: many wrong ones were tried.
    LinksGuessed = "links-guessed",
    /// By link: opened a part of the committee's page.
    CommitteePageOpened = "committee-page-opened",
    /// Proposed other data of the committee itself.
    DataProposed = "data-proposed",
    /// Took that back before it was decided.
    ProposalWithdrawn = "proposal-withdrawn",
    /// Took what a committee proposed.
    ProposalAccepted = "proposal-accepted",
    /// Did not take it.
    ProposalDeclined = "proposal-declined",
    /// Confirmed parts in an activity on the committee's page.
    PartsConfirmed = "parts-confirmed",
    /// Took that back.
    PartsUnconfirmed = "parts-unconfirmed",
    /// Said what is wrong about a part in an activity.
    PartDoubted = "part-doubted",
    /// Settled what a committee said was wrong.
    DoubtSettled = "doubt-settled",
    /// Entered an activity.
    ActivityAdded = "activity-added",
    /// Changed an activity.
    ActivityChanged = "activity-changed",
    /// Put an activity into the bin.
    ActivityRemoved = "activity-removed",
    /// Took it out of the bin.
    ActivityRestored = "activity-restored",
    /// Let a member take part in an activity.
    ParticipantAdded = "participant-added",
    /// Changed how often or how long a member took part.
    ParticipationChanged = "participation-changed",
    /// Took a member out of an activity.
    ParticipantTakenOut = "participant-taken-out",
    /// Put a member back who was taken out.
    ParticipantBack = "participant-back",
    /// Imported a file of participations.
    ActivitiesImported = "activities-imported",
    /// Took such an import back.
    ActivityImportUndone = "activity-import-undone",
    /// Took a list of participations out.
    ActivitiesExported = "activities-exported",
    /// Printed a sheet to sign in on, with names.
    SheetPrinted = "sheet-printed",
    /// Made two skills related.
    SkillsRelated = "skills-related",
    /// Made two skills related no more.
    SkillsUnrelated = "skills-unrelated",
    /// Entered a need.
    NeedAdded = "need-added",
    /// Changed a need.
    NeedChanged = "need-changed",
    /// Took a need a step on.
    NeedMoved = "need-moved",
    /// Changed when a member can help.
    TimesChanged = "times-changed",
    /// Changed what counts when members are suggested.
    WeightsChanged = "weights-changed",
    /// Erased the contacts of needs that ended.
    ContactsErased = "contacts-erased",
    /// Paired a member with a need.
    MemberPaired = "member-paired",
    /// Took a member out of a pairing.
    MemberLeft = "member-left",
    /// Changed what a pairing agreed on.
    PairingChanged = "pairing-changed",
    /// Ended a pairing.
    PairingEnded = "pairing-ended",
    /// Entered a visit.
    VisitAdded = "visit-added",
    /// Struck out a visit that was entered by mistake.
    VisitStruck = "visit-struck",
    /// Made the link of a member's calendar.
    CalendarMade = "calendar-made",
    /// Revoked it.
    CalendarRevoked = "calendar-revoked",
    /// Added a wish, a post or a service day.
    OfferAdded = "offer-added",
    /// Changed one.
    OfferChanged = "offer-changed",
    /// Ended one.
    OfferEnded = "offer-ended",
    /// Opened one again.
    OfferReopened = "offer-reopened",
    /// Let a member claim a wish or a place of a post.
    OfferClaimed = "offer-claimed",
    /// Took a claim a step on.
    ClaimMoved = "claim-moved",
    /// Entered a team.
    TeamAdded = "team-added",
    /// Changed a team.
    TeamChanged = "team-changed",
    /// Dissolved a team.
    TeamEnded = "team-ended",
    /// Set a team up again.
    TeamReopened = "team-reopened",
    /// Put a member into a team, or accepted one who asked.
    TeamJoined = "team-joined",
    /// Asked for a place in a team.
    TeamAsked = "team-asked",
    /// Let a member leave a team.
    TeamLeft = "team-left",
    /// Did not accept one who asked.
    TeamDeclined = "team-declined",
    /// Made a member the leader of a team.
    TeamLed = "team-led",
    /// Printed record cards.
    CardsPrinted = "cards-printed",
    /// Marked lines of a record card as confirmed by the committee.
    CardConfirmed = "card-confirmed",
    /// Took that back.
    CardWithdrawn = "card-withdrawn",
    /// Said that a new committee is not that of a member who has none.
    NewCommitteeNotTheirs = "new-committee-not-theirs",
    /// Entered a meeting.
    MeetingAdded = "meeting-added",
    /// Changed a meeting.
    MeetingChanged = "meeting-changed",
    /// Put a meeting into the bin.
    MeetingRemoved = "meeting-removed",
    /// Took it out of the bin.
    MeetingRestored = "meeting-restored",
    /// Put a member on a meeting's list.
    AttendeeAdded = "attendee-added",
    /// Changed whether a member was at a meeting.
    AttendanceChanged = "attendance-changed",
    /// Took a member off a meeting's list.
    AttendeeTakenOut = "attendee-taken-out",
    /// Put a member back on it.
    AttendeeBack = "attendee-back",
    /// Noted what a member told at a meeting.
    ToldAdded = "told-added",
    /// Noted what is to be followed up after a meeting.
    TaskAdded = "task-added",
    /// Changed a line of a meeting.
    MeetingLineChanged = "meeting-line-changed",
    /// Took it out.
    MeetingLineRemoved = "meeting-line-removed",
    /// Put it back.
    MeetingLineBack = "meeting-line-back",
    /// Noted that what was to be followed up is done.
    TaskDone = "task-done",
    /// Noted that it is not.
    TaskReopened = "task-reopened",
    /// Added a file to a meeting.
    MeetingFileAdded = "meeting-file-added",
    /// Took it out.
    MeetingFileRemoved = "meeting-file-removed",
    /// Put it back.
    MeetingFileBack = "meeting-file-back",
    /// Printed a meeting's invitation or sheet, with names.
    MeetingPrinted = "meeting-printed",
    /// Wrote up an experience.
    ExperienceAdded = "experience-added",
    /// Changed an experience.
    ExperienceChanged = "experience-changed",
    /// Put an experience into the bin.
    ExperienceRemoved = "experience-removed",
    /// Took it out of the bin.
    ExperienceRestored = "experience-restored",
    /// Gave a member a link to sign in by.
    MemberInvited = "member-invited",
    /// Ended a member's signing in.
    MemberUninvited = "member-uninvited",
    /// Said of oneself that one would serve a need.
    NeedVolunteered = "need-volunteered",
    /// Took that back.
    NeedVolunteerWithdrawn = "need-volunteer-withdrawn",
    /// Said of oneself that one took part in something.
    OwnPartEntered = "own-part-entered",
    /// Took that back.
    OwnPartWithdrawn = "own-part-withdrawn",
    /// Put what a member said on record.
    OwnPartAccepted = "own-part-accepted",
    /// Declined it.
    OwnPartDeclined = "own-part-declined",
    /// Made a link by which members of a branch register themselves.
    RegistrationLinkMade = "registration-link-made",
    /// Revoked it.
    RegistrationLinkRevoked = "registration-link-revoked",
    /// Took what a member filled in into a record.
    RegistrationAccepted = "registration-accepted",
    /// Declined what someone filled in.
    RegistrationDeclined = "registration-declined",
    /// Took out what was filled in and nobody looked at for long.
    RegistrationsForgotten = "registrations-forgotten",
    /// Printed check-in slips, which pass members on.
    SlipsPrinted = "slips-printed",
    /// Printed packets for committees.
    PacketsPrinted = "packets-printed",
    /// Entered a contact with a committee.
    ContactAdded = "contact-added",
    /// Changed one.
    ContactChanged = "contact-changed",
    /// Struck one.
    ContactStruck = "contact-struck",
    /// Brought a struck one back.
    ContactBack = "contact-back",
    /// Entered that a committee accepted a member.
    CheckedIn = "checked-in",
    /// By link: accepted a member.
    CheckedInThere = "checked-in-there",
    /// Corrected such a receipt.
    CheckInChanged = "check-in-changed",
    /// Took it back.
    CheckInStruck = "check-in-struck",
    /// Opened an enquiry for feedback.
    EnquiryOpened = "enquiry-opened",
    /// Asked in an enquiry about members who were not in it yet.
    EnquiryWidened = "enquiry-widened",
    /// Waits for no more answers to an enquiry.
    EnquiryEnded = "enquiry-ended",
    /// Gave a request for feedback out, which passes its members on.
    RequestGiven = "request-given",
    /// Printed requests for feedback.
    RequestsPrinted = "requests-printed",
    /// Marked a request for feedback as sent.
    RequestSent = "request-sent",
    /// Asked for the answer to such a request once more.
    RequestReminded = "request-reminded",
    /// Entered a committee's feedback.
    FeedbackEntered = "feedback-entered",
    /// Corrected it.
    FeedbackCorrected = "feedback-corrected",
    /// Kept a scan of it.
    FeedbackScanAdded = "feedback-scan-added",
    /// Opened a branch's review.
    ReviewOpened = "review-opened",
    /// Noted the day on which it was held.
    ReviewHeld = "review-held",
    /// Closed it.
    ReviewClosed = "review-closed",
    /// Opened it again.
    ReviewReopened = "review-reopened",
    /// Printed a member's page of a review.
    ReviewPrinted = "review-printed",
    /// Answered one's own page of a review.
    ReviewAnswered = "review-answered",
    /// Opened a round of the survey.
    SurveyOpened = "survey-opened",
    /// Changed until when it goes or whom it asks.
    SurveyChanged = "survey-changed",
    /// Closed it.
    SurveyClosed = "survey-closed",
    /// Opened it again.
    SurveyReopened = "survey-reopened",
    /// Took a member's form a step on.
    SurveyFormStepped = "survey-form-stepped",
    /// Printed forms.
    SurveyPrinted = "survey-printed",
    /// Kept a scan of a form's paper.
    SurveyScanAdded = "survey-scan-added",
    /// Took a round out as a file.
    SurveyExported = "survey-exported",
    /// Erased a person's name from the forms of others, and sealed those anew.
    SurveyNamesErased = "survey-names-erased",
    /// Erased the words of reasons, and sealed the forms anew.
    SurveyWordsErased = "survey-words-erased",
    /// Set a branch's goal for a half-year.
    GoalSet = "goal-set",
    /// Changed one.
    GoalChanged = "goal-changed",
    /// Took one back.
    GoalRemoved = "goal-removed",
    /// Opened a call for commendations.
    CallOpened = "call-opened",
    /// Changed what a call says.
    CallChanged = "call-changed",
    /// Closed a call.
    CallClosed = "call-closed",
    /// Opened a closed call again.
    CallReopened = "call-reopened",
    /// Nominated a member.
    MemberNominated = "member-nominated",
    /// Put the reason of a nomination in other words.
    NominationReworded = "nomination-reworded",
    /// Took a nomination back.
    NominationTakenBack = "nomination-taken-back",
    /// Entered what the branch decided of a nominee.
    CommendationDecided = "commendation-decided",
    /// Corrected what was entered as decided.
    CommendationCorrected = "commendation-corrected",
    /// Agreed that the workplace reads of a commendation, or noted it.
    CommendationAgreed = "commendation-agreed",
    /// Did not agree, or no more, or noted it.
    CommendationRefused = "commendation-refused",
    /// Printed certificates of commendation.
    CommendationsPrinted = "commendations-printed",
    /// Took the list of a call out.
    CommendationsExported = "commendations-exported",
    /// Made a certificate of service.
    CertificateMade = "certificate-made",
    /// Switched the code of a certificate of service off.
    CertificateOff = "certificate-off",
    /// Switched it on again.
    CertificateOn = "certificate-on",
    /// By link: many wrong codes of certificates were tried.
    CodesGuessed = "codes-guessed",
    /// Filled an empty registry with made-up members.
    DemoFilled = "demo-filled",
}

impl Action {
    /// Whether only whoever holds a committee's link does it.
    pub const fn is_by_link(self) -> bool {
        matches!(
            self,
            Self::LetterOpened
                | Self::LetterReceived
                | Self::LetterAnsweredThere
                | Self::LinksGuessed
                | Self::CodesGuessed
                | Self::CommitteePageOpened
                | Self::CheckedInThere
        )
    }

    /// Whether the server does it by itself.
    pub const fn is_by_server(self) -> bool {
        matches!(
            self,
            Self::BinEmptied
                | Self::ContactsErased
                | Self::RegistrationsForgotten
                | Self::SurveyNamesErased
                | Self::SurveyWordsErased
        )
    }
}

//! The registration form: what was typed, read into a member's details, and drawn again with its
//! messages.

use serde::{Deserialize, Serialize};

use super::{
    EmployeeNumber, Home, HomeAddress, Member, MemberDetails, Name, Phone, Standing, parse_skills,
    store,
};
use crate::committees::{self, CommitteeLine};
use crate::db::{self, Connection};
use crate::lang::Message;
use crate::lists::{self, List};
use crate::registrations;
use crate::text::normalize;
use crate::web::forms::{Choice, Field, Problems};
use crate::web::{Page, Scope, Viewer};

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MemberForm {
    /// The employee number.
    pub number: String,
    /// The name.
    pub name: String,
    /// The branch's id, or empty.
    pub branch: String,
    /// The phone.
    pub phone: String,
    /// The home address.
    pub address: String,
    /// The committee: name, code, or part of a name.
    pub committee: String,
    /// The id that a chosen suggestion left.
    pub committee_id: String,
    /// The id picked where the name fits several.
    pub committee_pick: String,
    /// `yes`: no committee is set up there.
    pub unattached: String,
    /// The host committee, likewise.
    pub host: String,
    /// The id that a chosen suggestion left.
    pub host_id: String,
    /// The id picked where the name fits several.
    pub host_pick: String,
    /// Skills, parted by 、 or commas.
    pub skills: String,
    /// `yes`: agreed to be known.
    pub agreed: String,
    /// `yes`: with the phone.
    pub agreed_phone: String,
    /// The version that the form was opened on.
    pub version: i64,
    /// The form's token.
    pub form: String,
    /// `yes`: saved although a record is alike.
    pub confirmed: String,
    /// `yes`: the next paper form follows.
    pub next: String,
    /// What a member sent in by themselves, and this takes in (`registrations.id`); or empty.
    pub registration: String,
}

/// Committees that a typed name may mean.
#[derive(Debug, Default)]
pub struct Candidates {
    /// For the home committee.
    pub home: Vec<CommitteeLine>,
    /// For the host committee.
    pub host: Vec<CommitteeLine>,
}

fn yes(typed: &str) -> bool {
    typed == "yes"
}

fn tick(is: bool) -> String {
    if is { "yes".to_owned() } else { String::new() }
}

impl MemberForm {
    /// The form as it opens on a record.
    pub async fn of(connection: &mut Connection, member: &Member) -> db::Result<Self> {
        let details = &member.details;
        let committee = match details.home.committee() {
            Some(id) => committees::store::line(connection, id).await?,
            None => None,
        };
        let host = match details.home.host() {
            Some(id) => committees::store::line(connection, id).await?,
            None => None,
        };
        let id = |line: &Option<CommitteeLine>| {
            line.as_ref().map_or_else(String::new, |line| line.id.to_string())
        };
        let (committee_id, host_id) = (id(&committee), id(&host));
        Ok(Self {
            number: details.number.as_ref().map_or("", EmployeeNumber::as_str).to_owned(),
            name: details.name.as_str().to_owned(),
            branch: details.branch.map_or_else(String::new, |branch| branch.to_string()),
            phone: details.phone.as_str().to_owned(),
            address: details.address.as_str().to_owned(),
            committee: committee.map_or_else(String::new, |line| line.name),
            committee_id,
            unattached: tick(matches!(details.home, Home::Unattached(_))),
            host: host.map_or_else(String::new, |line| line.name),
            host_id,
            skills: store::skill_names(connection, &details.skills).await?.join("、"),
            agreed: tick(details.standing.agreed()),
            agreed_phone: tick(details.standing.phone()),
            version: member.version,
            ..Self::default()
        })
    }

    /// Reads the form; skills that the list does not have yet are added to it. With any problem,
    /// nothing comes back.
    pub async fn read(
        &self,
        connection: &mut Connection,
        viewer: &Viewer,
        problems: &mut Problems,
        candidates: &mut Candidates,
    ) -> db::Result<Option<MemberDetails>> {
        let name = problems.check("name", Name::parse(&self.name));
        let number = problems.check("number", EmployeeNumber::parse(&self.number));
        let address = problems.check("address", HomeAddress::parse(&self.address));
        let phone = problems.check("phone", Phone::parse(&self.phone));
        let skills = problems.check("skills", parse_skills(&self.skills));
        let branch = self.branch.parse::<i64>().ok();
        if !viewer.scope.covers(branch) {
            let key = if branch.is_none() { "form-required" } else { "members-branch-other" };
            problems.add("branch", Message::new(key));
        } else if let Some(id) = branch
            && store::branch_name(connection, id).await?.is_none()
        {
            problems.add("branch", Message::new("form-choose"));
        }
        let home = self.read_home(connection, problems, candidates).await?;
        let standing = Standing::new(yes(&self.agreed), yes(&self.agreed_phone));
        if yes(&self.agreed_phone) && !yes(&self.agreed) {
            problems.add("agreed_phone", Message::new("members-phone-without-agreement"));
        }
        let (Some(name), Some(number), Some(address), Some(phone), Some(names), true) =
            (name, number, address, phone, skills, problems.is_empty())
        else {
            return Ok(None);
        };
        let mut skills = Vec::with_capacity(names.len());
        for name in names {
            let id = lists::find_or_add(connection, List::Skills, &name).await?;
            if !skills.contains(&id) {
                skills.push(id);
            }
        }
        Ok(Some(MemberDetails { number, name, branch, phone, address, home, skills, standing }))
    }

    async fn read_home(
        &self,
        connection: &mut Connection,
        problems: &mut Problems,
        candidates: &mut Candidates,
    ) -> db::Result<Home> {
        let home = committees::meant(
            connection,
            &self.committee,
            [&self.committee_pick, &self.committee_id],
            &mut candidates.home,
        )
        .await?;
        if yes(&self.unattached) {
            if !normalize(&self.committee).is_empty() {
                problems.add("unattached", Message::new("members-committee-and-unattached"));
            }
            let host = [self.host_pick.as_str(), self.host_id.as_str()];
            let host =
                committees::meant(connection, &self.host, host, &mut candidates.host).await?;
            return Ok(Home::Unattached(problems.check("host", host).flatten()));
        }
        let home = problems.check("committee", home).flatten();
        Ok(home.map_or(Home::Unsettled, Home::Committee))
    }

    /// The fields, as typed, with their messages.
    pub async fn fields(
        &self,
        connection: &mut Connection,
        page: &Page,
        scope: &Scope,
        problems: &Problems,
        candidates: &Candidates,
    ) -> db::Result<FormFields> {
        let mut branches = vec![Choice {
            label: page.t("members-branch-none").to_owned(),
            chosen: self.branch.is_empty(),
            ..Choice::default()
        }];
        for (id, label) in lists::names(connection, List::Branches).await? {
            if scope.covers(Some(id)) {
                let value = id.to_string();
                let chosen = value == self.branch;
                branches.push(Choice { value, label, chosen, count: String::new() });
            }
        }
        let line = |name: &str, label: &'static str, value: &str, limit: u32| {
            Field::new(page, name, label).value(value).limit(limit).check(page, problems)
        };
        let hint = |field: Field, key: &'static str| field.hint(page.t(key));
        let name = line("name", "members-name", &self.name, Name::LIMIT).required();
        Ok(FormFields {
            name: if self.version == 0 && problems.is_empty() { name.focused() } else { name },
            number: line("number", "members-number", &self.number, EmployeeNumber::LIMIT),
            branch: line("branch", "members-branch", &self.branch, 0).options(branches),
            phone: line("phone", "members-phone", &self.phone, Phone::LIMIT).kind("tel", "off"),
            address: hint(
                line("address", "members-address", &self.address, HomeAddress::LIMIT).required(),
                "members-address-hint",
            ),
            committee: hint(
                line("committee", "members-committee", &self.committee, 60),
                "members-committee-hint",
            ),
            committee_id: self.committee_id.clone(),
            committee_pick: committees::pick(page, "committee_pick", &candidates.home),
            unattached: line("unattached", "members-unattached-tick", &self.unattached, 0),
            host: hint(line("host", "members-host", &self.host, 60), "members-host-hint"),
            host_id: self.host_id.clone(),
            host_pick: committees::pick(page, "host_pick", &candidates.host),
            skills: hint(
                line("skills", "members-skills", &self.skills, 400),
                "members-skills-hint",
            ),
            agreed: hint(
                line("agreed", "members-agreed-tick", &self.agreed, 0),
                "members-agreed-hint",
            ),
            agreed_phone: line("agreed_phone", "members-agreed-phone-tick", &self.agreed_phone, 0),
            version: self.version,
            registration: self.registration.clone(),
        })
    }
}

impl MemberForm {
    /// With what a member filled in by themselves. An employee number that is on record stays.
    pub fn with(self, waiting: &registrations::store::Waiting) -> Self {
        let filled = waiting.filled.clone();
        let or = |theirs: String, ours: String| if theirs.is_empty() { ours } else { theirs };
        let moved = self.address != filled.address;
        let committee = |text: String| if moved { String::new() } else { text };
        Self {
            name: filled.name,
            number: or(self.number, filled.number),
            branch: or(self.branch, waiting.branch_id.to_string()),
            phone: or(filled.phone, self.phone),
            committee: committee(self.committee),
            committee_id: committee(self.committee_id),
            address: filled.address,
            skills: or(filled.skills, self.skills),
            agreed: filled.agreed,
            agreed_phone: filled.agreed_phone,
            registration: waiting.id.to_string(),
            ..self
        }
    }
}

/// The fields of the form, drawn by `templates/members/form.html`.
#[derive(Debug)]
pub struct FormFields {
    /// 姓名.
    pub name: Field,
    /// 工号.
    pub number: Field,
    /// 所属支部.
    pub branch: Field,
    /// 手机.
    pub phone: Field,
    /// 住址.
    pub address: Field,
    /// 居委会.
    pub committee: Field,
    /// The chosen committee.
    pub committee_id: String,
    /// Which of several.
    pub committee_pick: Field,
    /// 未建居委会.
    pub unattached: Field,
    /// 挂靠居委会.
    pub host: Field,
    /// The chosen host.
    pub host_id: String,
    /// Which of several.
    pub host_pick: Field,
    /// 个人专长.
    pub skills: Field,
    /// 亮明身份.
    pub agreed: Field,
    /// The phone's line.
    pub agreed_phone: Field,
    /// The version that the form was opened on.
    pub version: i64,
    /// What a member sent in by themselves, and this takes in.
    pub registration: String,
}

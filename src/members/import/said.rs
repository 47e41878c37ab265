//! What rows say by themselves, before anything is looked up: made on the thread that reads the
//! file, while the one before is written.

use crate::lang::Message;
use crate::members::{EmployeeNumber, HomeAddress, MemberDetails, Name, Phone, parse_skills};
use crate::sheets::{self, CellProblem, MemberColumn, Row, parse_yes_no};
use crate::text::{Address, sort_bucket};

pub(super) type Cells<'a> = sheets::Cells<'a, MemberColumn>;

/// A member who is new, with what is made of their name and address.
pub(super) struct New {
    pub(super) details: MemberDetails,
    /// The name's bucket in the phone book.
    pub(super) bucket: i64,
    /// The address taken apart.
    pub(super) place: Address,
}

impl From<MemberDetails> for New {
    fn from(details: MemberDetails) -> Self {
        let bucket = sort_bucket(details.name.as_str());
        let place = Address::parse(details.address.as_str());
        Self { details, bucket, place }
    }
}

/// What a row says, and what is wrong with it so far.
pub(super) struct Said {
    pub(super) row: Row,
    pub(super) problems: Vec<CellProblem>,
    pub(super) number: Option<EmployeeNumber>,
    /// Whether the row has no number; one that is wrong is one all the same.
    pub(super) without_number: bool,
    /// With its bucket in the phone book.
    pub(super) name: Option<(Name, i64)>,
    pub(super) phone: Option<Phone>,
    /// Also taken apart.
    pub(super) address: Option<(HomeAddress, Address)>,
    pub(super) skills: Option<Vec<String>>,
    pub(super) agreed: Option<bool>,
    pub(super) agreed_phone: Option<bool>,
}

impl Said {
    /// Reads a row of a file of these columns.
    pub(super) fn read(row: Row, columns: &[Option<MemberColumn>]) -> Self {
        let mut cells = Cells::new(&row, columns);
        let number = cells.read(MemberColumn::Number, EmployeeNumber::parse).flatten();
        let without_number = number.is_none() && cells.problems.is_empty();
        let name = cells.read(MemberColumn::Name, Name::parse);
        let phone = cells.read(MemberColumn::Phone, Phone::parse);
        let address = cells.read(MemberColumn::Address, HomeAddress::parse);
        let skills = cells.read(MemberColumn::Skills, parse_skills);
        let agreed = yes_no(&mut cells, MemberColumn::Agreed);
        let agreed_phone = yes_no(&mut cells, MemberColumn::AgreedPhone);
        let problems = cells.problems;
        let name = name.map(|name| {
            let bucket = sort_bucket(name.as_str());
            (name, bucket)
        });
        let address = address.map(|address| {
            let place = Address::parse(address.as_str());
            (address, place)
        });
        Self {
            row,
            problems,
            number,
            without_number,
            name,
            phone,
            address,
            skills,
            agreed,
            agreed_phone,
        }
    }
}

fn yes_no(cells: &mut Cells<'_>, column: MemberColumn) -> Option<bool> {
    cells.read(column, |text| parse_yes_no(text).ok_or_else(|| Message::new("import-yes-no")))
}

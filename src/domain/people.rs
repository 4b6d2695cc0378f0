//! Our own people: owners and teams.

use crate::domain::fields::record;
use crate::domain::id::Id;
use crate::domain::part::TeamSpell;
use crate::domain::time::Day;

record! {
    /// A person responsible for customers 负责人.
    Owner {
        /// Name 姓名.
        1 name: String,
        /// Other names used in files.
        2 aliases: Vec<String>,
        /// Manager 上级.
        3 manager: Option<Id>,
        /// Team 团队.
        4 team: Option<Id>,
        /// Region or office 办事处.
        5 office: String,
        /// Active since 入职.
        6 active_since: Option<Day>,
        /// Active until 离职.
        7 active_until: Option<Day>,
        /// Phone 电话.
        8 phone: String,
        /// E-mail 邮箱.
        9 email: String,
        /// The teams belonged to, and when 团队经历.
        10 teams: Vec<TeamSpell>,
        /// Names under which they log in on machines 登录名.
        11 logins: Vec<String>,
        /// What other systems call them: system and number.
        12 other_ids: Vec<(String, String)>,
    }
}

record! {
    /// A team 团队.
    Team {
        /// Name 名称.
        1 name: String,
        /// Manager 负责人.
        2 manager: Option<Id>,
        /// Region or office 区域.
        3 office: String,
        /// The team it is part of 上级团队.
        4 parent: Option<Id>,
    }
}

impl Owner {
    /// A person known by name only; the id comes of the name, so that two files that name one person mean one person.
    pub fn called(name: &str) -> Owner {
        let name = name.trim();
        Owner { id: Id::of_name(&format!("owner/{}", name.to_lowercase())), name: name.to_owned(), ..Owner::default() }
    }
}

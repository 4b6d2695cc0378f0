//! People at the customers: names, titles, and how a salesperson calls them.

use crate::domain::choice::{Attitude, ContactRole, CustomerKind, Gender};
use crate::domain::customer::Contact;
use crate::domain::id::Id;
use crate::domain::time::Day;
use crate::sample::company::{Company, Place, slug};
use crate::sample::dice::Dice;
use crate::sample::register::Register;
use crate::sample::word_en::first_names;
use crate::sample::{word_en, word_zh};
use ContactRole::{DecisionMaker, Influencer, Purchaser, User};
use pinyin::ToPinyin;

/// A contact, and how it is called in talk.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// The record.
    pub record: Contact,
    /// How the salesperson calls the contact: 王总, Emma.
    pub called: String,
    /// Whether one says she.
    pub woman: bool,
}

/// A title with what follows the surname in talk; `~` stands for a junior, called by age and gender.
type Title = (&'static str, &'static str);

/// Who is known at a customer, the first to call first.
const CIRCLES: &[&[ContactRole]] = &[
    &[Purchaser],
    &[Purchaser, User],
    &[Purchaser, DecisionMaker],
    &[User, Purchaser],
    &[DecisionMaker],
    &[Purchaser, User, DecisionMaker],
    &[Influencer, Purchaser, DecisionMaker],
    &[Purchaser, User, Influencer, DecisionMaker],
];

const PREFIXES: &[&str] =
    &["138", "139", "136", "137", "135", "150", "158", "159", "186", "187", "188", "133", "189", "177"];

fn titles(role: ContactRole, company: &Company) -> &'static [Title] {
    let works = matches!(company.industry, "manufacturing" | "energy" | "technology");
    match (role, company.kind == CustomerKind::Government) {
        (User, false) if !works => &[
            ("仓储主管", "主管"),
            ("运营主管", "主管"),
            ("设备主管", "主管"),
            ("项目经理", "经理"),
            ("化验室主任", "主任"),
        ],
        (DecisionMaker, false) if !works => {
            &[("总经理", "总"), ("副总经理", "总"), ("运营总监", "总"), ("采购总监", "总"), ("董事长", "董")]
        }
        (Influencer, false) if !works => &[("技术经理", "经理"), ("运营经理", "经理"), ("质量经理", "经理")],
        (DecisionMaker, false) => {
            &[("总经理", "总"), ("副总经理", "总"), ("采购总监", "总"), ("厂长", "厂长"), ("董事长", "董")]
        }
        (User, false) => &[
            ("设备科长", "科长"),
            ("车间主任", "主任"),
            ("设备工程师", "工"),
            ("仪表班长", "班长"),
            ("化验室主任", "主任"),
        ],
        (Influencer, false) => {
            &[("技术经理", "经理"), ("总工程师", "总工"), ("工艺工程师", "工"), ("质量经理", "经理")]
        }
        (Purchaser, false) => &[("采购经理", "经理"), ("采购主管", "主管"), ("采购员", "~"), ("供应链经理", "经理")],
        (DecisionMaker, true) => &[("院长", "院长"), ("处长", "处长"), ("副主任", "主任"), ("站长", "站长")],
        (User, true) => &[("实验室主任", "主任"), ("检测员", "~"), ("老师", "老师"), ("班组长", "班长")],
        (Influencer, true) => &[("高级工程师", "工"), ("科长", "科长")],
        (Purchaser, true) => &[("设备处科长", "科长"), ("招采办主任", "主任"), ("采购专员", "~")],
    }
}

fn titles_en(role: ContactRole, company: &Company) -> &'static [&'static str] {
    let works = matches!(company.industry, "manufacturing" | "energy" | "technology");
    match role {
        DecisionMaker if !works => &["Managing Director", "Operations Director", "Owner"],
        User if !works => &["Warehouse Manager", "Facilities Manager", "Lab Manager", "Service Engineer"],
        DecisionMaker => &["Managing Director", "Plant Manager", "Operations Director", "Owner"],
        User => &["Maintenance Lead", "Lab Manager", "Process Engineer", "Production Supervisor"],
        Influencer => &["Engineering Manager", "Quality Manager", "Technical Lead"],
        Purchaser => &["Buyer", "Purchasing Manager", "Supply Chain Manager", "Senior Buyer"],
    }
}

/// A Chinese name with the surname, its reading, and the gender.
pub(super) fn chinese_name(dice: &mut Dice) -> (String, &'static str, &'static str, Gender) {
    let (surname, reading) = dice.weighted(word_zh::SURNAMES);
    let (given, gender) = if dice.chance(620) {
        (*dice.pick(word_zh::MEN), Gender::Male)
    } else {
        (*dice.pick(word_zh::WOMEN), Gender::Female)
    };
    (format!("{surname}{given}"), surname, reading, gender)
}

/// The people at `company`, the first being the one to call first.
pub(super) fn gather(
    dice: &mut Dice,
    register: &mut Register,
    company: &Company,
    customer: Id,
    today: Day,
) -> Vec<Person> {
    let circle = dice.pick(CIRCLES);
    let roles: &[ContactRole] = if company.kind == CustomerKind::Consumer { &[DecisionMaker] } else { circle };
    let mut people: Vec<Person> = Vec::with_capacity(roles.len());
    for role in roles {
        let mut person = new_person(dice, register, company, *role);
        for _ in 0..6 {
            if people.iter().all(|other| other.called != person.called) {
                break;
            }
            person = new_person(dice, register, company, *role);
        }
        person.record.id = register.id();
        person.record.customer = Some(customer);
        person.record.primary = people.is_empty();
        if dice.chance(550) {
            person.record.birthday = birthday(dice, today, *role);
        }
        people.push(person);
    }
    link_up(&mut people);
    people
}

/// Those who report to the decision maker, if one is known.
fn link_up(people: &mut [Person]) {
    let Some(head) = people.iter().find(|person| person.record.role == Some(DecisionMaker)).map(|head| head.record.id)
    else {
        return;
    };
    for person in people.iter_mut().filter(|person| person.record.role != Some(DecisionMaker)) {
        person.record.reports_to = Some(head);
    }
}

fn new_person(dice: &mut Dice, register: &mut Register, company: &Company, role: ContactRole) -> Person {
    match company.place {
        Place::City(_) => chinese(dice, register, company, role),
        Place::Abroad(country, _) => overseas(dice, register, company, country, role),
    }
}

/// The birthday of someone up to 60, old enough for the role.
fn birthday(dice: &mut Dice, today: Day, role: ContactRole) -> Option<Day> {
    let youngest = if role == DecisionMaker { 36 } else { 26 };
    Some(today.plus(-dice.days(youngest * 365, 59 * 365)))
}

/// A birthday whose next anniversary is `ahead` days away.
pub(super) fn birthday_in(dice: &mut Dice, today: Day, ahead: i32) -> Day {
    today.plus(ahead).plus_months(-12 * dice.days(28, 55))
}

fn attitude(dice: &mut Dice) -> Option<Attitude> {
    match dice.below(100) {
        0..=39 => Some(Attitude::Supports),
        40..=69 => Some(Attitude::Neutral),
        70..=76 => Some(Attitude::Opposes),
        _ => None,
    }
}

fn chinese(dice: &mut Dice, register: &mut Register, company: &Company, role: ContactRole) -> Person {
    let consumer = company.kind == CustomerKind::Consumer;
    let (mut name, surname, reading, gender) = chinese_name(dice);
    let (mut title, mut after) = *dice.pick(titles(role, company));
    if consumer {
        name.clone_from(&company.name);
        (title, after) = ("", "女士");
    }
    let called = called_in_chinese(&name, surname, after, gender);
    let given: String = name.chars().skip(surname.chars().count()).collect();
    let latin: String = given.as_str().to_pinyin().flatten().map(|reading| reading.plain()).collect();
    let prefix = *dice.pick(PREFIXES);
    let phone = if dice.chance(930) { register.mobile(prefix) } else { String::new() };
    let email = if dice.chance(480) && !consumer {
        format!("{reading}.{}@{}.example.cn", latin.replace('ü', "v"), company.slug)
    } else {
        String::new()
    };
    let initials: String = latin.chars().take(3).collect();
    let wechat =
        if dice.chance(560) { format!("{reading}{initials}_{:04}", dice.below(10_000)) } else { String::new() };
    let age = consumer.then(|| dice.between(23, 62) as u32);
    let woman = gender == Gender::Female;
    let gender = (consumer || dice.chance(600)).then_some(gender);
    let note = if dice.chance(90) { (*dice.pick(REMARKS)).to_owned() } else { String::new() };
    let record = Contact {
        name,
        role: Some(role),
        title: title.to_owned(),
        attitude: attitude(dice),
        phone,
        email,
        wechat,
        age,
        gender,
        note,
        ..Contact::default()
    };
    Person { record, called, woman }
}

/// How one speaks to a person and of one: by the post, as a younger one, as an elder sister.
fn called_in_chinese(name: &str, surname: &str, after: &str, gender: Gender) -> String {
    match (after, gender) {
        ("女士", _) => name.to_owned(),
        ("~", Gender::Male) => format!("小{surname}"),
        ("~", Gender::Female) => format!("{surname}姐"),
        _ => format!("{surname}{after}"),
    }
}

/// What salespeople note of a person.
const REMARKS: &[&str] = &[
    "爱钓鱼",
    "孩子在读初中",
    "不喝酒",
    "烟酒不沾，喜欢喝茶",
    "东北人，豪爽",
    "喜欢打羽毛球",
    "微信比电话回得快",
    "下午在车间，不接电话",
];

fn overseas(
    dice: &mut Dice,
    register: &mut Register,
    company: &Company,
    country: &'static word_en::Country,
    role: ContactRole,
) -> Person {
    let (men, women) = first_names(country.4);
    let (first, gender) =
        if dice.chance(580) { (*dice.pick(men), Gender::Male) } else { (*dice.pick(women), Gender::Female) };
    let surname = *dice.pick(word_en::surnames(country.4));
    let domain = if company.slug.is_empty() { "mail" } else { &company.slug };
    let local = format!("{}.{}", slug(first), slug(surname));
    let record = Contact {
        name: format!("{first} {surname}"),
        role: Some(role),
        title: (*dice.pick(titles_en(role, company))).to_owned(),
        attitude: attitude(dice),
        phone: if dice.chance(800) { register.foreign(country.3) } else { String::new() },
        email: format!("{local}@{domain}.example.com"),
        gender: dice.chance(500).then_some(gender),
        note: if dice.chance(60) { "Prefers e-mail".to_owned() } else { String::new() },
        ..Contact::default()
    };
    Person { record, called: first.to_owned(), woman: gender == Gender::Female }
}

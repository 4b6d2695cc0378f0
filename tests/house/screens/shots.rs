//! Every view written down as it looks: one line says the screen and the keys.

use crate::screens::stage::{Stage, en, zh};

/// A test a line: what is shown, and how one gets there.
macro_rules! shots {
    ($($name:ident = $stage:expr;)+) => {$(
        #[test]
        fn $name() {
            let stage: Stage = $stage;
            insta::assert_snapshot!(stringify!($name), stage.picture().whole());
        }
    )+};
}

shots! {
    the_list = zh();
    the_list_in_english_on_a_small_screen = en().size(80, 24);
    the_list_with_a_preview_on_a_wide_screen = zh().size(160, 40);
    the_list_further_right_and_sorted_by_revenue = en().keys("s 'revenue' Enter l l l l");
    the_list_of_an_empty_book = zh().empty();
    the_list_of_an_empty_book_in_english = en().empty();
    some_found_by_initials = zh().keys("/ 'cq'");
    one_found_by_an_english_word = en().keys("/ 'north' Esc");
    nobody_found = zh().keys("/ '查无此人'");
    two_marked = zh().keys("Space Down Space");
    a_customer = zh().keys("Enter").size(80, 24);
    a_customer_with_the_timeline_beside = en().keys("Enter").size(120, 30);
    a_customer_of_whom_little_is_known = en().keys("/ 'zm' Enter");
    a_customer_with_figures_from_a_table = zh().keys("/ '临江' Enter");
    the_contacts_of_a_customer = zh().keys("Enter Tab Down");
    the_timeline_of_orders_only = zh().keys("Enter / Down Down Down Enter");
    the_form_of_a_customer = zh().keys("e");
    the_form_of_a_new_customer_half_filled = en().keys("a 'Harbour Point' Down Down Down '0113 496'");
    the_form_with_an_error = zh().keys("e Down Down Down Down Down C-u '没有这一天' C-s");
    the_form_of_a_contact = en().size(80, 24).keys("Enter c");
    the_form_of_a_new_contact = zh().keys("Enter a '王芳'");
    a_list_to_choose_from = zh().keys("e Down Down Down Down Down Down Enter '制'");
    the_palette_asked_in_pinyin = zh().keys(": 'xj'");
    tiers_before_any_were_applied = zh().keys("4");
    tiers_in_english_on_a_small_screen = en().size(80, 24).keys("4");
    tiers_that_would_change = zh().keys("4 T Enter Enter Enter");
    tiers_on_a_wide_screen = zh().size(160, 50).keys("4 T Enter Enter Enter A Down");
    who_is_leaving = zh().keys("4 Tab");
    tiers_in_plain_ascii = en().ascii().keys("4");
    today = zh().keys("1");
    today_in_english_on_a_small_screen = en().size(80, 24).keys("1");
    today_when_nobody_waits = en().empty().keys("1");
    walking_the_queue = zh().size(80, 24).keys("1 r 2");
    a_follow_up_before_it_is_typed = en().size(80, 24).keys("f");
    a_follow_up_read_while_it_is_typed = zh().keys("f '电话 李总确认报价，等法务 #合同 ￥12.5万 =谈判 >下周三下午2点 发合同'");
    a_follow_up_choosing_a_contact = zh().keys("f '电话 +'");
    a_follow_up_partly_understood = en().keys("f 'call asked for a price =nonsense >someday maybe'");
    the_next_contact_to_choose = zh().keys("z Down");
    the_next_contact_typed = en().size(80, 24).keys("z 'next wed 2pm'");
    the_keys = en().size(80, 24).keys("?");
    finding_anyone_by_the_last_digits = en().keys("F3 '5678'");
    finding_nobody = zh().keys("F3 '13900001111'");
    a_notice_after_deleting = zh().keys("D");
    a_phone_number_copied = en().keys("y");
    the_colours_gone = zh().theme("mono").keys("Space Enter");
    plain_ascii = en().ascii().keys("e");
    the_form_of_a_follow_up = zh().keys("Enter / '跟进' Enter Enter");
    the_form_of_a_complaint = en().size(80, 24).keys("Enter / 'feedback' Enter Enter");
    the_form_of_a_deal_with_a_day_in_words = zh().keys("Enter / '商机' Enter Enter Down Down Down Down '下月底'");
    a_next_step_being_done = zh().keys("Enter x '对方已签字'");
    a_complaint_assigned_and_resolved = zh().size(160, 40).keys("Enter / '反馈' Enter @ Enter Enter r '补发' Enter");
    talk_searched = zh().keys("C-t '报价'");
    talk_searched_in_english_on_a_small_screen = en().size(80, 24).keys("C-t 'price'");
    talk_before_anything_is_typed = zh().keys("C-t");
    a_window_too_small = zh().size(39, 9);
    the_smallest_window = en().size(40, 10).keys("Enter");
}

/// What the foot says after keys, in both languages.
#[test]
fn what_is_said_at_the_foot() {
    let said = [
        "D",
        "D u",
        "D u C-r",
        "Space Space D",
        "Space Space D u",
        "e ' x' C-s",
        "e ' x' C-s u",
        "a 'Neu' C-s",
        "a 'Neu' C-s u",
        "a 'Neu' Esc",
        "a 'Neu' Esc a",
        "Enter Tab Delete",
        "Enter Tab Delete u",
        "Enter a 'Li' C-s",
        "f 'call x' Enter",
        "f 'call x' Enter u",
        "f 'call x' Enter u C-r",
        "f 'x' Esc",
        ".",
        "z Enter",
        "z Enter u",
        "1 x",
        "1 r 1 u",
        "u",
        "C-r",
        "y",
        "G y",
        "Enter [",
        "a C-s",
        "e Down Down Down 'x' C-s",
        "e Down Down C-u 'C2024002' C-s",
        "e Down Down Down Down Down C-u '32-13' C-s",
        "z 'never' Enter",
        "F12",
        "C-q",
    ];
    let foot = |stage: Stage| stage.foot().trim_start().chars().take(90).collect::<String>();
    let lines = said.map(|keys| format!("{keys:30} {}\n{:30} {}\n", foot(en().keys(keys)), "", foot(zh().keys(keys))));
    insta::assert_snapshot!("what_is_said_at_the_foot", lines.concat());
}
